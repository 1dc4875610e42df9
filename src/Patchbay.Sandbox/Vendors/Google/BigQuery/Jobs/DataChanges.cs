using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;

/// <summary>INSERT, UPDATE, DELETE, TRUNCATE, MERGE: first everything that changes is computed, then it is written, in one step.</summary>
internal sealed class DataChanges(StatementWork work)
{
    private SqlText Source => work.Source;

    public QueryOutcome Run(Statement statement)
    {
        var (type, path, permission) = statement switch
        {
            InsertStatement insert => ("INSERT", insert.Table, "bigquery.tables.updateData"),
            UpdateStatement update => ("UPDATE", update.Table, "bigquery.tables.updateData"),
            DeleteStatement delete => ("DELETE", delete.Table, "bigquery.tables.updateData"),
            TruncateStatement truncate => ("TRUNCATE_TABLE", truncate.Table, "bigquery.tables.updateData"),
            MergeStatement merge => ("MERGE", merge.Table, "bigquery.tables.updateData"),
            _ => throw Source.Unsupported("this statement", statement.At),
        };
        var record = work.Target(path, statement.At, permission);
        var table = work.Warehouse.Stored(record);
        var changes = statement switch
        {
            InsertStatement insert => Insert(insert, table),
            UpdateStatement update => Update(update, table),
            DeleteStatement delete => Delete(delete, table),
            TruncateStatement => () => new Changes([], [], [.. work.Warehouse.Engine.Query($"select rowid from {table.Physical}").Select(row => (long)row[0]!)]),
            var merge => new MergeChanges(work, (MergeStatement)merge, table, this).Prepare(),
        };
        var outcome = new QueryOutcome { StatementType = type, Bytes = work.Bill(), Volatile = true, Referenced = work.Catalog.Referenced, Target = (record.Project, record.Dataset, record.Id), Changed = (0, 0, 0) };
        if (work.Request.DryRun)
            return outcome;
        var done = changes();
        Apply(done, table);
        work.Shelf.Put(record with { Modified = work.Shelf.Now, Revision = record.Revision + 1 });
        return outcome with { Changed = (done.Inserted.Count, done.Updated.Count, done.Deleted.Count) };
    }

    /// <summary>What is to be written.</summary>
    /// <param name="Inserted">Whole rows.</param>
    /// <param name="Updated">Row and its new values, whole.</param>
    /// <param name="Deleted">Rows.</param>
    internal sealed record Changes(List<object?[]> Inserted, List<(long Row, (int Column, object? Value)[] Values)> Updated, List<long> Deleted);

    private void Apply(Changes changes, StoredTable table)
    {
        foreach (var row in changes.Inserted)
            Demand(table, row.Select((value, index) => (index, value)));
        foreach (var (_, values) in changes.Updated)
            Demand(table, values);
        var engine = work.Warehouse.Engine;
        engine.Atomic(() =>
        {
            foreach (var group in changes.Updated.GroupBy(update => string.Join(", ", update.Values.Select((value, index) => $"{table.Columns[value.Column].Physical} = ${index + 1}"))))
                engine.Each($"update {table.Physical} set {group.Key} where rowid = $0", group.Select(update => (object?[])[update.Row, .. update.Values.Select(value => value.Value)]));
            engine.Each($"delete from {table.Physical} where rowid = $0", changes.Deleted.Select(row => new object?[] { row }));
            if (table.Columns.Count > 0)
                engine.Each($"insert into {table.Physical} ({string.Join(", ", table.Columns.Select(column => column.Physical))}) values ({string.Join(", ", table.Columns.Select((_, index) => $"${index}"))})", changes.Inserted);
            return true;
        });
    }

    private static void Demand(StoredTable table, IEnumerable<(int Column, object? Value)> values)
    {
        foreach (var (column, value) in values)
        {
            if (value is null && table.Columns[column].Required)
                throw new SqlError($"Required field {table.Columns[column].Name} cannot be null");
        }
    }

    private Func<Changes> Insert(InsertStatement insert, StoredTable table)
    {
        var columns = Columns(insert.Columns, table, insert.At);
        if (insert.Query is { } query)
        {
            var relation = work.Queries.Bind(query, null);
            if (relation.Columns.Count != columns.Count)
                throw Source.Error($"Inserted row has wrong column count; Has {relation.Columns.Count}, expected {columns.Count}", query.At);
            for (var index = 0; index < columns.Count; index++)
                Assignable(new Bound("", relation.Columns[index].Type) { IsNull = relation.Columns[index].Untyped }, table.Columns[columns[index]], query.At, $"Query column {index + 1}");
            var coerced = work.Queries.Coercion.To(relation, [.. columns.Select(column => table.Columns[column].Type)], query.At);
            return () => new Changes([.. work.Warehouse.Engine.Query(coerced.Sql, work.Context.Values).Select(row => Whole(row, columns, table))], [], []);
        }

        var binder = new ExpressionBinder(work.Queries, new Scope(null)) { NoAggregates = "INSERT", NoWindows = "INSERT" };
        var rows = insert.Rows!.Select(row =>
        {
            if (row.Count != columns.Count)
                throw Source.Error($"Inserted row has wrong column count; Has {row.Count}, expected {columns.Count}", insert.At);
            return $"SELECT {string.Join(", ", row.Select((value, index) => Value(binder, value, table.Columns[columns[index]], insert.At)))}";
        }).ToList();
        return () => new Changes([.. rows.SelectMany(row => work.Warehouse.Engine.Query(row, work.Context.Values)).Select(row => Whole(row, columns, table))], [], []);
    }

