using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

/// <summary>tables.</summary>
internal sealed class TableMethods(Shelf shelf, WarehouseStore warehouse, TimeProvider time) : IBigQueryMethods
{
    private const string Tables = "/projects/{project}/datasets/{dataset}/tables";

    public IEnumerable<BigQueryMethod> Methods =>
    [
        new("GET", Tables, "TableService.ListTables", BigQueryScopes.Read, List),
        new("POST", Tables, "TableService.InsertTable", BigQueryScopes.Write, Insert),
        new("GET", Tables + "/{table}", "TableService.GetTable", BigQueryScopes.Read, call => GoogleAnswer.Ok(Shape(Find(call)))),
        new("PATCH", Tables + "/{table}", "TableService.PatchTable", BigQueryScopes.Write, call => Change(call, replace: false)),
        new("PUT", Tables + "/{table}", "TableService.UpdateTable", BigQueryScopes.Write, call => Change(call, replace: true)),
        new("DELETE", Tables + "/{table}", "TableService.DeleteTable", BigQueryScopes.Write, Delete),
    ];

    private TableRecord Find(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        return shelf.Table(call.Project, call.Route("dataset"), call.Route("table"));
    }

    private GoogleAnswer List(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        var dataset = shelf.Dataset(call.Project, call.Route("dataset"));
        var all = shelf.Tables(call.Project, dataset.Id);
        var page = Paging.Page(call, "bigquery#tableList", "tables", all, table =>
        {
            var item = new JsonObject { ["kind"] = "bigquery#table", ["id"] = table.Key, ["tableReference"] = Reference(table), ["type"] = table.Kind, ["creationTime"] = $"{table.Created}" };
            if (table.FriendlyName is not null)
                item["friendlyName"] = table.FriendlyName;
            if (table.Labels is { Count: > 0 } labels)
                item["labels"] = labels.DeepClone();
            if (table.TimePartitioning is { } partitioning)
                item["timePartitioning"] = partitioning.DeepClone();
            if (table.Clustering is { } clustering)
                item["clustering"] = clustering.DeepClone();
            if (table.Kind == "VIEW")
                item["view"] = new JsonObject { ["useLegacySql"] = false };
            return item;
        });
        page["etag"] = Etags.Of(dataset.Key, all.Count == 0 ? 0 : all.Max(table => table.Modified), all.Count);
        page["totalItems"] = all.Count;
        return GoogleAnswer.Ok(page);
    }

    private GoogleAnswer Insert(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        var dataset = shelf.Dataset(call.Project, call.Route("dataset"));
        shelf.DemandWrite(call.Project, call.Account, "bigquery.tables.create", $"Dataset {dataset.Key}");
        var id = Wire.Text(Wire.Object(call.Body, "tableReference"), "tableId") ?? throw BigQueryErrors.Required("tableReference.tableId");
        if (!Schemas.IsTableId(id))
            throw BigQueryErrors.Invalid($"Invalid table ID \"{id}\".");
        if (shelf.FindTable(call.Project, dataset.Id, id) is not null)
            throw BigQueryErrors.Exists($"Table {dataset.Key}.{id}");
        TableRecord table;
        if (Wire.Object(call.Body, "view") is { } view)
        {
            var query = Wire.Text(view, "query") ?? throw BigQueryErrors.Required("view.query");
            if (Wire.Flag(view, "useLegacySql") ?? true)
                throw BigQueryErrors.Invalid("The Patchbay sandbox does not run legacy SQL. Set view.useLegacySql to false.");
            table = new TableRecord { Project = call.Project, Dataset = dataset.Id, Id = id, Kind = "VIEW", ViewQuery = query, Fields = ViewFields(call, query), Created = shelf.Now, Modified = shelf.Now };
        }
        else if (Wire.Object(call.Body, "externalDataConfiguration") is not null || Wire.Object(call.Body, "materializedView") is not null)
        {
            throw BigQueryErrors.Invalid("The Patchbay sandbox has no external tables and no materialized views");
        }
        else
        {
            table = warehouse.Create(call.Project, dataset.Id, id, Schemas.Read(Wire.Object(call.Body, "schema")));
        }

        table = Written(call, table, replace: true);
        shelf.Put(table);
        return GoogleAnswer.Ok(Shape(table));
    }

    private List<FieldRecord> ViewFields(BigQueryCall call, string query)
    {
        var source = new SqlText(query);
        if (StatementParser.Parse(source) is not QueryStatement statement)
            throw BigQueryErrors.Invalid("The definition of a view must be a query");
        var context = new BindingContext(new TableCatalog(shelf, warehouse, call.Account, call.Project, null), new Dictionary<string, (SqlType, object?)>(), [], time.GetUtcNow());
        return Schemas.Of(new QueryBinder(source, context).Bind(statement.Query, null).Columns);
    }

