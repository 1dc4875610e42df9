using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;

/// <summary>MERGE: for each clause a query that finds its rows; a row goes to the first clause that takes it.</summary>
internal sealed class MergeChanges(StatementWork work, MergeStatement merge, StoredTable table, DataChanges changes)
{
    private readonly List<Func<DataChanges.Changes>> parts = [];

    public Func<DataChanges.Changes> Prepare()
    {
        foreach (var when in (string[])["MATCHED", "NOT MATCHED", "NOT MATCHED BY SOURCE"])
        {
            var before = new List<Expr>();
            foreach (var clause in merge.Clauses.Where(clause => clause.When == when))
            {
                parts.Add(Part(clause, before));
                before.Add(clause.And ?? new Literal(clause.At, true, SqlType.Bool));
            }
        }

        return () =>
        {
            var all = parts.Select(part => part()).ToList();
            var touched = all.SelectMany(part => part.Updated.Select(update => update.Row).Concat(part.Deleted)).ToList();
            return touched.Distinct().Count() == touched.Count
                ? new DataChanges.Changes([.. all.SelectMany(part => part.Inserted)], [.. all.SelectMany(part => part.Updated)], [.. all.SelectMany(part => part.Deleted)])
                : throw new SqlError("UPDATE/MERGE must match at most one source row for each target row");
        };
    }

    private Func<DataChanges.Changes> Part(MergeClause clause, List<Expr> before)
    {
        var scope = new Scope(null);
        FromItem target = new TableRef(merge.At, merge.Table, merge.Alias ?? merge.Table[^1]);
        var inserts = clause.When == "NOT MATCHED";
        var from = new FromBinder(work.Queries, scope);
        // The target comes first in the scope for its row number, except where rows without a target are looked for.
        var sql = inserts ? from.Bind(new Join(clause.At, "LEFT", merge.Using, target, merge.On, null))
            : clause.When == "MATCHED" ? from.Bind(new Join(clause.At, "INNER", target, merge.Using, merge.On, null))
            : from.Bind(target);
        var row = inserts ? scope.Variables.First(variable => Scope.Same(variable.Alias, merge.Alias ?? merge.Table[^1])).Columns[0].Sql.Split('.')[0] + ".rowid" : DataChanges.RowId(scope);
        var binder = new ExpressionBinder(work.Queries, scope) { NoAggregates = "MERGE", NoWindows = "MERGE" };
        var conditions = before.Select(earlier => $"NOT coalesce({binder.Boolean(earlier, "MERGE condition").Sql}, 0)").ToList();
        if (clause.And is { } and)
            conditions.Add(binder.Boolean(and, "MERGE condition").Sql);
        if (inserts)
            conditions.Add($"{row} IS NULL");
        if (clause.When == "NOT MATCHED BY SOURCE")
        {
            var inner = new Scope(null);
            var matched = new FromBinder(work.Queries, inner).Bind(new Join(clause.At, "INNER", target, merge.Using, merge.On, null));
            conditions.Add($"{row} NOT IN (SELECT {DataChanges.RowId(inner)} FROM {matched})");
        }

        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        if (clause.Insert is { } insert)
        {
            var columns = changes.Columns(insert.Columns, table, clause.At);
            var values = insert.Values ?? [.. columns.Select(column => (Expr)new PathExpr(clause.At, [.. SourceAlias(scope), table.Columns[column].Name]))];
            if (values.Count != columns.Count)
                throw work.Source.Error($"Inserted row has wrong column count; Has {values.Count}, expected {columns.Count}", clause.At);
            var list = string.Join(", ", values.Select((value, index) => changes.Value(binder, value, table.Columns[columns[index]], clause.At)));
            return () => new DataChanges.Changes([.. Run($"SELECT {list} FROM {sql}{where}").Select(found => changes.Whole(found, columns, table))], [], []);
        }

        if (clause.Sets is not { } sets)
            return () => new DataChanges.Changes([], [], [.. Run($"SELECT {row} FROM {sql}{where}").Select(found => (long)found[0]!)]);
        var set = sets.Select(item => changes.Columns([item.Column], table, item.At)[0]).ToList();
        var news = string.Join(", ", sets.Select((item, index) => changes.Value(binder, item.Value, table.Columns[set[index]], item.At)));
        return () => new DataChanges.Changes([], DataChanges.Once(Run($"SELECT {row}, {news} FROM {sql}{where}").Select(found => ((long)found[0]!, set.Select((column, index) => (column, found[index + 1])).ToArray()))), []);
    }

    private static IEnumerable<string> SourceAlias(Scope scope) => scope.Variables[0].Alias is { } alias ? [alias] : [];

    private List<object?[]> Run(string sql) => work.Warehouse.Engine.Query(sql, work.Context.Values);
}
