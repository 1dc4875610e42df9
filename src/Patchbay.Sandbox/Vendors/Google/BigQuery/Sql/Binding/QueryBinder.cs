namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>Queries: WITH, set operations, and what surrounds a SELECT.</summary>
internal sealed class QueryBinder(SqlText source, BindingContext context)
{
    public SqlText Source => source;

    public BindingContext Context => context;

    public Coercion Coercion { get; } = new(source, context);

    /// <summary>How many expressions were bound: bounds the work a query from outside can cause.</summary>
    public int Nodes { get; set; }

    public Relation Bind(Query query, Scope? outer)
    {
        var scope = new Scope(outer);
        var with = new List<string>();
        var recursive = false;
        if (query.With.GroupBy(table => table.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw source.Error($"Duplicate alias {twice.Key} for WITH subquery", twice.Last().At);
        foreach (var table in query.With)
        {
            var name = context.Alias("w");
            // Common tables see those before them, but no columns of the queries around.
            var inside = new Scope(null) { CommonOuter = scope };
            if (query.Recursive && table.Query is { Body: SetOperation { Op: "UNION ALL" or "UNION DISTINCT" } union, With.Count: 0 } && Mentions(union.Right, table.Name))
            {
                recursive = true;
                with.Add(Recursive(table, union, name, inside, scope));
                continue;
            }

            var relation = Bind(table.Query, inside);
            scope.CommonTables[table.Name] = (name, relation.Columns);
            with.Add($"{name}({relation.ColumnList}) AS ({relation.Sql})");
        }

        var body = query.Body is Select select
            ? new SelectBinder(this, select, scope).Bind(query.OrderBy, Limit(query, scope))
            : Ordered(Body(query.Body, scope), query, scope);
        return with.Count == 0 ? body : body with { Sql = $"WITH {(recursive ? "RECURSIVE " : "")}{string.Join(", ", with)} {body.Sql}" };
    }

    private string Recursive(CommonTable table, SetOperation union, string name, Scope inside, Scope scope)
    {
        if (table.Query.OrderBy.Count > 0 || table.Query.Limit is not null)
            throw source.Error("ORDER BY and LIMIT are not allowed in a recursive query", table.At);
        var anchor = Body(union.Left, inside);
        scope.CommonTables[table.Name] = (name, anchor.Columns);
        var types = anchor.Columns.Select(column => column.Type).ToList();
        // The engine below wants the reference in the outermost FROM, so the recursive term must stay flat.
        var term = union.Right is Select select
            ? new SelectBinder(this, select, inside) { Into = types }.Bind([], "")
            : throw source.Unsupported("this form of recursive query", union.At);
        if (term.Columns.Count != anchor.Columns.Count)
            throw source.Error($"Queries in UNION ALL have mismatched column count; query 1 has {anchor.Columns.Count} columns, query 2 has {term.Columns.Count} columns", union.At);
        return $"{name}({anchor.ColumnList}) AS (SELECT {anchor.ColumnList} FROM ({anchor.Sql}) {(union.Op == "UNION ALL" ? union.Op : "UNION")} {term.Sql})";
    }

    private Relation Body(QueryBody body, Scope scope)
    {
        Depth.Check();
        return body switch
        {
            Select select => new SelectBinder(this, select, scope).Bind([], ""),
            Nested nested => Bind(nested.Query, scope),
            SetOperation operation => Set(operation, scope),
            _ => throw source.Unsupported("this query", body.At),
        };
    }

    private Relation Set(SetOperation operation, Scope scope)
    {
        var (left, right) = (Body(operation.Left, scope), Body(operation.Right, scope));
        if (left.Columns.Count != right.Columns.Count)
            throw source.Error($"Queries in {operation.Op} have mismatched column count; query 1 has {left.Columns.Count} columns, query 2 has {right.Columns.Count} columns", operation.Right.At);
        var columns = left.Columns.Zip(right.Columns, (one, other) => one with
        {
            Type = Coercion.Common(one, other) ?? throw source.Error($"Column {left.Columns.ToList().IndexOf(one) + 1} in {operation.Op} has incompatible types: {one.Type}, {other.Type}", operation.Right.At),
            Untyped = one.Untyped && other.Untyped,
        }).ToList();
        if (operation.Op != "UNION ALL" && columns.FirstOrDefault(column => column.Type.Kind == TypeKind.Array) is { } array)
            throw source.Error($"Column of type {array.Type} cannot be used in {operation.Op}", operation.At);
        var types = columns.Select(column => column.Type).ToList();
        (left, right) = (Coercion.To(left, types, operation.At), Coercion.To(right, types, operation.At));
        var op = operation.Op.EndsWith("DISTINCT", StringComparison.Ordinal) ? operation.Op.Split(' ')[0] : operation.Op;
        return new Relation($"SELECT {left.ColumnList} FROM ({left.Sql}) {op} SELECT {left.ColumnList} FROM ({right.Sql})", columns);
    }

    /// <summary>ORDER BY and LIMIT of something that is no SELECT: only output columns can be named.</summary>
    private Relation Ordered(Relation relation, Query query, Scope scope)
    {
        if (query.OrderBy.Count == 0 && query.Limit is null)
            return relation;
        var alias = context.Alias();
        var inner = new Scope(scope.Outer) { CommonOuter = scope };
        inner.Variables.Add(new RangeVariable(null, [.. relation.Columns.Select((column, index) => new ScopeColumn(column.Name, column.Type, $"{alias}.c{index}"))]));
        var binder = new ExpressionBinder(this, inner) { NoAggregates = "ORDER BY clause after set operation", NoWindows = "ORDER BY clause after set operation" };
        var order = query.OrderBy.Select(item => item.Of is Literal { Value: long ordinal }
            ? ordinal >= 1 && ordinal <= relation.Columns.Count ? $"c{ordinal - 1}" + Ordering.Direction(item) : throw source.Error($"ORDER BY column number item is out of range. Column numbers must be between 1 and {relation.Columns.Count}", item.Of.At)
            : Ordering.Of(binder, item)).ToList();
        return relation with { Sql = $"SELECT {relation.ColumnList} FROM ({relation.Sql}) AS {alias}{(order.Count > 0 ? " ORDER BY " + string.Join(", ", order) : "")}{Limit(query, scope)}", AtMostOneRow = query.Limit is Literal { Value: 1L or 0L } };
    }

    private string Limit(Query query, Scope scope)
    {
        if (query.Limit is null)
            return "";
        var limit = Count(query.Limit, "LIMIT", scope);
        return query.Offset is null ? $" LIMIT {limit}" : $" LIMIT {limit} OFFSET {Count(query.Offset, "OFFSET", scope)}";
    }

    private string Count(Expr of, string clause, Scope scope) =>
        of is Literal or Parameter && new ExpressionBinder(this, new Scope(null) { CommonOuter = scope }).Bind(of) is { IsLiteral: true, Value: long and >= 0 } bound
            ? bound.Sql
            : throw source.Error($"Syntax error: {clause} expects an integer literal or parameter that is not negative", of.At);

    private static bool Mentions(QueryBody body, string name)
    {
        Depth.Check();
        return body switch
        {
            Select select => Mentions(select.From, name),
            SetOperation operation => Mentions(operation.Left, name) || Mentions(operation.Right, name),
            Nested nested => Mentions(nested.Query.Body, name),
            _ => false,
        };
    }

    private static bool Mentions(FromItem? from, string name)
    {
        Depth.Check();
        return from switch
        {
            TableRef table => table.Path.Count == 1 && Scope.Same(table.Path[0], name),
            Join join => Mentions(join.Left, name) || Mentions(join.Right, name),
            SubqueryRef subquery => Mentions(subquery.Query.Body, name),
            _ => false,
        };
    }
}
