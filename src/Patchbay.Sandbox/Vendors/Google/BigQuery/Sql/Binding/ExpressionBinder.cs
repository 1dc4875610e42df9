using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>Resolves names, finds types, and writes expressions for the engine below.</summary>
internal sealed class ExpressionBinder(QueryBinder queries, Scope scope)
{
    private const int MaxNodes = 20_000;

    public SqlText Source => queries.Source;

    public BindingContext Context => queries.Context;

    public Coercion Coercion => queries.Coercion;

    /// <summary>Select-list aliases that may be used where this stands (HAVING, QUALIFY, ORDER BY).</summary>
    public IReadOnlyDictionary<string, Expr>? Aliases { get; init; }

    /// <summary>Named windows of the select.</summary>
    public IReadOnlyDictionary<string, WindowSpec> Windows { get; init; } = new Dictionary<string, WindowSpec>();

    /// <summary>What refuses aggregates here, such as "WHERE clause"; null where they may stand.</summary>
    public string? NoAggregates { get; init; }

    public string? NoWindows { get; init; }

    private ExpressionBinder With(bool aggregates) => new(queries, scope) { Windows = Windows, NoAggregates = aggregates ? null : "an aggregate function", NoWindows = "an aggregate function" };

    public Bound Boolean(Expr of, string clause)
    {
        var bound = Bind(of);
        if (bound.IsNull || bound.Type.Kind == TypeKind.Bool)
            return bound with { Type = SqlType.Bool };
        throw Source.Error($"{clause} should return type BOOL, but returns {bound.Type}", of.At);
    }

    public Bound Bind(Expr of)
    {
        Depth.Check();
        if (++queries.Nodes > MaxNodes)
            throw Source.Error("Query is too complex", of.At);
        if (scope.Grouping?.Written.TryGetValue(of, out var written) == true)
            return written;
        // After grouping, whatever equals a grouping expression stands for its key.
        if (scope.Grouping is { } grouping && of is not (Literal or Parameter) && !Walk.HasAggregate(of) && !Walk.HasWindow(of)
            && !Walk.Any(of, one => one is Subquery or InQuery || one is Call { Name: "GROUPING" }) && TryBefore(of) is { } before && grouping.Known.TryGetValue(before.Sql, out var key))
            return key;
        return of switch
        {
            Literal literal => Constant(literal),
            Parameter parameter => Value(parameter),
            PathExpr path => Path(path),
            ColumnExpr column => Reached(column.Owner, column.Column, column.Column.Name ?? "", column.At),
            FieldExpr field => Field(Bind(field.Of), field.Name, field.At),
            CaseExpr choice => Case(choice),
            Cast cast => CastTo(cast),
            Extract extract => DateParts.Extract(this, extract),
            IntervalExpr interval => throw Source.Unsupported("INTERVAL values outside of date arithmetic", interval.At),
            ArrayLiteral array => Array(array),
            StructLiteral structure => Struct(structure),
            IndexExpr index => Index(index),
            Subquery subquery => Sub(subquery),
            InQuery query => In(query),
            Call { Over: not null } call => Window(call),
            Call call when Aggregates.Is(call.Name) => Aggregate(call),
            Call { Name: "GROUPING" } call => GroupingOf(call),
            Call call => FunctionBinder.Bind(this, call),
            _ => Operators.Bind(this, of),
        };
    }

    /// <summary>As it stands for the rows before grouping; null when it cannot.</summary>
    private Bound? TryBefore(Expr of)
    {
        var kept = scope.Grouping;
        scope.Grouping = null;
        try
        {
            return new ExpressionBinder(queries, scope) { NoAggregates = "here", NoWindows = "here", Aliases = Aliases }.Bind(of);
        }
        catch (SqlError)
        {
            return null;
        }
        finally
        {
            scope.Grouping = kept;
        }
    }

