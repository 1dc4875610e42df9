namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>
/// Aggregate functions, over groups and over windows. Those the engine below does not have collect their values into
/// a list, which a scalar function then reads: so they too work over windows.
/// </summary>
internal static class Aggregates
{
    private static readonly HashSet<string> Names =
    [
        "COUNT", "SUM", "AVG", "MIN", "MAX", "COUNTIF", "ANY_VALUE", "ARRAY_AGG", "STRING_AGG", "LOGICAL_AND", "LOGICAL_OR", "APPROX_COUNT_DISTINCT", "APPROX_QUANTILES", "APPROX_TOP_COUNT",
        "STDDEV", "STDDEV_SAMP", "STDDEV_POP", "VARIANCE", "VAR_SAMP", "VAR_POP", "CORR", "COVAR_SAMP", "COVAR_POP", "BIT_AND", "BIT_OR", "BIT_XOR", "MAX_BY", "MIN_BY",
    ];

    public static bool Is(string name) => Names.Contains(name);

    public static Bound Bind(ExpressionBinder binder, Call call, string over)
    {
        if (call.Star && call.Name != "COUNT")
            throw binder.Source.Error($"Argument * can only be used in COUNT(*), but was used in {call.Name}", call.At);
        if (over.Length > 0 && (call.Distinct || call.OrderBy.Count > 0 || call.Limit is not null || call.Having is not null))
            throw binder.Source.Unsupported($"DISTINCT, ORDER BY, LIMIT and HAVING in the arguments of {call.Name} with OVER", call.At);
        if (call.Star)
            return new Bound($"count(*){over}", SqlType.Int64);
        var wanted = call.Name switch { "CORR" or "COVAR_SAMP" or "COVAR_POP" or "APPROX_QUANTILES" or "APPROX_TOP_COUNT" or "MAX_BY" or "MIN_BY" => 2, "STRING_AGG" => call.Arguments.Count == 2 ? 2 : 1, _ => 1 };
        var arguments = call.Arguments.Select(binder.Bind).ToList();
        if (arguments.Count != wanted)
            throw binder.NoSignature($"aggregate function {call.Name}", arguments, call.At);
        return new Aggregation(binder, call, arguments, over).Bind();
    }

    private sealed record Aggregation(ExpressionBinder Binder, Call Call, List<Bound> Arguments, string Over)
    {
        private Bound X => Arguments[0];

        private string Distinct => Call.Distinct ? "DISTINCT " : "";

        public Bound Bind()
        {
            var x = X.Sql;
            switch (Call.Name)
            {
                case "COUNT":
                    if (Call.Distinct && X.Type.Kind == TypeKind.Array)
                        throw Refuse();
                    return new Bound($"count({Distinct}{x}){Over}", SqlType.Int64);
                case "APPROX_COUNT_DISTINCT":
                    return Over.Length > 0 ? throw Binder.Source.Unsupported("APPROX_COUNT_DISTINCT with OVER", Call.At) : new Bound($"count(DISTINCT {x})", SqlType.Int64);
                case "COUNTIF":
                    Want(TypeKind.Bool);
                    return new Bound($"count({Distinct}nullif({x}, 0)){Over}", SqlType.Int64);
                case "LOGICAL_AND" or "LOGICAL_OR":
                    Want(TypeKind.Bool);
                    return new Bound($"{(Call.Name == "LOGICAL_AND" ? "min" : "max")}({x}){Over}", SqlType.Bool);
                case "MIN" or "MAX":
                    return X.Type.IsNested ? throw Refuse() : new Bound($"{Call.Name.ToLowerInvariant()}({x}){Over}", X.Type);
                case "ANY_VALUE":
                    return Call.Having is { } having ? Pick(Binder.Bind(having.Of), having.Kind) : new Bound($"min({x}){Over}", X.Type);
                case "MAX_BY" or "MIN_BY":
                    return Pick(Arguments[1], Call.Name[..3]);
                case "SUM" or "AVG":
                    return SumOrAverage();
                case "ARRAY_AGG":
                    if (X.Type.Kind == TypeKind.Array)
                        throw Binder.Source.Error("The argument to ARRAY_AGG must not be an array type but was " + X.Type, Call.At);
                    return new Bound(Limited($"nullif({List(X, Call.IgnoreNulls == true)}, '[]')"), SqlType.ArrayOf(X.Type));
                case "STRING_AGG":
                    Want(TypeKind.String);
                    var delimiter = Arguments.Count == 2 ? Arguments[1] : Binder.Coercion.Constant(",", SqlType.String);
                    return delimiter is { IsLiteral: true, Type.Kind: TypeKind.String }
                        ? new Bound($"bq_join({Limited(List(X, true))}, {delimiter.Sql})", SqlType.String)
                        : throw Binder.Source.Error("Argument 2 to STRING_AGG must be a literal or query parameter", Call.At);
                case "APPROX_QUANTILES" or "APPROX_TOP_COUNT":
                    return Approximate();
                case "BIT_AND" or "BIT_OR" or "BIT_XOR":
                    Want(TypeKind.Int64);
                    return new Bound($"bq_bits({List(X, true)}, '{Call.Name[4..]}')", SqlType.Int64);
                default:
                    return Statistic();
            }
        }

