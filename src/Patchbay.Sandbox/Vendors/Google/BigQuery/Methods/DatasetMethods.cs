using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

/// <summary>projects and datasets.</summary>
internal sealed class DatasetMethods(Shelf shelf, WarehouseStore warehouse) : IBigQueryMethods
{
    public IEnumerable<BigQueryMethod> Methods =>
    [
        new("GET", "/projects", "ProjectService.ListProjects", BigQueryScopes.Read, Projects),
        new("GET", "/projects/{project}/datasets", "DatasetService.ListDatasets", BigQueryScopes.Read, List),
        new("POST", "/projects/{project}/datasets", "DatasetService.InsertDataset", BigQueryScopes.Write, Insert),
        new("GET", "/projects/{project}/datasets/{dataset}", "DatasetService.GetDataset", BigQueryScopes.Read, call => GoogleAnswer.Ok(Shape(Find(call)))),
        new("PATCH", "/projects/{project}/datasets/{dataset}", "DatasetService.PatchDataset", BigQueryScopes.Write, call => Change(call, replace: false)),
        new("PUT", "/projects/{project}/datasets/{dataset}", "DatasetService.UpdateDataset", BigQueryScopes.Write, call => Change(call, replace: true)),
        new("DELETE", "/projects/{project}/datasets/{dataset}", "DatasetService.DeleteDataset", BigQueryScopes.Write, Delete),
        new("GET", "/projects/{project}/datasets/{dataset}/routines", "RoutineService.ListRoutines", BigQueryScopes.Read, call => Find(call) is var _ ? GoogleAnswer.Ok([]) : GoogleAnswer.NotFound),
        new("GET", "/projects/{project}/datasets/{dataset}/models", "ModelService.ListModels", BigQueryScopes.Read, call => Find(call) is var _ ? GoogleAnswer.Ok([]) : GoogleAnswer.NotFound),
    ];

    private GoogleAnswer Projects(BigQueryCall call)
    {
        var all = shelf.Projects(call.Account.Email);
        var page = Paging.Page(call, "bigquery#projectList", "projects", all, project => new JsonObject
        {
            ["kind"] = "bigquery#project",
            ["id"] = project.Id,
            ["numericId"] = project.Number,
            ["projectReference"] = new JsonObject { ["projectId"] = project.Id },
            ["friendlyName"] = project.FriendlyName,
        });
        page["etag"] = Etags.Of(call.Account.Id, all.Count);
        page["totalItems"] = all.Count;
        return GoogleAnswer.Ok(page);
    }

    private DatasetRecord Find(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        return shelf.Dataset(call.Project, call.Route("dataset"));
    }

    private GoogleAnswer List(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        var all = shelf.Datasets(call.Project).Where(dataset => Matches(dataset, call.Query("filter"))).ToList();
        var page = Paging.Page(call, "bigquery#datasetList", "datasets", all, dataset =>
        {
            var item = new JsonObject
            {
                ["kind"] = "bigquery#dataset",
                ["id"] = dataset.Key,
                ["datasetReference"] = Reference(dataset),
                ["location"] = dataset.Location,
            };
            if (dataset.FriendlyName is not null)
                item["friendlyName"] = dataset.FriendlyName;
            if (dataset.Labels is { Count: > 0 } labels)
                item["labels"] = labels.DeepClone();
            return item;
        });
        page["etag"] = Etags.Of(call.Project, all.Count == 0 ? 0 : all.Max(dataset => dataset.Modified), all.Count);
        return GoogleAnswer.Ok(page);
    }

    /// <summary>labels.key and labels.key:value, several of them joined by blanks.</summary>
    private static bool Matches(DatasetRecord dataset, string filter) => filter.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(term => term != "AND").All(term =>
    {
        if (!term.StartsWith("labels.", StringComparison.Ordinal))
            throw BigQueryErrors.Invalid($"Invalid filter: {filter}");
        var parts = term["labels.".Length..].Split(':', 2);
        return Wire.Text(dataset.Labels, parts[0]) is { } value && (parts.Length == 1 || parts[1] == value);
    });