    private Bound Constant(Literal literal) => literal.Value switch
    {
        null => new Bound("NULL", SqlType.Int64) { IsLiteral = true, IsNull = true },
        bool flag => Coercion.Constant(flag ? 1L : 0L, SqlType.Bool),
        var value => Coercion.Constant(value, literal.Type!),
    };

    private Bound Value(Parameter parameter)
    {
        (SqlType Type, object? Value) found;
        if (parameter.Name is { } name)
        {
            if (!Context.Named.TryGetValue(name.ToUpperInvariant(), out found))
                throw Source.Error($"Query parameter '{name}' not found", parameter.At);
        }
        else if (parameter.Index < Context.Positional.Count)
        {
            found = Context.Positional[parameter.Index];
        }
        else
        {
            throw Source.Error("Query parameter number " + (parameter.Index + 1) + " is not defined", parameter.At);
        }

        return found.Value is null ? new Bound("NULL", found.Type) : Coercion.Constant(found.Value, found.Type);
    }

    private Bound Path(PathExpr path)
    {
        if (Aliases is not null && Aliases.TryGetValue(path.Names[0], out var aliased) && !(aliased is PathExpr same && same.Equals(path)))
        {
            var value = new ExpressionBinder(queries, scope) { Windows = Windows, NoWindows = NoWindows, NoAggregates = NoAggregates }.Bind(aliased);
            return path.Names.Skip(1).Aggregate(value, (of, name) => Field(of, name, path.At));
        }

        var (owner, column, used) = new NameResolver(Source, scope).Resolve(path);
        var bound = Reached(owner, column, string.Join('.', path.Names), path.At);
        return path.Names.Skip(used).Aggregate(bound, (of, name) => Field(of, name, path.At));
    }

    private Bound Reached(Scope owner, ScopeColumn column, string shown, int at)
    {
        if (column.Stored is { } stored)
            Context.Read.Add(stored);
        if (owner.Grouping is not { } grouping)
            return new Bound(column.Sql, column.Type);
        return grouping.Known.TryGetValue(column.Sql, out var key)
            ? key
            : throw Source.Error($"SELECT list expression references column {shown} which is neither grouped nor aggregated", at);
    }

    private Bound Field(Bound of, string name, int at)
    {
        if (of.Type.Kind != TypeKind.Struct)
            throw Source.Error($"Cannot access field {name} on a value with type {of.Type}", at);
        var index = of.Type.Fields!.ToList().FindIndex(field => Scope.Same(field.Name, name));
        return index < 0
            ? throw Source.Error($"Field name {name} does not exist in {of.Type}", at)
            : new Bound($"json_extract({of.Sql}, '$[{index}]')", of.Type.Fields![index].Type);
    }

    private Bound Case(CaseExpr choice)
    {
        var conditions = choice.Arms.Select(arm => choice.Of is null ? Boolean(arm.When, "CASE condition") : Operators.Bind(this, new Binary(arm.When.At, "=", choice.Of, arm.When))).ToList();
        var results = choice.Arms.Select(arm => Bind(arm.Then)).Append(choice.Else is null ? new Bound("NULL", SqlType.Int64) { IsNull = true, IsLiteral = true } : Bind(choice.Else)).ToList();
        var type = Coercion.Common(results) ?? throw Source.Error($"No matching signature for operator CASE; all THEN/ELSE arguments must be coercible to a common type but found: {Types(results)}", choice.At);
        var allNull = results.All(result => result.IsNull);
        results = [.. results.Select(result => Coercion.To(result, type, choice.At))];
        var arms = conditions.Zip(results, (condition, result) => $"WHEN {condition.Sql} THEN {result.Sql}");
        return new Bound($"CASE {string.Join(' ', arms)} ELSE {results[^1].Sql} END", type) { IsNull = allNull };
    }