        private Bound SumOrAverage()
        {
            if (X.IsNull)
                return new Bound("NULL", SqlType.Int64);
            var (sum, x) = (Call.Name == "SUM", X.Sql);
            switch (X.Type.Kind)
            {
                case TypeKind.Int64:
                    return sum ? new Bound($"sum({Distinct}{x}){Over}", SqlType.Int64) : new Bound($"avg({Distinct}{x}){Over}", SqlType.Float64);
                case TypeKind.Float64:
                    return new Bound($"{(sum ? "sum" : "avg")}({Distinct}{x}){Over}", SqlType.Float64);
                case TypeKind.Numeric:
                    // Whole and fractional part apart: both sums stay exact integers, and both can slide over a window.
                    var total = Call.Distinct ? $"bq_nsum({List(X, true)})" : $"bq_npack(sum(bq_nhigh({x})){Over}, sum(bq_nlow({x})){Over})";
                    return new Bound(sum ? total : $"bq_ndiv({total}, bq_cast(nullif(count({Distinct}{x}){Over}, 0), 'Int64', 'Numeric'))", SqlType.Numeric);
                default:
                    throw Refuse();
            }
        }

        private Bound Approximate()
        {
            var many = Arguments[1];
            if (many is not { IsLiteral: true, Value: long and > 0 } || Over.Length > 0 || X.Type.IsNested)
                throw Refuse();
            if (Call.Name == "APPROX_TOP_COUNT")
                return new Bound($"bq_top_count({List(X, false)}, {many.Sql})", SqlType.ArrayOf(SqlType.StructOf([new("value", X.Type), new("count", SqlType.Int64)])));
            return new Bound($"bq_quantiles(json_group_array({Distinct}{X.Sql} ORDER BY {X.Sql}) FILTER (WHERE {X.Sql} IS NOT NULL), {many.Sql})", SqlType.ArrayOf(X.Type));
        }

        private Bound Statistic()
        {
            foreach (var argument in Arguments)
            {
                if (!argument.Type.IsNumber)
                    throw Refuse();
            }

            var all = Arguments.Select(argument => Binder.Coercion.To(argument, SqlType.Float64, Call.At).Sql).ToList();
            var present = string.Join(" AND ", Arguments.Select(argument => $"{argument.Sql} IS NOT NULL"));
            var items = all.Count == 1 ? Distinct + all[0] : $"json_array({string.Join(", ", all)})";
            return new Bound($"bq_statistic(json_group_array({items}) FILTER (WHERE {present}){Over}, '{Call.Name}')", SqlType.Float64);
        }

        private Bound Pick(Bound by, string kind) => by.Type.IsNested
            ? throw Refuse()
            : new Bound($"bq_pick(json_group_array(json_array({Coercion.Item(X)}, {by.Sql})) FILTER (WHERE {by.Sql} IS NOT NULL){Over}, '{kind}')", X.Type);

        private string List(Bound of, bool withoutNulls)
        {
            var order = Call.OrderBy.Count == 0 ? "" : " ORDER BY " + string.Join(", ", Call.OrderBy.Select(item => Ordering.Of(Binder, item)));
            return $"json_group_array({Distinct}{Coercion.Item(of)}{order}){(withoutNulls ? $" FILTER (WHERE {of.Sql} IS NOT NULL)" : "")}{Over}";
        }

        private string Limited(string list) => Call.Limit is { } limit ? $"bq_array_limit({list}, {Binder.Bind(limit).Sql})" : list;

        private void Want(TypeKind kind)
        {
            if (!X.IsNull && X.Type.Kind != kind)
                throw Refuse();
        }

        private SqlError Refuse() => Binder.NoSignature($"aggregate function {Call.Name}", Arguments, Call.At);
    }
}