    public List<int> Columns(IReadOnlyList<string>? names, StoredTable table, int at)
    {
        if (names is null)
            return [.. Enumerable.Range(0, table.Columns.Count)];
        var columns = names.Select(name => Column(name, table, at)).ToList();
        return columns.Distinct().Count() == columns.Count ? columns : throw Source.Error("INSERT has columns with duplicate name", at);
    }

    private int Column(string name, StoredTable table, int at) =>
        table.Columns.ToList().FindIndex(column => Scope.Same(column.Name, name)) is >= 0 and var index ? index : throw Source.Error($"Column {name} is not present in table {table.Id[(table.Id.IndexOf(':', StringComparison.Ordinal) + 1)..]}", at);

    /// <summary>A row for all columns; those that were not named take their default.</summary>
    public object?[] Whole(object?[] row, IReadOnlyList<int> columns, StoredTable table)
    {
        var whole = table.Columns.Select((column, index) => columns.Contains(index) ? null : Default(column)).ToArray();
        for (var index = 0; index < columns.Count; index++)
            whole[columns[index]] = row[index];
        return whole;
    }

    private object? Default(StoredColumn column)
    {
        if (column.DefaultValue is null)
            return column.Type.Kind == TypeKind.Array ? "[]" : null;
        return work.Warehouse.Engine.Query("SELECT " + DefaultSql(column), work.Context.Values)[0][0];
    }

    private string DefaultSql(StoredColumn column)
    {
        if (column.DefaultValue is null)
            return "NULL";
        var text = new SqlText(column.DefaultValue);
        var cursor = new Cursor(text);
        var queries = new QueryBinder(text, work.Context);
        var bound = new ExpressionBinder(queries, new Scope(null)).Bind(new QueryParser(cursor).Expressions.Parse());
        return queries.Coercion.To(bound, column.Type, 0).Sql;
    }

    /// <summary>The SQL of a value for a column; null is DEFAULT.</summary>
    public string Value(ExpressionBinder binder, Expr? value, StoredColumn column, int at)
    {
        if (value is null)
            return DefaultSql(column);
        var bound = binder.Bind(value);
        Assignable(bound, column, value.At, "Value");
        return work.Queries.Coercion.To(bound, column.Type, at).Sql;
    }

    private void Assignable(Bound value, StoredColumn column, int at, string what)
    {
        if (!Coercion.Can(value, column.Type))
            throw Source.Error($"{what} has type {value.Type} which cannot be inserted into column {column.Name}, which has type {column.Type}", at);
    }

    private Func<Changes> Update(UpdateStatement update, StoredTable table)
    {
        if (update.Where is null)
            throw Source.Error("UPDATE must have a WHERE clause", update.At);
        var scope = new Scope(null);
        FromItem target = new TableRef(update.At, update.Table, update.Alias ?? update.Table[^1]);
        var from = new FromBinder(work.Queries, scope).Bind(update.From is null ? target : new Join(update.At, "CROSS", target, update.From, null, null));
        var binder = new ExpressionBinder(work.Queries, scope) { NoAggregates = "UPDATE", NoWindows = "UPDATE" };
        var columns = update.Sets.Select(set => Column(set.Column, table, set.At)).ToList();
        if (columns.Distinct().Count() != columns.Count)
            throw Source.Error("Update item is assigned more than once", update.At);
        var values = update.Sets.Select((set, index) => Value(binder, set.Value, table.Columns[columns[index]], set.At)).ToList();
        var where = binder.Boolean(update.Where, "WHERE clause").Sql;
        var sql = $"SELECT {RowId(scope)}, {string.Join(", ", values)} FROM {from} WHERE {where}";
        return () => new Changes([], Once(work.Warehouse.Engine.Query(sql, work.Context.Values).Select(row => ((long)row[0]!, columns.Select((column, index) => (column, row[index + 1])).ToArray()))), []);
    }

    /// <summary>No row may be changed twice by one statement.</summary>
    public static List<(long Row, (int Column, object? Value)[] Values)> Once(IEnumerable<(long Row, (int Column, object? Value)[] Values)> updates)
    {
        var list = updates.ToList();
        return list.Select(update => update.Row).Distinct().Count() == list.Count ? list : throw new SqlError("UPDATE/MERGE must match at most one source row for each target row");
    }

    private Func<Changes> Delete(DeleteStatement delete, StoredTable table)
    {
        if (delete.Where is null)
            throw Source.Error("DELETE must have a WHERE clause", delete.At);
        var scope = new Scope(null);
        var from = new FromBinder(work.Queries, scope).Bind(new TableRef(delete.At, delete.Table, delete.Alias ?? delete.Table[^1]));
        var where = new ExpressionBinder(work.Queries, scope) { NoAggregates = "DELETE", NoWindows = "DELETE" }.Boolean(delete.Where, "WHERE clause").Sql;
        return () => new Changes([], [], [.. work.Warehouse.Engine.Query($"SELECT {RowId(scope)} FROM {from} WHERE {where}", work.Context.Values).Select(row => (long)row[0]!)]);
    }

    /// <summary>The engine's row number of the first table in FROM.</summary>
    public static string RowId(Scope scope) => scope.Variables[0].Columns[0].Sql.Split('.')[0] + ".rowid";
}
