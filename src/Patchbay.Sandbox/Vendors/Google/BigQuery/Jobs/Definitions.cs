using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;

/// <summary>CREATE and DROP of tables, views and datasets.</summary>
internal sealed class Definitions(StatementWork work)
{
    private Shelf Shelf => work.Shelf;

    public QueryOutcome Run(Statement statement) => statement switch
    {
        CreateTableStatement create => CreateTable(create),
        CreateViewStatement create => CreateView(create),
        CreateSchemaStatement create => CreateSchema(create),
        DropStatement { Kind: "SCHEMA" } drop => DropSchema(drop),
        DropStatement drop => DropTable(drop),
        _ => throw work.Source.Unsupported("this statement", statement.At),
    };

    private QueryOutcome Outcome(string type, string operation, (string, string, string) target) => new()
    {
        StatementType = type, Ddl = operation, Target = target, Bytes = work.Bill(), Volatile = true, Referenced = work.Catalog.Referenced,
    };

    /// <summary>Where something is to be made; null when it exists and may.</summary>
    private (string Project, string Dataset, string Table)? Free(IReadOnlyList<string> path, int at, bool replace, bool ifNotExists, out TableRecord? existing)
    {
        var target = work.Locate(path, at);
        var (project, dataset, id) = target;
        Shelf.Project(project, work.Request.Account);
        Shelf.Dataset(project, dataset);
        Shelf.DemandWrite(project, work.Request.Account, "bigquery.tables.create", $"Dataset {project}:{dataset}");
        if (!Schemas.IsTableId(id))
            throw work.Source.Error($"Invalid table ID \"{id}\"", at);
        existing = Shelf.FindTable(project, dataset, id);
        if (existing is null || replace)
            return target;
        return ifNotExists ? null : throw BigQueryErrors.Exists($"Table {project}:{dataset}.{id}");
    }

