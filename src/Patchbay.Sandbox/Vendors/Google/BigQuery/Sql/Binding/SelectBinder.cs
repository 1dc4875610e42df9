namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>
/// One SELECT. Its rows pass up to three stages for the engine below: FROM and WHERE; when grouped, a subquery with a
/// column per key (g0, g1, ...) and per aggregate (a0, a1, ...); the select list, with windows, DISTINCT and order.
/// </summary>
internal sealed class SelectBinder(QueryBinder queries, Select select, Scope outer)
{
    private readonly Scope scope = new(outer.Outer) { CommonOuter = outer };
    private readonly Dictionary<string, WindowSpec> windows = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(Expr Of, string? Name)> items = [];

    /// <summary>Types the columns must take (a recursive term takes those of its anchor).</summary>
    public IReadOnlyList<SqlType>? Into { get; init; }

    private SqlText Source => queries.Source;

    public Relation Bind(IReadOnlyList<OrderItem> orderBy, string limit)
    {
        var from = select.From is null ? "" : " FROM " + new FromBinder(queries, scope).Bind(select.From);
        foreach (var (name, spec) in select.Windows)
            windows[name] = spec;
        var where = select.Where is null ? "" : " WHERE " + new ExpressionBinder(queries, scope) { NoAggregates = "WHERE clause", NoWindows = "WHERE clause" }.Boolean(select.Where, "WHERE clause").Sql;
        new StarExpander(queries, scope, select).Expand(items);
        var aliases = Aliases();
        var grouped = select.GroupBy is not null || select.Having is not null || items.Any(item => Walk.HasAggregate(item.Of)) || Walk.HasAggregate(select.Qualify) || orderBy.Any(item => Walk.HasAggregate(item.Of));
        if (grouped)
            Group(aliases);

        var list = new ExpressionBinder(queries, scope) { Windows = windows };
        var after = new ExpressionBinder(queries, scope) { Windows = windows, Aliases = aliases };
        var columns = items.Select(item => list.Bind(item.Of)).ToList();
        if (Into is not null && Into.Count == columns.Count)
            columns = [.. columns.Zip(Into, (column, type) => Coercion.Can(column, type) ? queries.Coercion.To(column, type, select.At) : throw Source.Error($"Column in UNION ALL has incompatible types: {type}, {column.Type}", select.At))];
        if (select.Distinct && columns.FindIndex(column => column.Type.Kind is TypeKind.Array or TypeKind.Struct) is >= 0 and var nested)
            throw Source.Error($"Column {items[nested].Name ?? $"{nested + 1}"} of type {columns[nested].Type} cannot be used in SELECT DISTINCT", select.At);
        var having = select.Having is null ? null : new ExpressionBinder(queries, scope) { Aliases = aliases, NoWindows = "HAVING clause" }.Boolean(select.Having, "HAVING clause").Sql;
        var qualify = select.Qualify is null ? null : after.Boolean(select.Qualify, "QUALIFY clause").Sql;
        if (select.Qualify is not null && !Walk.HasWindow(select.Qualify) && !items.Any(item => Walk.HasWindow(item.Of)))
            throw Source.Error("The QUALIFY clause requires analytic function to be present in the QUALIFY clause or SELECT list", select.Qualify.At);
        var order = orderBy.Select(item => OrderKey(item, columns, after)).ToList();

        var body = scope.Grouping is { } grouping ? $" FROM ({Grouped(grouping, from, where)}) AS {grouping.Alias}" : from + where;
        if (having is not null)
            body += " WHERE " + having;
        var single = (grouped && select.GroupBy is null) || (select.From is null && !grouped);
        return Shape(Assemble(columns, body, qualify, order, limit), columns, single || limit is " LIMIT 1" or " LIMIT 0");
    }

    private Dictionary<string, Expr> Aliases()
    {
        var aliases = new Dictionary<string, Expr>(StringComparer.OrdinalIgnoreCase);
        foreach (var (of, name) in items)
        {
            if (name is not null)
                aliases.TryAdd(name, of);
        }

        return aliases;
    }

    private void Group(Dictionary<string, Expr> aliases)
    {
        var grouping = new Grouping(queries.Context.Alias("q"));
        var by = select.GroupBy switch
        {
            null => [],
            { All: true } => [.. items.Select(item => item.Of).Where(of => of is not (Literal or Parameter) && !Walk.HasAggregate(of) && !Walk.HasWindow(of))],
            { Items: var all } => all.Select(of => Target(of, aliases)).ToList(),
        };
        var binder = new ExpressionBinder(queries, scope) { NoAggregates = "GROUP BY clause", NoWindows = "GROUP BY clause" };
        foreach (var of in by)
        {
            var key = binder.Bind(of);
            if (key.Type.Kind is TypeKind.Array or TypeKind.Struct)
                throw Source.Error($"Grouping by expressions of type {key.Type} is not allowed", of.At);
            var after = key with { Sql = $"{grouping.Alias}.g{grouping.Keys.Count}", IsLiteral = false };
            grouping.Known.TryAdd(key.Sql, after);
            grouping.Written.TryAdd(of, after);
            grouping.Keys.Add(key);
        }

        scope.Grouping = grouping;
    }

