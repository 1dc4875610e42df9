using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>query, queryAll and the pages that follow.</summary>
internal sealed class QueryMethods(SoqlRunner soql, RecordStore records, Store store, TimeProvider time) : ISalesforceMethods
{
    private const int Page = 2000, SmallestPage = 200;
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);
    private readonly Collection<Cursor> cursors = new(store, "salesforce.cursor");

    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("GET", "query", call => Run(call, withDeleted: false)),
        new("GET", "queryAll", call => Run(call, withDeleted: true)),
        new("GET", "query/{locator}", More),
        new("GET", "queryAll/{locator}", More),
    ];

    public void Clear() => cursors.Clear();

    /// <summary>The result of one query as a whole, for addresses that give a list of records.</summary>
    public static JsonObject Whole(SoqlResult result) => new()
    {
        ["totalSize"] = result.Total,
        ["done"] = true,
        ["records"] = new JsonArray([.. (IEnumerable<JsonNode>)(result.Groups ?? [.. result.Records.Select(result.Shape.Row)])]),
    };

    private SalesforceAnswer Run(SalesforceCall call, bool withDeleted)
    {
        if (call.Parameter("q") is not { } text)
            throw new SalesforceRefusal("MALFORMED_QUERY", "SOQL statements cannot be empty or null");
        var result = soql.Run(call.Actor, SoqlParser.Parse(text), call.Root, withDeleted);
        if (result.CountOnly)
            return SalesforceAnswer.Ok(new JsonObject { ["totalSize"] = result.Total, ["done"] = true, ["records"] = new JsonArray() });
        var size = PageSize(call);
        if (result.Groups is not null || result.Total <= size)
        {
            return result.Groups is { Count: > Page }
                ? throw new SalesforceRefusal("EXCEEDED_ID_LIMIT", "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch")
                : SalesforceAnswer.Ok(Whole(result));
        }

        var now = time.GetUtcNow();
        cursors.DeleteBefore(Sort(now - Life));
        var id = records.NewId("01g");
        cursors.Put(id, new Cursor(call.Actor.Org, call.Actor.UserId, text, size, [.. result.Records.Select(record => record.Id)]), sort: Sort(now));
        return SalesforceAnswer.Ok(Slice(call, id, result.Records, result.Total, 0, size, result.Shape));
    }

    private SalesforceAnswer More(SalesforceCall call)
    {
        var dash = call.Route["locator"].LastIndexOf('-');
        if (dash < 0 || !int.TryParse(call.Route["locator"][(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || cursors.Get(call.Route["locator"][..dash]) is not { } cursor || cursor.User != call.Actor.UserId || cursor.Org != call.Actor.Org)
            throw new SalesforceRefusal("INVALID_QUERY_LOCATOR", "invalid query locator");
        // The list of records stands as it was; what they say is read now.
        var query = SoqlParser.Parse(cursor.Query);
        var shape = soql.Run(call.Actor, query with { Where = null, OrderBy = [], Limit = query.Items.Any(item => item is SoqlItem.FieldSet) ? 1 : 0, Offset = null }, call.Root).Shape;
        var page = cursor.Ids.Skip(from).Take(cursor.Size).Select(id => records.Get(call.Actor.Org, id)).OfType<SObjectRecord>().ToList();
        return SalesforceAnswer.Ok(Slice(call, call.Route["locator"][..dash], page, cursor.Ids.Count, from, cursor.Size, shape));
    }

    private static JsonObject Slice(SalesforceCall call, string id, IReadOnlyList<SObjectRecord> found, int total, int from, int size, SoqlShape shape)
    {
        var done = from + size >= total;
        var body = new JsonObject { ["totalSize"] = total, ["done"] = done };
        if (!done)
            body["nextRecordsUrl"] = $"{call.Root}/query/{id}-{from + size}";
        body["records"] = new JsonArray([.. found.Take(size).Select(record => (JsonNode)shape.Row(record))]);
        return body;
    }

    /// <summary><c>Sforce-Query-Options: batchSize=200</c>.</summary>
    private static int PageSize(SalesforceCall call)
    {
        var option = call.Header("Sforce-Query-Options") ?? "";
        var at = option.IndexOf("batchSize=", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && int.TryParse(option[(at + 10)..].Split(',', ';')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? Math.Clamp(size, SmallestPage, Page)
            : Page;
    }

    private static string Sort(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record Cursor(string Org, string User, string Query, int Size, IReadOnlyList<string> Ids);
}
