using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>about.get, and shared drives: this organisation has none.</summary>
internal sealed class AboutMethods(DriveDesk desk) : IDriveMethods
{
    private const long Quota = 15L * 1024 * 1024 * 1024;

    private static readonly HashSet<string> Known =
    [
        "*", "kind", "user", "storageQuota", "importFormats", "exportFormats", "maxImportSizes", "maxUploadSize", "appInstalled", "folderColorPalette", "driveThemes", "canCreateDrives",
        "canCreateTeamDrives", "teamDriveThemes",
    ];

    public IEnumerable<DriveMethod> Methods =>
    [
        new("GET", "/about", "about.get", DriveScopes.Read, About),
        new("GET", "/drives", "drives.list", [DriveScopes.Full, DriveScopes.ReadOnly, DriveScopes.File], _ => GoogleAnswer.Ok(new JsonObject { ["kind"] = "drive#driveList", ["drives"] = new JsonArray() })),
        new("POST", "/drives", "drives.create", [DriveScopes.Full], _ => DriveErrors.Of(403, "The user cannot create new shared drives.", "userCannotCreateTeamDrives")),
        new("GET", "/drives/{driveId}", "drives.get", [DriveScopes.Full, DriveScopes.ReadOnly, DriveScopes.File], call => DriveErrors.Of(404, $"Shared drive not found: {call.Route("driveId")}", "notFound", "driveId")),
    ];

    private GoogleAnswer About(DriveCall call)
    {
        if (call.Query("fields").Length == 0)
            return DriveErrors.Required("fields", "The 'fields' parameter is required for this method.");
        var mine = desk.Files.All().Where(file => file.Owner == call.Account.Id).ToList();
        var access = desk.Access();
        var used = Text(mine.Sum(file => file.Size));
        var (import, export) = (new JsonObject(), new JsonObject());
        foreach (var product in desk.Products.All)
        {
            export[product.MimeType] = Json.Array(product.ExportTypes);
            foreach (var type in product.ImportTypes)
                ((JsonArray)(import[type] ??= new JsonArray())).Add(product.MimeType);
        }

        return DriveDesk.Masked(call, new JsonObject
        {
            ["kind"] = "drive#about",
            ["user"] = DriveShapes.User(call.Account, call.Account),
            ["storageQuota"] = new JsonObject
            {
                ["limit"] = Text(Quota),
                ["usage"] = used,
                ["usageInDrive"] = used,
                ["usageInDriveTrash"] = Text(mine.Where(access.IsTrashed).Sum(file => file.Size)),
            },
            ["importFormats"] = import,
            ["exportFormats"] = export,
            ["maxUploadSize"] = Text(DriveVendor.LargestUpload),
            ["maxImportSizes"] = new JsonObject { [DriveMime.Document] = "10485760", [DriveMime.Spreadsheet] = "104857600", [DriveMime.Presentation] = "104857600" },
            ["appInstalled"] = false,
            ["canCreateDrives"] = false,
            ["canCreateTeamDrives"] = false,
            ["folderColorPalette"] = new JsonArray("#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ffad46", "#42d692", "#16a765", "#4986e7", "#9fc6e7", "#8f8f8f"),
        }, [], Known);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
