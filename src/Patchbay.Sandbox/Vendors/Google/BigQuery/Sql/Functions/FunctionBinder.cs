using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;

/// <summary>Calls of scalar functions: by table where types are fixed, by hand where they are not.</summary>
internal static class FunctionBinder
{
    private static readonly Dictionary<string, Func<ExpressionBinder, Call, string, Bound>> Special = new()
    {
        ["IF"] = If,
        ["IFNULL"] = Coalesce,
        ["COALESCE"] = Coalesce,
        ["NULLIF"] = NullIf,
        ["CONCAT"] = Concat,
        ["FORMAT"] = Format,
        ["GREATEST"] = Extreme,
        ["LEAST"] = Extreme,
        ["SAFE_DIVIDE"] = SafeArithmetic,
        ["SAFE_ADD"] = SafeArithmetic,
        ["SAFE_SUBTRACT"] = SafeArithmetic,
        ["SAFE_MULTIPLY"] = SafeArithmetic,
        ["TO_JSON_STRING"] = ToJson,
        ["RAND"] = (binder, call, _) => Chance(binder, call, "rand", SqlType.Float64),
        ["GENERATE_UUID"] = (binder, call, _) => Chance(binder, call, "uuid", SqlType.String),
        ["ERROR"] = Error,
        ["SESSION_USER"] = (binder, call, _) => throw binder.Source.Unsupported("SESSION_USER", call.At),
        ["DATE_ADD"] = DateParts.Add,
        ["DATE_SUB"] = DateParts.Add,
        ["DATETIME_ADD"] = DateParts.Add,
        ["DATETIME_SUB"] = DateParts.Add,
        ["TIMESTAMP_ADD"] = DateParts.Add,
        ["TIMESTAMP_SUB"] = DateParts.Add,
        ["TIME_ADD"] = DateParts.Add,
        ["TIME_SUB"] = DateParts.Add,
        ["DATE_DIFF"] = DateParts.Difference,
        ["DATETIME_DIFF"] = DateParts.Difference,
        ["TIMESTAMP_DIFF"] = DateParts.Difference,
        ["TIME_DIFF"] = DateParts.Difference,
        ["DATE_TRUNC"] = DateParts.Truncate,
        ["DATETIME_TRUNC"] = DateParts.Truncate,
        ["TIMESTAMP_TRUNC"] = DateParts.Truncate,
        ["TIME_TRUNC"] = DateParts.Truncate,
        ["LAST_DAY"] = DateParts.LastDay,
    };

    static FunctionBinder()
    {
        foreach (var (name, bind) in TemporalFunctions.All.Concat(ArrayFunctions.All))
            Special[name] = bind;
    }

    public static Bound Bind(ExpressionBinder binder, Call call)
    {
        if (WindowBinder.Is(call.Name))
            throw binder.Source.Error($"Analytic function {call.Name.ToLowerInvariant()} cannot be called without an OVER clause", call.At);
        if (call.Distinct || call.OrderBy.Count > 0 || call.Limit is not null || call.Having is not null || call.IgnoreNulls is not null || call.Star)
            throw binder.Source.Error($"Function {call.Name} is no aggregate function and cannot be called with DISTINCT, ORDER BY, LIMIT, HAVING or *", call.At);
        var safe = call.Safe ? "_safe" : "";
        if (Special.TryGetValue(call.Name, out var special))
            return special(binder, call, safe);
        if (Signatures.Find(call.Name) is not { } signatures)
            throw binder.Source.Error($"Function not found: {call.Name}", call.At);
        if (call.Arguments.FirstOrDefault(argument => argument is IntervalExpr) is { } interval)
            throw binder.Source.Unsupported($"INTERVAL in {call.Name}", interval.At);
        return Match(binder, call, signatures, [.. call.Arguments.Select(binder.Bind)], safe)
            ?? throw binder.NoSignature($"function {call.Name}", call.Arguments.Select(binder.Bind), call.At, string.Join("; ", signatures.Select(signature => Shown(call.Name, signature))));
    }

    /// <summary>First a signature that fits without coercion, then one that fits with it.</summary>
    private static Bound? Match(ExpressionBinder binder, Call call, IReadOnlyList<Signature> signatures, IReadOnlyList<Bound> arguments, string safe)
    {
        foreach (var exact in (bool[])[true, false])
        {
            foreach (var signature in signatures)
            {
                var (types, required) = Signatures.Arguments(signature);
                if (arguments.Count < required || arguments.Count > types.Count
                    || !arguments.Zip(types).All(pair => exact ? pair.First.IsNull || pair.First.Type.Same(pair.Second) : Coercion.Can(pair.First, pair.Second)))
                    continue;
                var values = arguments.Zip(types, (argument, type) => binder.Coercion.To(argument, type, call.At).Sql);
                return new Bound($"bq_{signature.Target}{safe}({string.Join(", ", values)})", Signatures.Result(signature));
            }
        }

        return null;
    }

