using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>What a request may set on a file.</summary>
internal static class FileBody
{
    private static readonly HashSet<string> Settable =
    [
        "name", "mimeType", "description", "starred", "trashed", "parents", "properties", "appProperties", "createdTime", "modifiedTime", "viewedByMeTime", "folderColorRgb",
        "originalFilename", "copyRequiresWriterPermission", "viewersCanCopyContent", "writersCanShare", "shortcutDetails", "contentHints", "contentRestrictions", "id", "kind",
        "inheritedPermissionsDisabled", "downloadRestrictions",
    ];

    /// <summary>Null when every member may be written and has a value that fits.</summary>
    public static GoogleAnswer? Refuse(JsonObject body, bool creating)
    {
        foreach (var (name, value) in body)
        {
            if (DriveShapes.FileFields.Contains(name) && !Settable.Contains(name))
                return DriveErrors.NotWritable();
            if (!creating && name == "parents")
                return DriveErrors.NotWritable("The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.");
            if (!creating && name == "id")
                return DriveErrors.NotWritable();
            if (name is "name" or "mimeType" or "description" && value is not null && body.Text(name) is null)
                return DriveErrors.Invalid(name);
            if (name is "createdTime" or "modifiedTime" && DriveTime.Parse(body.Text(name) ?? "") is null)
                return DriveErrors.Invalid(name);
            if (name is "name" && body.Text(name) is { Length: > 32767 })
                return DriveErrors.Invalid(name);
        }

        return null;
    }

    /// <summary>The file with everything that the body sets, apart from its place and its trash.</summary>
    public static DriveFile Apply(DriveFile file, JsonObject body, GoogleCaller caller)
    {
        var me = caller.Account.Id;
        var changed = file with
        {
            Name = body.Text("name") ?? file.Name,
            Description = Text(body, "description", file.Description),
            OriginalFileName = Text(body, "originalFilename", file.OriginalFileName),
            FolderColor = Text(body, "folderColorRgb", file.FolderColor),
            IndexableText = body["contentHints"] is JsonObject hints ? hints.Text("indexableText") : file.IndexableText,
            Created = DriveTime.Parse(body.Text("createdTime") ?? "") ?? file.Created,
            Modified = DriveTime.Parse(body.Text("modifiedTime") ?? "") ?? file.Modified,
            CopyRequiresWriter = Flag(body, "copyRequiresWriterPermission") ?? !(Flag(body, "viewersCanCopyContent") ?? !file.CopyRequiresWriter),
            WritersCanShare = Flag(body, "writersCanShare") ?? file.WritersCanShare,
        };
        if (Flag(body, "starred") is { } starred)
            changed = changed with { StarredBy = [.. file.StarredBy.Where(id => id != me), .. starred ? [me] : Array.Empty<string>()] };
        if (DriveTime.Parse(body.Text("viewedByMeTime") ?? "") is { } viewed)
            changed = changed with { ViewedBy = new Dictionary<string, DateTimeOffset>(file.ViewedBy) { [me] = viewed } };
        if (body["properties"] is JsonObject properties)
            changed = changed with { Properties = Merge(file.Properties, properties) };
        if (body["appProperties"] is JsonObject own)
        {
            changed = changed with
            {
                AppProperties = new Dictionary<string, Dictionary<string, string>>(file.AppProperties)
                {
                    [caller.ClientId] = Merge(file.AppProperties.GetValueOrDefault(caller.ClientId) ?? [], own),
                },
            };
        }

        return changed;
    }

    public static bool? Flag(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    // An explicit null clears.
    private static string? Text(JsonObject body, string name, string? before) => body.ContainsKey(name) ? body.Text(name) : before;

    /// <summary>Null removes an entry; what is not named stays.</summary>
    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> before, JsonObject given)
    {
        var merged = new Dictionary<string, string>(before);
        foreach (var (name, value) in given)
        {
            if (given.Text(name) is { } text)
                merged[name] = text;
            else if (value is null)
                merged.Remove(name);
        }

        return merged;
    }
}
