using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>changes.*: what happened to the files one sees, since a token.</summary>
internal sealed class ChangeMethods(DriveDesk desk) : IDriveMethods
{
    private static readonly HashSet<string> Known = ["*", "kind", "nextPageToken", "newStartPageToken", "changes"];

    public IEnumerable<DriveMethod> Methods =>
    [
        new("GET", "/changes/startPageToken", "changes.getStartPageToken", DriveScopes.Read, Start),
        new("GET", "/changes", "changes.list", DriveScopes.Read, List),
    ];

    private GoogleAnswer Start(DriveCall call) => GoogleAnswer.Ok(new JsonObject
    {
        ["kind"] = "drive#startPageToken",
        ["startPageToken"] = Text(desk.Files.LastChange + 1),
    });

    private GoogleAnswer List(DriveCall call)
    {
        if (call.Query("pageToken").Length == 0)
            return DriveErrors.Required("pageToken", "Required parameter: pageToken");
        if (!long.TryParse(call.Query("pageToken"), NumberStyles.None, CultureInfo.InvariantCulture, out var from) || from < 1)
            return DriveErrors.Invalid("pageToken");
        var size = 100;
        if (call.Query("pageSize") is { Length: > 0 } wanted && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 1000))
            return DriveErrors.Of(400, $"Invalid value '{wanted}'. Values must be within the range: [1, 1000]", "invalidParameter", "pageSize");
        if (call.Query("fields") is { Length: > 0 } mask && GoogleFields.Parse(mask) is { } fields
            && (DriveDesk.Refuse(fields, Known) ?? DriveDesk.Refuse(fields.Below("changes")?.Below("file"), DriveShapes.FileFields)) is { } unknown)
            return unknown;

        var all = desk.Files.All();
        var (access, now) = (desk.Access(all), all.ToDictionary(file => file.Id));
        var changes = desk.Files.ChangesFrom(from);
        // Only the newest change of a file counts.
        var newest = changes.GroupBy(change => change.FileId).Select(group => group.Last() with { Before = group.Select(change => change.Before).LastOrDefault(before => before is not null) })
            .OrderBy(change => change.Number);
        var shapes = desk.Shapes;
        var withRemoved = call.Query("includeRemoved") != "false";
        var mine = newest.Select(change => Shape(call, change, now.GetValueOrDefault(change.FileId), access, shapes, withRemoved)).OfType<(long Number, JsonObject Body)>().ToList();

        var page = mine.Take(size).ToList();
        var body = new JsonObject { ["kind"] = "drive#changeList", ["changes"] = new JsonArray([.. page.Select(change => (JsonNode)change.Body)]) };
        if (mine.Count > size)
            body["nextPageToken"] = Text(page[^1].Number + 1);
        else
            body["newStartPageToken"] = Text(desk.Files.LastChange + 1);
        return GoogleAnswer.Ok(body);
    }

    private static (long Number, JsonObject Body)? Shape(DriveCall call, DriveChange change, DriveFile? file, DriveAccess access, DriveShapes shapes, bool withRemoved)
    {
        var here = file is not null && file.Parent is not null && DriveAccess.Given(call.Caller, file, DriveScopes.Whole) && access.Listed(call.Account, file);
        if (!here && !(withRemoved && change.Before is { } before && DriveAccess.Given(call.Caller, before, DriveScopes.Whole) && access.Listed(call.Account, before)))
            return null;
        var body = new JsonObject
        {
            ["kind"] = "drive#change",
            ["changeType"] = "file",
            ["type"] = "file",
            ["time"] = DriveTime.Write(change.At),
            ["removed"] = !here,
            ["fileId"] = change.FileId,
        };
        if (here)
        {
            body["file"] = shapes.File(file!, call.Caller, access, brief: call.Query("fields").Length == 0);
        }

        return (change.Number, body);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