    private static string Shown(string name, Signature signature)
    {
        var (types, required) = Signatures.Arguments(signature);
        return $"{name}({string.Join(", ", types.Select((type, index) => index < required ? type.ToString() : $"[{type}]"))})";
    }

    public static void Count(ExpressionBinder binder, Call call, int least, int most)
    {
        if (call.Arguments.Count < least || call.Arguments.Count > most)
            throw binder.NoSignature($"function {call.Name}", call.Arguments.Select(binder.Bind), call.At);
    }

    private static Bound If(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 3, 3);
        return binder.Bind(new CaseExpr(call.At, null, [(call.Arguments[0], call.Arguments[1])], call.Arguments[2]));
    }

    private static (List<Bound> Values, SqlType Type) Alike(ExpressionBinder binder, Call call)
    {
        var values = call.Arguments.Select(binder.Bind).ToList();
        var type = Coercion.Common(values) ?? throw binder.NoSignature($"function {call.Name}", values, call.At);
        return ([.. values.Select(value => binder.Coercion.To(value, type, call.At))], type);
    }

    private static Bound Coalesce(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, call.Name == "IFNULL" ? 2 : 1, call.Name == "IFNULL" ? 2 : 1000);
        var (values, type) = Alike(binder, call);
        return new Bound($"coalesce({string.Join(", ", values.Select(value => value.Sql))}{(values.Count == 1 ? ", NULL" : "")})", type);
    }

    private static Bound NullIf(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 2, 2);
        var (values, type) = Alike(binder, call);
        return type.IsNested ? throw binder.NoSignature("function NULLIF", values, call.At) : new Bound($"nullif({values[0].Sql}, {values[1].Sql})", type);
    }

    private static Bound Concat(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 1, 1000);
        var values = call.Arguments.Select(binder.Bind).ToList();
        if (values.All(value => value.IsNull || value.Type.Kind == TypeKind.Bytes) && values.Exists(value => value.Type.Kind == TypeKind.Bytes))
            return new Bound($"({string.Join(" || ", values.Select(value => value.Sql))})", SqlType.Bytes);
        // CONCAT makes text of numbers and dates by itself.
        var texts = values.Select(value => value.IsNull || value.Type.Kind == TypeKind.String ? value.Sql
            : value.Type.IsNested || value.Type.Kind == TypeKind.Bytes ? throw binder.NoSignature("function CONCAT", values, call.At)
            : $"bq_cast({value.Sql}, '{value.Type.Kind}', 'String')");
        return new Bound($"({string.Join(" || ", texts)})", SqlType.String);
    }

    private static Bound Format(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 1, 1000);
        var values = call.Arguments.Select(binder.Bind).ToList();
        if (values[0].Type.Kind != TypeKind.String)
            throw binder.NoSignature("function FORMAT", values, call.At, "FORMAT(STRING, ...)");
        var pairs = values.Skip(1).Select(value => value.Type.Kind switch
        {
            TypeKind.Array or TypeKind.Struct => throw binder.Source.Unsupported("arrays and structs in FORMAT", call.At),
            var kind => $", '{kind}', {value.Sql}",
        });
        return new Bound($"bq_format{safe}({values[0].Sql}{string.Concat(pairs)})", SqlType.String);
    }

    private static Bound Extreme(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 1, 1000);
        var (values, type) = Alike(binder, call);
        if (type.IsNested)
            throw binder.NoSignature($"function {call.Name}", values, call.At);
        // min(a, b) below is NULL as soon as one is, like LEAST here; with one argument it would be the aggregate.
        return values.Count == 1 ? values[0] : new Bound($"{(call.Name == "GREATEST" ? "max" : "min")}({string.Join(", ", values.Select(value => value.Sql))})", type);
    }

    private static Bound SafeArithmetic(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 2, 2);
        var op = call.Name switch { "SAFE_DIVIDE" => "/", "SAFE_ADD" => "+", "SAFE_SUBTRACT" => "-", _ => "*" };
        var (left, right) = (binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1]));
        return left.Type.IsNumber && right.Type.IsNumber ? Arithmetic.Of(binder, op, left, right, call.At, "_safe") : throw binder.NoSignature($"function {call.Name}", [left, right], call.At);
    }

    private static Bound ToJson(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 1, 2);
        var value = binder.Bind(call.Arguments[0]);
        return new Bound($"bq_to_json({value.Sql}, {binder.Context.Bind(TypeText.Of(value.Type))})", SqlType.String);
    }

    private static Bound Chance(ExpressionBinder binder, Call call, string target, SqlType type)
    {
        Count(binder, call, 0, 0);
        binder.Context.Volatile = true;
        return new Bound($"bq_{target}()", type);
    }

    private static Bound Error(ExpressionBinder binder, Call call, string safe)
    {
        Count(binder, call, 1, 1);
        var message = binder.Bind(call.Arguments[0]);
        return message.Type.Kind == TypeKind.String ? new Bound($"bq_fail({message.Sql})", SqlType.Int64) { IsNull = true } : throw binder.NoSignature("function ERROR", [message], call.At);
    }
}