    /// <summary>GROUP BY 1 and GROUP BY alias mean an item of the select list.</summary>
    private Expr Target(Expr of, Dictionary<string, Expr> aliases)
    {
        if (of is Literal { Value: long ordinal })
        {
            var target = ordinal >= 1 && ordinal <= items.Count ? items[(int)ordinal - 1].Of : throw Source.Error($"GROUP BY column number item is out of range. Column numbers must be between 1 and {items.Count}", of.At);
            return Walk.HasAggregate(target) ? throw Source.Error($"Column {ordinal} contains an aggregation function, which is not allowed in GROUP BY", of.At) : target;
        }

        if (of is not PathExpr { Names: [var name] } || !aliases.TryGetValue(name, out var aliased))
            return of;
        return Walk.HasAggregate(aliased) ? throw Source.Error($"Column {name} contains an aggregation function, which is not allowed in GROUP BY", of.At) : aliased;
    }

    private string Grouped(Grouping grouping, string from, string where)
    {
        var all = Enumerable.Range(0, grouping.Keys.Count).ToList();
        var sets = select.GroupBy?.Sets ?? [all];
        return string.Join(" UNION ALL ", sets.Select(set =>
        {
            // A key may be written twice in a grouping; either stands for it.
            var kept = all.Select(index => set.Any(member => grouping.Keys[member].Sql == grouping.Keys[index].Sql)).ToList();
            var columns = all.Select(index => $"{(kept[index] ? grouping.Keys[index].Sql : "NULL")} AS g{index}")
                .Concat(all.Where(_ => select.GroupBy?.Sets is not null).Select(index => $"{(kept[index] ? 0 : 1)} AS n{index}"))
                .Concat(grouping.Aggregates.Select((aggregate, index) => $"{aggregate} AS a{index}")).DefaultIfEmpty("count(*) AS a");
            var keys = all.Where(index => kept[index]).Select(index => $"{index + 1}").ToList();
            // Without keys and aggregates the engine below would not see that one row is meant.
            var having = keys.Count == 0 && grouping.Aggregates.Count == 0 ? " HAVING count(*) >= 0" : "";
            return $"SELECT {string.Join(", ", columns)}{from}{where}{(keys.Count > 0 ? " GROUP BY " + string.Join(", ", keys) : "")}{having}";
        }));
    }

    private (string Sql, string Direction) OrderKey(OrderItem item, List<Bound> columns, ExpressionBinder binder)
    {
        var index = -1;
        if (item.Of is Literal { Value: long ordinal })
            index = ordinal >= 1 && ordinal <= items.Count ? (int)ordinal - 1 : throw Source.Error($"ORDER BY column number item is out of range. Column numbers must be between 1 and {items.Count}", item.Of.At);
        else if (item.Of is PathExpr { Names: [var name] })
            index = items.FindIndex(candidate => Scope.Same(candidate.Name, name));
        Bound key;
        if (index >= 0)
        {
            key = columns[index] with { Sql = $"c{index}" };
        }
        else
        {
            key = binder.Bind(item.Of);
            index = columns.FindIndex(column => column.Sql == key.Sql);
            if (index >= 0)
                key = key with { Sql = $"c{index}" };
            else if (select.Distinct)
                throw Source.Error("ORDER BY clause expression references a column which is not visible after SELECT DISTINCT", item.Of.At);
        }

        return (Ordering.Key(binder, key, item), Ordering.Direction(item));
    }

    private string Assemble(List<Bound> columns, string body, string? qualify, List<(string Sql, string Direction)> order, string limit)
    {
        var list = string.Join(", ", columns.Select((column, index) => $"{column.Sql} AS c{index}"));
        var distinct = select.Distinct ? "DISTINCT " : "";
        if (qualify is null)
            return $"SELECT {distinct}{list}{body}{Sorted(order)}{limit}";
        // Windows exist only after WHERE, so QUALIFY is the WHERE of a query around; keys that are no column go along.
        var names = Enumerable.Range(0, columns.Count).Select(index => $"c{index}").ToList();
        var keys = order.Select(key => key.Sql).Except(names).ToList();
        var outside = order.Select(key => key with { Sql = names.Contains(key.Sql) ? key.Sql : $"o{keys.IndexOf(key.Sql)}" }).ToList();
        return $"SELECT {distinct}{string.Join(", ", names)} FROM (SELECT {list}, {qualify} AS q{string.Concat(keys.Select((key, index) => $", {key} AS o{index}"))}{body}) WHERE q{Sorted(outside)}{limit}";
    }

    private static string Sorted(List<(string Sql, string Direction)> order) =>
        order.Count == 0 ? "" : " ORDER BY " + string.Join(", ", order.Select(key => key.Sql + key.Direction));

    private Relation Shape(string sql, List<Bound> columns, bool single)
    {
        var named = columns.Zip(items, (column, item) => new OutColumn(item.Name, column.Type, column.IsNull || column.IsEmptyArray)).ToList();
        switch (select.As)
        {
            case "STRUCT":
                var fields = named.Select(column => new StructField(column.Name ?? "", column.Type)).ToList();
                var parts = columns.Select((column, index) => Coercion.Item(new Bound($"c{index}", column.Type)));
                return new Relation($"SELECT json_array({string.Join(", ", parts)}) AS c0 FROM ({sql})", [new OutColumn(null, SqlType.StructOf(fields))], single);
            case "VALUE" when columns.Count != 1:
                throw Source.Error("SELECT AS VALUE query must have exactly one column", select.At);
            case "VALUE":
                return new Relation(sql, [named[0] with { Name = null }], single);
            case not null:
                throw Source.Unsupported($"SELECT AS {select.As}", select.At);
            default:
                return new Relation(sql, named, single);
        }
    }
}