    private Bound CastTo(Cast cast)
    {
        if (cast.Format is not null)
            throw Source.Unsupported("CAST with FORMAT (use FORMAT_DATE, PARSE_DATE and the like)", cast.At);
        var of = Bind(cast.Of);
        if (of.IsNull)
            return new Bound("NULL", cast.Type);
        if (of.Type.Same(cast.Type))
            return of with { Type = cast.Type, IsLiteral = false };
        if (!Conversion.Possible(of.Type, cast.Type))
            throw Source.Error($"Invalid cast from {of.Type} to {cast.Type}", cast.Of.At);
        if (of.IsLiteral && of.Value is { } value && !cast.Safe)
        {
            try
            {
                return Coercion.Constant(Conversion.Cast(value, of.Type.Kind, cast.Type.Kind)!, cast.Type) with { IsLiteral = false };
            }
            catch (SqlError error) when (of.Type.Kind == TypeKind.String)
            {
                throw Source.Error(error.Message.StartsWith("The Patchbay", StringComparison.Ordinal) ? error.Message : $"Could not cast literal \"{value}\" to type {cast.Type}", cast.Of.At);
            }
        }

        return new Bound($"bq_cast{(cast.Safe ? "_safe" : "")}({of.Sql}, '{of.Type.Kind}', '{cast.Type.Kind}')", cast.Type);
    }

    private Bound Array(ArrayLiteral array)
    {
        var items = array.Items.Select(Bind).ToList();
        var element = array.Element ?? Coercion.Common(items) ?? throw Source.Error($"Array elements of types {{{Types(items)}}} do not have a common supertype", array.At);
        if (element.Kind == TypeKind.Array)
            throw Source.Error("Cannot construct array with element type ARRAY because nested arrays are not supported", array.At);
        foreach (var item in items)
        {
            if (!Coercion.Can(item, element))
                throw Source.Error($"Array element type {item.Type} does not coerce to {element}", array.At);
        }

        return new Bound($"json_array({string.Join(", ", items.Select(item => Coercion.Item(Coercion.To(item, element, array.At))))})", SqlType.ArrayOf(element))
        {
            IsEmptyArray = array.Element is null && items.Count == 0,
        };
    }

    private Bound Struct(StructLiteral structure)
    {
        var items = structure.Items.Select(item => Bind(item.Value)).ToList();
        if (structure.Type is { } type)
        {
            if (type.Fields!.Count != items.Count)
                throw Source.Error($"STRUCT type has {type.Fields.Count} fields but constructor call has {items.Count} fields", structure.At);
            items = [.. items.Zip(type.Fields, (item, field) => Coercion.Can(item, field.Type)
                ? Coercion.To(item, field.Type, structure.At)
                : throw Source.Error($"Struct field {field.Name} has type {item.Type} which does not coerce to {field.Type}", structure.At))];
        }
        else
        {
            // The names of columns carry over, as in a select list.
            type = SqlType.StructOf([.. structure.Items.Zip(items, (item, value) => new StructField(item.Name ?? (item.Value is PathExpr path ? path.Names[^1] : item.Value is ColumnExpr { Column.Name: { } name } ? name : ""), value.Type))]);
        }

        return new Bound($"json_array({string.Join(", ", items.Select(Coercion.Item))})", type);
    }

    private Bound Index(IndexExpr index)
    {
        var of = Bind(index.Of);
        if (of.Type.Kind != TypeKind.Array)
            throw Source.Error($"Element access using [] is not supported on values of type {of.Type}", index.At);
        var at = Bind(index.Index);
        if (at.Type.Kind != TypeKind.Int64)
            throw Source.Error($"Array position in [] must be coercible to INT64 type, but has type {at.Type}", index.At);
        var offset = index.Mode.EndsWith("ORDINAL", StringComparison.Ordinal) ? $"({at.Sql}) - 1" : at.Sql;
        return new Bound($"bq_item{(index.Mode.StartsWith("SAFE", StringComparison.Ordinal) ? "_safe" : "")}({of.Sql}, {offset})", of.Type.Element!);
    }

