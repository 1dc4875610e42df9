using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;

/// <summary>Binds one statement, counts its bytes, and runs it unless the run is dry.</summary>
internal sealed class StatementRunner(Shelf shelf, WarehouseStore warehouse, TimeProvider time)
{
    private const long Megabyte = 1 << 20;

    /// <summary>What would be billed: nothing for nothing, else whole megabytes, at least ten for each table.</summary>
    public static long Billed(long bytes, int tables) => bytes == 0 ? 0 : Math.Max((bytes + Megabyte - 1) / Megabyte, 10L * Math.Max(1, tables)) * Megabyte;

    /// <exception cref="ScopeNeeded">It changes something and the token may only read.</exception>
    public QueryOutcome Run(QueryRequest request)
    {
        var source = new SqlText(request.Text);
        var statement = StatementParser.Parse(source);
        if (statement is not QueryStatement && !request.MayWrite)
            throw new ScopeNeeded();
        var catalog = new TableCatalog(shelf, warehouse, request.Account, request.Project, request.DefaultDataset);
        var context = new BindingContext(catalog, request.Named, request.Positional, time.GetUtcNow());
        var work = new StatementWork(request, source, catalog, context, new QueryBinder(source, context), shelf, warehouse, Bill);
        return statement switch
        {
            QueryStatement query => Query(work, query),
            InsertStatement or UpdateStatement or DeleteStatement or TruncateStatement or MergeStatement => new DataChanges(work).Run(statement),
            _ => new Definitions(work).Run(statement),
        };

        long Bill()
        {
            var bytes = context.Read.GroupBy(read => read.Table).Sum(group => warehouse.Bytes(group.Key, group.Select(read => read.Column)));
            var billed = Billed(bytes, context.Tables.Count);
            return request.MaximumBytesBilled is { } most && billed > most
                ? throw new SqlError($"Query exceeded limit for bytes billed: {most}. {billed} or higher required.", "bytesBilledLimitExceeded")
                : bytes;
        }
    }

    private static QueryOutcome Query(StatementWork work, QueryStatement statement)
    {
        var relation = work.Queries.Bind(statement.Query, null);
        var schema = Schemas.Of(relation.Columns);
        var outcome = new QueryOutcome { StatementType = "SELECT", Schema = schema, Bytes = work.Bill(), Volatile = work.Context.Volatile, Referenced = work.Catalog.Referenced };
        if (work.Request.DryRun)
            return outcome;
        var rows = work.Warehouse.Engine.Query(relation.Sql, work.Context.Values);
        Cells.Check(rows, [.. relation.Columns.Select(column => column.Type)], schema);
        return outcome with { Rows = rows };
    }
}

/// <summary>The token's scopes do not allow this statement.</summary>
internal sealed class ScopeNeeded : Exception;

/// <summary>What the parts that run statements share.</summary>
internal sealed record StatementWork(QueryRequest Request, SqlText Source, TableCatalog Catalog, BindingContext Context, QueryBinder Queries, Shelf Shelf, WarehouseStore Warehouse, Func<long> Bill)
{
    /// <summary>The table a statement changes, if the account may change it.</summary>
    public TableRecord Target(IReadOnlyList<string> path, int at, string permission)
    {
        var (project, dataset, id) = Locate(path, at);
        Shelf.Project(project, Request.Account);
        var table = Shelf.FindTable(project, dataset, id) ?? throw Catalog.Missing(project, dataset, id);
        Shelf.DemandWrite(project, Request.Account, permission, $"Table {project}:{dataset}.{id}");
        return table.Kind == "TABLE" ? table : throw Source.Error($"{project}.{dataset}.{id} is a view and cannot be changed by DML", at);
    }

    public (string Project, string Dataset, string Table) Locate(IReadOnlyList<string> path, int at)
    {
        try
        {
            return Catalog.Locate(path);
        }
        catch (SqlError error) when (error.Reason == "invalidQuery")
        {
            throw Source.Error(error.Message, at);
        }
    }
}
