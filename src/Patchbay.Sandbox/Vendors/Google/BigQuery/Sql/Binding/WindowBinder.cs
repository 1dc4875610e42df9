namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>function(...) OVER (...).</summary>
internal static class WindowBinder
{
    private static readonly HashSet<string> Numbering = ["ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE"];
    private static readonly HashSet<string> Navigation = ["LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "PERCENTILE_CONT", "PERCENTILE_DISC"];

    public static bool Is(string name) => Numbering.Contains(name) || Navigation.Contains(name);

    public static Bound Bind(ExpressionBinder binder, Call call)
    {
        var spec = Resolve(binder, call.Over!);
        var over = $" OVER ({Specification(binder, spec)})";
        if (Numbering.Contains(call.Name))
            return Number(binder, call, spec, over);
        if (Navigation.Contains(call.Name))
            return Navigate(binder, call, spec, over);
        if (Aggregates.Is(call.Name))
            return Aggregates.Bind(binder, call, over);
        throw binder.Source.Error($"Function not found: {call.Name}", call.At);
    }

    private static WindowSpec Resolve(ExpressionBinder binder, WindowSpec spec)
    {
        for (var steps = 0; spec.Base is { } name; steps++)
        {
            if (!binder.Windows.TryGetValue(name, out var known) || steps > 20)
                throw binder.Source.Error($"Unrecognized window alias {name}", spec.At);
            if ((spec.PartitionBy.Count > 0) || (known.OrderBy.Count > 0 && spec.OrderBy.Count > 0))
                throw binder.Source.Error($"A window that inherits from {name} cannot define PARTITION BY or a second ORDER BY", spec.At);
            spec = new WindowSpec(spec.At, known.Base, known.PartitionBy, known.OrderBy.Count > 0 ? known.OrderBy : spec.OrderBy, spec.Frame ?? known.Frame);
        }

        return spec;
    }

    private static string Specification(ExpressionBinder binder, WindowSpec spec)
    {
        var parts = new List<string>();
        if (spec.PartitionBy.Count > 0)
        {
            parts.Add("PARTITION BY " + string.Join(", ", spec.PartitionBy.Select(of =>
            {
                var bound = binder.Bind(of);
                return bound.Type.Kind is TypeKind.Array or TypeKind.Struct ? throw binder.Source.Error($"Partitioning by expressions of type {bound.Type} is not allowed", of.At) : bound.Sql;
            })));
        }

        if (spec.OrderBy.Count > 0)
            parts.Add("ORDER BY " + string.Join(", ", spec.OrderBy.Select(item => Ordering.Of(binder, item))));
        if (spec.Frame is { } frame)
        {
            var end = frame.End is { } last ? Bound(binder, last) : "CURRENT ROW";
            if (frame.Unit == "RANGE" && (frame.Start.Amount is not null || frame.End?.Amount is not null))
            {
                var key = spec.OrderBy.Count == 1 ? binder.Bind(spec.OrderBy[0].Of).Type.Kind : TypeKind.String;
                if (key is not (TypeKind.Int64 or TypeKind.Float64))
                    throw binder.Source.Error("RANGE with an offset needs exactly one ORDER BY expression of type INT64 or FLOAT64", spec.At);
            }

            parts.Add($"{frame.Unit} BETWEEN {Bound(binder, frame.Start)} AND {end}");
        }

        return string.Join(' ', parts);
    }

    private static string Bound(ExpressionBinder binder, FrameBound bound)
    {
        if (bound.Amount is null)
            return bound.Kind;
        var amount = binder.Bind(bound.Amount);
        return amount is { IsLiteral: true, Value: long and >= 0 or double and >= 0 }
            ? $"{amount.Sql} {bound.Kind}"
            : throw binder.Source.Error("Window frame offset must be a non-negative literal or parameter", bound.Amount.At);
    }

    private static Bound Number(ExpressionBinder binder, Call call, WindowSpec spec, string over)
    {
        if (call.Name is not "ROW_NUMBER" && spec.OrderBy.Count == 0)
            throw binder.Source.Error($"Window ORDER BY is required for analytic function {call.Name.ToLowerInvariant()}", call.At);
        if (spec.Frame is not null)
            throw binder.Source.Error($"Window framing clause is not allowed for analytic function {call.Name.ToLowerInvariant()}", call.At);
        if (call.Name != "NTILE")
        {
            return call.Arguments.Count > 0 || call.Star
                ? throw binder.NoSignature($"analytic function {call.Name}", call.Arguments.Select(binder.Bind), call.At)
                : new Bound($"{call.Name.ToLowerInvariant()}(){over}", call.Name is "PERCENT_RANK" or "CUME_DIST" ? SqlType.Float64 : SqlType.Int64);
        }

        var buckets = call.Arguments.Select(binder.Bind).ToList();
        return buckets is [{ IsLiteral: true, Value: long and > 0 }]
            ? new Bound($"ntile({buckets[0].Sql}){over}", SqlType.Int64)
            : throw binder.NoSignature("analytic function NTILE", buckets, call.At);
    }

    private static Bound Navigate(ExpressionBinder binder, Call call, WindowSpec spec, string over)
    {
        var arguments = call.Arguments.Select(binder.Bind).ToList();
        if (arguments.Count == 0)
            throw binder.NoSignature($"analytic function {call.Name}", arguments, call.At);
        var x = arguments[0];
        switch (call.Name)
        {
            case "LAG" or "LEAD":
                if (spec.OrderBy.Count == 0)
                    throw binder.Source.Error($"Window ORDER BY is required for analytic function {call.Name.ToLowerInvariant()}", call.At);
                if (spec.Frame is not null || call.IgnoreNulls == true)
                    throw binder.Source.Error($"Window framing clause and IGNORE NULLS are not allowed for analytic function {call.Name.ToLowerInvariant()}", call.At);
                if (arguments.Count > 3 || (arguments.Count > 1 && arguments[1] is not { IsLiteral: true, Value: long and >= 0 }))
                    throw binder.NoSignature($"analytic function {call.Name}", arguments, call.At);
                if (arguments.Count < 3)
                    return new Bound($"{call.Name.ToLowerInvariant()}({x.Sql}, {(arguments.Count > 1 ? arguments[1].Sql : "1")}){over}", x.Type);
                var type = Coercion.Common([x, arguments[2]]) ?? throw binder.NoSignature($"analytic function {call.Name}", arguments, call.At);
                return new Bound($"{call.Name.ToLowerInvariant()}({binder.Coercion.To(x, type, call.At).Sql}, {arguments[1].Sql}, {binder.Coercion.To(arguments[2], type, call.At).Sql}){over}", type);
            case "NTH_VALUE":
                if (arguments is not [_, { IsLiteral: true, Value: long and > 0 }])
                    throw binder.NoSignature("analytic function NTH_VALUE", arguments, call.At);
                return call.IgnoreNulls == true
                    ? new Bound($"json_extract({Present(x)}{over}, '$[{(long)arguments[1].Value! - 1}]')", x.Type)
                    : new Bound($"nth_value({x.Sql}, {arguments[1].Sql}){over}", x.Type);
            case "PERCENTILE_CONT" or "PERCENTILE_DISC":
                return Percentile(binder, call, arguments, spec, over);
            default:
                if (arguments.Count != 1)
                    throw binder.NoSignature($"analytic function {call.Name}", arguments, call.At);
                return call.IgnoreNulls == true
                    ? new Bound($"json_extract({Present(x)}{over}, '$[{(call.Name == "FIRST_VALUE" ? "0" : "#-1")}]')", x.Type)
                    : new Bound($"{call.Name.ToLowerInvariant()}({x.Sql}){over}", x.Type);
        }
    }

    private static Bound Percentile(ExpressionBinder binder, Call call, List<Bound> arguments, WindowSpec spec, string over)
    {
        if (arguments.Count != 2 || arguments[1] is not { IsLiteral: true } || !arguments[1].Type.IsNumber || (call.Name == "PERCENTILE_CONT" ? !arguments[0].Type.IsNumber : arguments[0].Type.IsNested))
            throw binder.NoSignature($"analytic function {call.Name}", arguments, call.At);
        if (spec.OrderBy.Count > 0 || spec.Frame is not null)
            throw binder.Source.Error($"Window ORDER BY is not allowed for analytic function {call.Name.ToLowerInvariant()}", call.At);
        if (call.IgnoreNulls == false)
            throw binder.Source.Unsupported($"{call.Name} with RESPECT NULLS", call.At);
        var continuous = call.Name == "PERCENTILE_CONT";
        var x = continuous ? binder.Coercion.To(arguments[0], SqlType.Float64, call.At) : arguments[0];
        return new Bound($"bq_percentile({Present(x)}{over}, {binder.Coercion.To(arguments[1], SqlType.Float64, call.At).Sql}, '{call.Name[11..]}')", x.Type);
    }

    private static string Present(Bound of) => $"json_group_array({Coercion.Item(of)}) FILTER (WHERE {of.Sql} IS NOT NULL)";
}
