using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.Drive.Query;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>files.list.</summary>
internal sealed class ListMethods(DriveDesk desk) : IDriveMethods
{
    private static readonly HashSet<string> Known = ["*", "kind", "incompleteSearch", "nextPageToken", "files"];

    public IEnumerable<DriveMethod> Methods => [new("GET", "/files", "files.list", DriveScopes.Read, List)];

    private GoogleAnswer List(DriveCall call)
    {
        if (Refuse(call) is { } refusal)
            return refusal;
        if (DriveQuery.Parse(call.Query("q")) is not { } query)
            return DriveErrors.Invalid("q");
        if (DriveOrder.Parse(call.Query("orderBy")) is not { } order)
            return DriveErrors.Invalid("orderBy");
        if (query.SearchesText && call.Query("orderBy").Length > 0)
            return DriveErrors.Of(403, "Sorting is not supported for queries with fullText terms. Results are always in descending relevance order.", "forbidden");
        if (DrivePaging.Read(call, 100, 1000) is var (start, size, noPage) && noPage is not null)
            return noPage;

        var all = desk.Files.All();
        var access = desk.Access(all);
        var found = all.Where(file => file.Parent is not null && DriveAccess.Given(call.Caller, file, DriveScopes.Whole) && access.Listed(call.Account, file))
            .Select(file => new DriveQueryView(file, call.Caller, access, desk.Text))
            .Where(query.Matches).ToList();
        var (shapes, brief) = (desk.Shapes, call.Query("fields").Length == 0);
        var page = order.Sort(found).Skip(start).Take(size).Select(view => (JsonNode)shapes.File(view.File, call.Caller, access, brief));
        var body = new JsonObject { ["kind"] = "drive#fileList", ["incompleteSearch"] = false, ["files"] = new JsonArray([.. page]) };
        if ((long)start + size < found.Count)
            body["nextPageToken"] = DrivePaging.Token(call, start + size);
        return GoogleAnswer.Ok(body);
    }

    private static GoogleAnswer? Refuse(DriveCall call)
    {
        if (call.Query("fields") is { Length: > 0 } mask && GoogleFields.Parse(mask) is { } fields
            && (DriveDesk.Refuse(fields, Known) ?? DriveDesk.Refuse(fields.Below("files"), DriveShapes.FileFields)) is { } unknown)
            return unknown;
        if (call.Query("spaces") is { Length: > 0 } spaces && spaces.Split(',').FirstOrDefault(space => space.Trim() is not "drive") is { } other)
        {
            return other.Trim() is "appDataFolder"
                ? DriveErrors.Of(403, "The granted scopes do not give access to all of the requested spaces.", "insufficientScopes", "spaces")
                : DriveErrors.Invalid("spaces");
        }

        return (call.Query("corpora"), call.Query("driveId")) switch
        {
            ("drive", "") => DriveErrors.Required("driveId", "The driveId must be specified if and only if corpora is set to drive."),
            ("drive", var id) => DriveErrors.Of(404, $"Shared drive not found: {id}", "notFound", "driveId"),
            (_, { Length: > 0 }) => DriveErrors.Invalid("driveId", "The driveId must be specified if and only if corpora is set to drive."),
            ("" or "user" or "domain" or "allDrives", _) => null,
            _ => DriveErrors.Invalid("corpora"),
        };
    }
}

/// <summary>pageSize and pageToken. A token belongs to the query it came from.</summary>
internal static class DrivePaging
{
    public static (int Start, int Size, GoogleAnswer? Refusal) Read(DriveCall call, int usual, int most)
    {
        var size = usual;
        if (call.Query("pageSize") is { Length: > 0 } wanted
            && (!int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out size) || size < 1 || size > most))
            return (0, 0, DriveErrors.Of(400, $"Invalid value '{wanted}'. Values must be within the range: [1, {most}]", "invalidParameter", "pageSize"));
        var start = 0;
        if (call.Query("pageToken") is { Length: > 0 } token && !Decode(token, Subject(call), out start))
            return (0, 0, DriveErrors.Invalid("pageToken"));
        return (start, size, null);
    }

    public static string Token(DriveCall call, int start) =>
        "~!!~" + State.Secrets.Base64Url(Encoding.UTF8.GetBytes($"{start.ToString(CultureInfo.InvariantCulture)}:{Subject(call)}"));

    private static bool Decode(string token, string subject, out int start)
    {
        start = 0;
        if (!token.StartsWith("~!!~", StringComparison.Ordinal) || !System.Buffers.Text.Base64Url.IsValid(token.AsSpan(4)))
            return false;
        var text = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan(4)));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && text[(colon + 1)..] == subject && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out start);
    }

    // Sixteen characters of a hash: a token says nothing about the query, and does not fit another.
    private static string Subject(DriveCall call) =>
        State.Secrets.Hash($"{call.Context.Request.Path}\n{call.Query("q")}\n{call.Query("orderBy")}\n{call.Account.Id}")[..16];
}