    private TableRecord Written(BigQueryCall call, TableRecord table, bool replace)
    {
        string? Text(string name, string? before) => call.Body.ContainsKey(name) || replace ? Wire.Text(call.Body, name) : before;
        JsonObject? Map(string name, JsonObject? before) => call.Body.ContainsKey(name) || replace ? Wire.Object(call.Body, name)?.DeepClone() as JsonObject : before;
        return table with
        {
            FriendlyName = Text("friendlyName", table.FriendlyName),
            Description = Text("description", table.Description),
            Labels = DatasetMethods.Labels(call.Body, table.Labels, replace),
            TimePartitioning = Map("timePartitioning", table.TimePartitioning),
            Clustering = Map("clustering", table.Clustering),
            Expires = Text("expirationTime", table.Expires),
            Modified = Math.Max(shelf.Now, table.Modified),
            Revision = table.Revision + 1,
        };
    }

    private GoogleAnswer Change(BigQueryCall call, bool replace)
    {
        var table = Find(call);
        shelf.DemandWrite(call.Project, call.Account, "bigquery.tables.update", $"Table {table.Key}");
        Etags.Demand(call, Etags.Of(table.Key, table.Modified, table.Revision));
        if (Wire.Object(call.Body, "schema") is { } schema && table.Kind == "TABLE")
            table = WithSchema(table, Schemas.Read(schema));
        if (Wire.Text(Wire.Object(call.Body, "view"), "query") is { } query && table.Kind == "VIEW")
            table = table with { ViewQuery = query, Fields = ViewFields(call, query) };
        table = Written(call, table, replace);
        shelf.Put(table);
        return GoogleAnswer.Ok(Shape(table));
    }

    /// <summary>Columns may be added, relaxed and described; none may go or change its type.</summary>
    private TableRecord WithSchema(TableRecord table, List<FieldRecord> wanted)
    {
        var fields = new List<FieldRecord>();
        foreach (var field in wanted)
        {
            var before = table.Fields.FirstOrDefault(one => one.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase));
            if (before is null && field.Mode == "REQUIRED")
                throw BigQueryErrors.Invalid($"Provided Schema does not match Table {table.Key}. Cannot add required fields to an existing schema. (field: {field.Name})");
            if (before is not null && !Schemas.Type(before).Same(Schemas.Type(field)))
                throw BigQueryErrors.Invalid($"Provided Schema does not match Table {table.Key}. Field {field.Name} has changed type from {before.Type} to {field.Type}");
            if (before is { Mode: "NULLABLE" } && field.Mode == "REQUIRED")
                throw BigQueryErrors.Invalid($"Provided Schema does not match Table {table.Key}. Field {field.Name} has changed mode from NULLABLE to REQUIRED");
            fields.Add(field with { Physical = before?.Physical });
        }

        if (table.Fields.FirstOrDefault(field => !wanted.Exists(one => one.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))) is { } gone)
            throw BigQueryErrors.Invalid($"Provided Schema does not match Table {table.Key}. Field {gone.Name} is missing in new schema");
        for (var (index, next) = (0, table.Fields.Count); index < fields.Count; index++)
        {
            if (fields[index].Physical is not null)
                continue;
            fields[index] = fields[index] with { Physical = $"c{next++}" };
            warehouse.AddColumn(table, fields[index].Physical!);
        }

        return table with { Fields = fields };
    }

    private GoogleAnswer Delete(BigQueryCall call)
    {
        var table = Find(call);
        shelf.DemandWrite(call.Project, call.Account, "bigquery.tables.delete", $"Table {table.Key}");
        warehouse.Drop(table);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private static JsonObject Reference(TableRecord table) => new() { ["projectId"] = table.Project, ["datasetId"] = table.Dataset, ["tableId"] = table.Id };

    private JsonObject Shape(TableRecord table)
    {
        var body = new JsonObject
        {
            ["kind"] = "bigquery#table",
            ["etag"] = Etags.Of(table.Key, table.Modified, table.Revision),
            ["id"] = table.Key,
            ["selfLink"] = $"https://bigquery.googleapis.com/bigquery/v2/projects/{table.Project}/datasets/{table.Dataset}/tables/{table.Id}",
            ["tableReference"] = Reference(table),
        };
        if (table.FriendlyName is not null)
            body["friendlyName"] = table.FriendlyName;
        if (table.Description is not null)
            body["description"] = table.Description;
        if (table.Labels is { Count: > 0 } labels)
            body["labels"] = labels.DeepClone();
        body["schema"] = Schemas.Json(table.Fields);
        if (table.TimePartitioning is { } partitioning)
            body["timePartitioning"] = partitioning.DeepClone();
        if (table.Clustering is { } clustering)
            body["clustering"] = clustering.DeepClone();
        if (table.Expires is not null)
            body["expirationTime"] = table.Expires;
        var stored = table.Kind == "TABLE";
        var bytes = stored ? warehouse.Bytes(warehouse.Stored(table), Enumerable.Range(0, table.Fields.Count)) : 0;
        body["numBytes"] = $"{bytes}";
        body["numLongTermBytes"] = "0";
        body["numRows"] = $"{(stored ? warehouse.CountRows(table) : 0)}";
        body["creationTime"] = $"{table.Created}";
        body["lastModifiedTime"] = $"{table.Modified}";
        body["type"] = table.Kind;
        if (!stored)
            body["view"] = new JsonObject { ["query"] = table.ViewQuery, ["useLegacySql"] = false };
        body["location"] = shelf.Dataset(table.Project, table.Dataset).Location;
        return body;
    }
}