    private GoogleAnswer Insert(BigQueryCall call)
    {
        shelf.DemandWrite(call.Project, call.Account, "bigquery.datasets.create", $"Project {call.Project}");
        var reference = Wire.Object(call.Body, "datasetReference");
        var id = Wire.Text(reference, "datasetId") ?? throw BigQueryErrors.Required("datasetReference.datasetId");
        if (!Schemas.IsId(id))
            throw BigQueryErrors.Invalid($"Invalid dataset ID \"{id}\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024 characters long.");
        if (shelf.FindDataset(call.Project, id) is not null)
            throw BigQueryErrors.Exists($"Dataset {call.Project}:{id}");
        var dataset = Written(call, new DatasetRecord { Project = call.Project, Id = id, Owner = call.Account.Email, Created = shelf.Now, Location = Wire.Text(call.Body, "location") ?? "US" }, replace: true);
        shelf.Put(dataset);
        return GoogleAnswer.Ok(Shape(dataset));
    }

    private DatasetRecord Written(BigQueryCall call, DatasetRecord dataset, bool replace)
    {
        string? Text(string name, string? before) => call.Body.ContainsKey(name) || replace ? Wire.Text(call.Body, name) : before;
        return dataset with
        {
            FriendlyName = Text("friendlyName", dataset.FriendlyName),
            Description = Text("description", dataset.Description),
            Labels = Labels(call.Body, dataset.Labels, replace),
            Modified = Math.Max(shelf.Now, dataset.Modified + 1),
        };
    }

    /// <summary>A patch adds and changes single labels, and null removes one.</summary>
    public static JsonObject? Labels(JsonObject body, JsonObject? before, bool replace)
    {
        if (Wire.Object(body, "labels") is not { } given)
            return replace ? null : before;
        var labels = replace || before is null ? [] : (JsonObject)before.DeepClone();
        foreach (var (name, value) in given)
        {
            if (value is JsonValue text)
                labels[name] = Wire.Text(text);
            else
                labels.Remove(name);
        }

        return labels;
    }

    private GoogleAnswer Change(BigQueryCall call, bool replace)
    {
        var dataset = Find(call);
        shelf.DemandWrite(call.Project, call.Account, "bigquery.datasets.update", $"Dataset {dataset.Key}");
        Etags.Demand(call, Etags.Of(dataset.Key, dataset.Modified));
        var changed = Written(call, dataset, replace);
        shelf.Put(changed);
        return GoogleAnswer.Ok(Shape(changed));
    }

    private GoogleAnswer Delete(BigQueryCall call)
    {
        var dataset = Find(call);
        shelf.DemandWrite(call.Project, call.Account, "bigquery.datasets.delete", $"Dataset {dataset.Key}");
        var tables = shelf.Tables(call.Project, dataset.Id);
        if (tables.Count > 0 && !string.Equals(call.Query("deleteContents"), "true", StringComparison.OrdinalIgnoreCase))
            throw new Sql.SqlError($"Dataset {dataset.Key} is still in use", "resourceInUse");
        foreach (var table in tables)
            warehouse.Drop(table);
        shelf.Delete(dataset);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private static JsonObject Reference(DatasetRecord dataset) => new() { ["datasetId"] = dataset.Id, ["projectId"] = dataset.Project };

    private static JsonObject Shape(DatasetRecord dataset)
    {
        var body = new JsonObject
        {
            ["kind"] = "bigquery#dataset",
            ["etag"] = Etags.Of(dataset.Key, dataset.Modified),
            ["id"] = dataset.Key,
            ["selfLink"] = $"https://bigquery.googleapis.com/bigquery/v2/projects/{dataset.Project}/datasets/{dataset.Id}",
            ["datasetReference"] = Reference(dataset),
        };
        if (dataset.FriendlyName is not null)
            body["friendlyName"] = dataset.FriendlyName;
        if (dataset.Description is not null)
            body["description"] = dataset.Description;
        if (dataset.Labels is { Count: > 0 } labels)
            body["labels"] = labels.DeepClone();
        body["access"] = new JsonArray(
            new JsonObject { ["role"] = "WRITER", ["specialGroup"] = "projectWriters" }, new JsonObject { ["role"] = "OWNER", ["specialGroup"] = "projectOwners" },
            new JsonObject { ["role"] = "OWNER", ["userByEmail"] = dataset.Owner }, new JsonObject { ["role"] = "READER", ["specialGroup"] = "projectReaders" });
        body["creationTime"] = $"{dataset.Created}";
        body["lastModifiedTime"] = $"{dataset.Modified}";
        body["location"] = dataset.Location;
        body["type"] = "DEFAULT";
        return body;
    }
}