    private Bound Sub(Subquery subquery)
    {
        var relation = queries.Bind(subquery.Query, scope);
        if (subquery.Kind == SubqueryKind.Exists)
            return new Bound($"EXISTS ({relation.Sql})", SqlType.Bool);
        if (relation.Columns.Count != 1)
            throw Source.Error(subquery.Kind == SubqueryKind.Array
                ? "ARRAY subquery cannot have more than one column unless using SELECT AS STRUCT to build STRUCT values"
                : "Scalar subquery cannot have more than one column unless using SELECT AS STRUCT to build STRUCT values", subquery.At);
        var type = relation.Columns[0].Type;
        if (subquery.Kind == SubqueryKind.Array)
            return type.Kind == TypeKind.Array ? throw Source.Error("Cannot use array subquery with column of type ARRAY because nested arrays are not supported", subquery.At)
                : new Bound($"(SELECT json_group_array({Coercion.Item(new Bound("c0", type))}) FROM ({relation.Sql}))", SqlType.ArrayOf(type));
        return relation.AtMostOneRow
            ? new Bound($"({relation.Sql})", type)
            : new Bound($"(SELECT CASE WHEN count(*) > 1 THEN bq_fail('Scalar subquery produced more than one element') ELSE max(c0) END FROM (SELECT c0 FROM ({relation.Sql}) LIMIT 2))", type);
    }

    private Bound In(InQuery query)
    {
        var of = Bind(query.Of);
        var relation = queries.Bind(query.Query, scope);
        if (relation.Columns.Count != 1)
            throw Source.Error("Subquery of type IN must have only one output column", query.At);
        var column = relation.Columns[0];
        var common = Coercion.Common([of, new Bound("c0", column.Type) { IsNull = column.Untyped }])
            ?? throw Source.Error($"Cannot execute IN subquery with uncomparable types {of.Type} and {column.Type}", query.At);
        return new Bound($"({Coercion.To(of, common, query.At).Sql} {(query.Not ? "NOT " : "")}IN ({Coercion.To(relation, [common], query.At).Sql}))", SqlType.Bool);
    }

    private Bound Aggregate(Call call)
    {
        if (NoAggregates is { } clause)
            throw Source.Error(clause == "an aggregate function" ? "Aggregations of aggregations are not allowed" : $"Aggregate function {call.Name} not allowed in {clause}", call.At);
        if (scope.Grouping is not { } grouping)
            throw Source.Error($"Aggregate function {call.Name} not allowed here", call.At);
        scope.Grouping = null;
        try
        {
            var bound = Aggregates.Bind(With(aggregates: false), call, "");
            return grouping.Aggregate(bound);
        }
        finally
        {
            scope.Grouping = grouping;
        }
    }

    private Bound GroupingOf(Call call)
    {
        if (scope.Grouping is not { } grouping || call.Arguments.Count != 1 || TryBefore(call.Arguments[0]) is not { } before || !grouping.Known.TryGetValue(before.Sql, out var key))
            throw Source.Error("GROUPING must have an argument that exists within the group-by expression list", call.At);
        return new Bound(key.Sql.Replace(".g", ".n", StringComparison.Ordinal), SqlType.Int64);
    }

    private Bound Window(Call call)
    {
        if (NoWindows is { } clause)
            throw Source.Error($"Analytic function not allowed in {clause}", call.At);
        var inner = new ExpressionBinder(queries, scope) { Windows = Windows, NoWindows = "another analytic function", Aliases = Aliases };
        return WindowBinder.Bind(inner, call);
    }

    public static string Types(IEnumerable<Bound> all) => string.Join(", ", all.Select(one => one.IsNull ? "NULL" : one.Type.ToString()));

    public SqlError NoSignature(string what, IEnumerable<Bound> arguments, int at, string supported = "") =>
        Source.Error($"No matching signature for {what} for argument types: {Types(arguments)}{(supported.Length > 0 ? $". Supported signature: {supported}" : "")}", at);
}
