using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

/// <summary>tabledata: reading rows of a table, and streaming rows into it.</summary>
internal sealed class TabledataMethods(Shelf shelf, WarehouseStore warehouse, TimeProvider time) : IBigQueryMethods
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, DateTimeOffset> inserted = [];

    public IEnumerable<BigQueryMethod> Methods =>
    [
        new("GET", "/projects/{project}/datasets/{dataset}/tables/{table}/data", "TableDataService.List", BigQueryScopes.Read, List),
        new("POST", "/projects/{project}/datasets/{dataset}/tables/{table}/insertAll", "TableDataService.InsertAll", BigQueryScopes.Insert, InsertAll),
    ];

    private TableRecord Find(BigQueryCall call, string suffix = "")
    {
        shelf.Project(call.Project, call.Account);
        var table = shelf.Table(call.Project, call.Route("dataset"), call.Route("table") + suffix);
        return table.Kind == "TABLE" ? table : throw BigQueryErrors.Invalid($"Cannot list or insert rows of a table of type VIEW: {table.Key}");
    }

    private GoogleAnswer List(BigQueryCall call)
    {
        var table = Find(call);
        var total = warehouse.CountRows(table);
        var start = call.Query("pageToken") is { Length: > 0 } token ? Paging.Position(token)
            : call.Query("startIndex") is not { Length: > 0 } text ? 0
            : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) ? index : throw BigQueryErrors.Invalid($"Invalid value for startIndex: {text}");
        var size = Paging.Size(call.Query("maxResults"), 10_000, 100_000);
        var wanted = call.Query("selectedFields") is { Length: > 0 } list ? list.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Split('.')[0]).ToList() : null;
        foreach (var name in wanted ?? [])
        {
            if (!table.Fields.Exists(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw BigQueryErrors.Invalid($"Field not found in schema: {name}");
        }

        var kept = Enumerable.Range(0, table.Fields.Count).Where(at => wanted is null || wanted.Contains(table.Fields[at].Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var types = kept.Select(at => Schemas.Type(table.Fields[at])).ToList();
        var cells = Cells.For(call.FormatOptions);
        var rows = size == 0 ? [] : warehouse.Rows(table, start, size);
        var body = new JsonObject { ["kind"] = "bigquery#tableDataList", ["etag"] = Etags.Of(table.Key, table.Modified, table.Revision), ["totalRows"] = $"{total}" };
        if (start + size < total)
            body["pageToken"] = Paging.Token(start + size);
        if (rows.Count > 0)
            body["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)cells.Row([.. kept.Select(at => row[at])], types))]);
        return GoogleAnswer.Ok(body);
    }

    private GoogleAnswer InsertAll(BigQueryCall call)
    {
        var suffix = Wire.Text(call.Body, "templateSuffix") ?? "";
        var table = suffix.Length == 0 ? Find(call) : FromTemplate(call, suffix);
        shelf.DemandWrite(call.Project, call.Account, "bigquery.tables.updateData", $"Table {table.Key}");
        var given = Wire.List(call.Body, "rows");
        if (given is not { Count: > 0 })
            throw BigQueryErrors.Invalid("No rows present in the request.");
        if (given.Count > 50_000)
            throw BigQueryErrors.Invalid("Too many rows present in the request, limit: 50000");
        var (ignore, skip) = (Wire.Flag(call.Body, "ignoreUnknownValues") == true, Wire.Flag(call.Body, "skipInvalidRows") == true);
        var (rows, errors) = (new List<object?[]>(), new List<(int Index, JsonObject Error)>());
        var now = time.GetUtcNow();
        foreach (var old in inserted.Where(entry => now - entry.Value > Remembered).Select(entry => entry.Key).ToList())
            inserted.Remove(old);
        var ids = new List<string>();
        for (var index = 0; index < given.Count; index++)
        {
            try
            {
                var json = Wire.Object(given[index], "json") ?? throw new Incoming.FieldError("", "Missing json of the row.");
                var row = Incoming.Row(json, table.Fields, ignore);
                // A row sent again with its insertId within a minute is the same row.
                if (Wire.Text(given[index], "insertId") is { Length: > 0 } id)
                {
                    var key = $"{table.Physical}/{id}";
                    if (inserted.ContainsKey(key) || ids.Contains(key))
                        continue;
                    ids.Add(key);
                }

                rows.Add(row);
            }
            catch (Incoming.FieldError error)
            {
                errors.Add((index, Error("invalid", error.Field, error.Message)));
            }
        }

        if (errors.Count > 0 && !skip)
        {
            // One bad row stops the others: they are told so, and nothing is written.
            var bad = errors.Select(error => error.Index).ToHashSet();
            errors.AddRange(Enumerable.Range(0, given.Count).Where(index => !bad.Contains(index)).Select(index => (index, Error("stopped", "", ""))));
            rows.Clear();
            ids.Clear();
        }

        if (rows.Count > 0)
        {
            warehouse.Engine.Atomic(() =>
            {
                warehouse.Insert(table, rows);
                return true;
            });
            shelf.Put(table with { Modified = shelf.Now, Revision = table.Revision + 1 });
        }

        foreach (var id in ids)
            inserted[id] = now;
        var body = new JsonObject { ["kind"] = "bigquery#tableDataInsertAllResponse" };
        if (errors.Count > 0)
            body["insertErrors"] = new JsonArray([.. errors.OrderBy(error => error.Index).Select(error => (JsonNode)new JsonObject { ["index"] = error.Index, ["errors"] = new JsonArray(error.Error) })]);
        return GoogleAnswer.Ok(body);
    }

    private static JsonObject Error(string reason, string location, string message) => new() { ["reason"] = reason, ["location"] = location, ["debugInfo"] = "", ["message"] = message };

    private TableRecord FromTemplate(BigQueryCall call, string suffix)
    {
        var template = Find(call);
        if (shelf.FindTable(template.Project, template.Dataset, template.Id + suffix) is { } existing)
            return existing;
        shelf.DemandWrite(call.Project, call.Account, "bigquery.tables.create", $"Dataset {template.Project}:{template.Dataset}");
        if (!Schemas.IsTableId(template.Id + suffix))
            throw BigQueryErrors.Invalid($"Invalid table ID \"{template.Id + suffix}\".");
        var made = warehouse.Create(template.Project, template.Dataset, template.Id + suffix, template.Fields);
        shelf.Put(made);
        return made;
    }
}