    private QueryOutcome CreateTable(CreateTableStatement create)
    {
        if (Free(create.Table, create.At, create.Replace, create.IfNotExists, out var existing) is not { } target)
            return Outcome("CREATE_TABLE", "SKIP", work.Locate(create.Table, create.At));
        var type = create.Query is null ? "CREATE_TABLE" : "CREATE_TABLE_AS_SELECT";
        var relation = create.Query is null ? null : work.Queries.Bind(create.Query, null);
        if (create.Columns is { } columns && columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw work.Source.Error($"Duplicate column name {twice.Key} in CREATE TABLE", twice.Last().At);
        var fields = create.Columns is { } defined
            ? defined.Select(column => Schemas.Field(column.Name, column.Type, column.Required) with { Default = column.Default, Description = column.Description }).ToList()
            : Schemas.Of(relation!.Columns);
        if (relation is not null)
        {
            if (create.Columns is null && relation.Columns.ToList().FindIndex(column => column.Name is null) is >= 0 and var unnamed)
                throw work.Source.Error($"CREATE TABLE columns must be named, but column {unnamed + 1} has no name", create.Query!.At);
            if (relation.Columns.Count != fields.Count)
                throw work.Source.Error($"The number of columns in the column definition list does not match the number of columns produced by the query: {fields.Count} vs {relation.Columns.Count}", create.At);
            relation = work.Queries.Coercion.To(relation, [.. fields.Select(Schemas.Type)], create.Query!.At);
        }

        var outcome = Outcome(type, existing is null ? "CREATE" : "REPLACE", target);
        if (work.Request.DryRun)
            return outcome with { Schema = relation is null ? [] : fields };
        // Read first: CREATE OR REPLACE may select from what it replaces.
        var rows = relation is null ? [] : work.Warehouse.Engine.Query(relation.Sql, work.Context.Values);
        var record = work.Warehouse.Create(target.Project, target.Dataset, target.Table, fields) with { Description = create.Description };
        work.Warehouse.Engine.Atomic(() =>
        {
            work.Warehouse.Insert(record, rows);
            return true;
        });
        if (existing is not null)
            work.Warehouse.Drop(existing);
        Shelf.Put(record);
        return outcome;
    }

    private QueryOutcome CreateView(CreateViewStatement create)
    {
        if (Free(create.Table, create.At, create.Replace, create.IfNotExists, out var existing) is not { } target)
            return Outcome("CREATE_VIEW", "SKIP", work.Locate(create.Table, create.At));
        var fields = Schemas.Of(work.Queries.Bind(create.Query, null).Columns);
        work.Context.Read.Clear();
        work.Context.Tables.Clear();
        var outcome = Outcome("CREATE_VIEW", existing is null ? "CREATE" : "REPLACE", target);
        if (work.Request.DryRun)
            return outcome;
        if (existing is not null)
            work.Warehouse.Drop(existing);
        Shelf.Put(new TableRecord { Project = target.Project, Dataset = target.Dataset, Id = target.Table, Kind = "VIEW", Fields = fields, ViewQuery = create.Text, Created = Shelf.Now, Modified = Shelf.Now });
        return outcome;
    }

    private (string Project, string Dataset) Schema(IReadOnlyList<string> name, int at) => name.Count switch
    {
        1 => (work.Request.Project, name[0]),
        2 => (name[0], name[1]),
        _ => throw work.Source.Error($"Invalid dataset name {string.Join('.', name)}", at),
    };

    private QueryOutcome CreateSchema(CreateSchemaStatement create)
    {
        var (project, dataset) = Schema(create.Name, create.At);
        Shelf.DemandWrite(project, work.Request.Account, "bigquery.datasets.create", $"Project {project}");
        if (!Schemas.IsId(dataset))
            throw work.Source.Error($"Invalid dataset ID \"{dataset}\"", create.At);
        var exists = Shelf.FindDataset(project, dataset) is not null;
        if (exists && !create.IfNotExists)
            throw BigQueryErrors.Exists($"Dataset {project}:{dataset}");
        if (!exists && !work.Request.DryRun)
            Shelf.Put(new DatasetRecord { Project = project, Id = dataset, Owner = work.Request.Account.Email, Created = Shelf.Now, Modified = Shelf.Now });
        return Outcome("CREATE_SCHEMA", exists ? "SKIP" : "CREATE", (project, dataset, ""));
    }

    private QueryOutcome DropSchema(DropStatement drop)
    {
        var (project, dataset) = Schema(drop.Name, drop.At);
        Shelf.DemandWrite(project, work.Request.Account, "bigquery.datasets.delete", $"Dataset {project}:{dataset}");
        if (Shelf.FindDataset(project, dataset) is not { } found)
            return drop.IfExists ? Outcome("DROP_SCHEMA", "SKIP", (project, dataset, "")) : throw BigQueryErrors.NotFound($"Dataset {project}:{dataset}");
        var tables = Shelf.Tables(project, dataset);
        if (tables.Count > 0 && !drop.Cascade)
            throw new SqlError($"Dataset {project}:{dataset} is still in use", "resourceInUse");
        if (!work.Request.DryRun)
        {
            foreach (var table in tables)
                work.Warehouse.Drop(table);
            Shelf.Delete(found);
        }

        return Outcome("DROP_SCHEMA", "DROP", (project, dataset, ""));
    }

    private QueryOutcome DropTable(DropStatement drop)
    {
        var target = work.Locate(drop.Name, drop.At);
        var (project, dataset, id) = target;
        Shelf.Project(project, work.Request.Account);
        var type = $"DROP_{drop.Kind}";
        if (Shelf.FindTable(project, dataset, id) is not { } found)
            return drop.IfExists ? Outcome(type, "SKIP", target) : throw work.Catalog.Missing(project, dataset, id);
        Shelf.DemandWrite(project, work.Request.Account, "bigquery.tables.delete", $"Table {project}:{dataset}.{id}");
        if (found.Kind != drop.Kind)
            throw new SqlError($"{project}:{dataset}.{id} is not allowed for this operation because it is currently a {found.Kind}.", "invalid");
        if (!work.Request.DryRun)
            work.Warehouse.Drop(found);
        return Outcome(type, "DROP", target);
    }
}
