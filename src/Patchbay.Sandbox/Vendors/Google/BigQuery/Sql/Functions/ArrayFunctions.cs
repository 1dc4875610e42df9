using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;

/// <summary>Functions over arrays of any type.</summary>
internal static class ArrayFunctions
{
    public static readonly Dictionary<string, Func<ExpressionBinder, Call, string, Bound>> All = new()
    {
        ["ARRAY_LENGTH"] = (binder, call, _) => new Bound($"json_array_length({One(binder, call).Sql})", SqlType.Int64),
        ["ARRAY_REVERSE"] = (binder, call, _) => One(binder, call) is var array ? new Bound($"bq_array_reverse({array.Sql})", array.Type) : array,
        ["ARRAY_FIRST"] = (binder, call, safe) => One(binder, call) is var array ? new Bound($"bq_item{safe}({array.Sql}, 0)", array.Type.Element!) : array,
        ["ARRAY_LAST"] = (binder, call, safe) => One(binder, call) is var array ? new Bound($"bq_item{safe}({array.Sql}, json_array_length({array.Sql}) - 1)", array.Type.Element!) : array,
        ["ARRAY_CONCAT"] = Concat,
        ["GENERATE_DATE_ARRAY"] = Dates,
        ["GENERATE_TIMESTAMP_ARRAY"] = Dates,
    };

    private static Bound One(ExpressionBinder binder, Call call)
    {
        FunctionBinder.Count(binder, call, 1, 1);
        var array = binder.Bind(call.Arguments[0]);
        return array.Type.Kind == TypeKind.Array ? array : throw binder.NoSignature($"function {call.Name}", [array], call.At, $"{call.Name}(ARRAY)");
    }

    private static Bound Concat(ExpressionBinder binder, Call call, string safe)
    {
        FunctionBinder.Count(binder, call, 1, 100);
        var arrays = call.Arguments.Select(binder.Bind).ToList();
        if (!arrays.TrueForAll(array => array.Type.Kind == TypeKind.Array) || Coercion.Common(arrays) is not { } type)
            throw binder.NoSignature("function ARRAY_CONCAT", arrays, call.At);
        return new Bound($"bq_array_concat({string.Join(", ", arrays.Select(array => binder.Coercion.To(array, type, call.At).Sql))})", type);
    }

    private static Bound Dates(ExpressionBinder binder, Call call, string safe)
    {
        var type = call.Name == "GENERATE_DATE_ARRAY" ? SqlType.Date : SqlType.Timestamp;
        var interval = call.Arguments.Count == 3 ? call.Arguments[2] as IntervalExpr : null;
        var values = call.Arguments.Take(2).Select(binder.Bind).ToList();
        if (call.Arguments.Count is < 2 or > 3 || (call.Arguments.Count == 3 && interval is null) || (type.Kind == TypeKind.Timestamp && interval is null) || !values.TrueForAll(value => Coercion.Can(value, type)))
            throw binder.NoSignature($"function {call.Name}", values, call.At, $"{call.Name}({type}, {type}, [INTERVAL INT64 DATE_TIME_PART])");
        var amount = interval is null ? "1" : binder.Bind(interval.Amount).Sql;
        var unit = interval?.Unit ?? "DAY";
        var allowed = type.Kind == TypeKind.Date ? unit is "DAY" or "WEEK" or "MONTH" or "QUARTER" or "YEAR" : unit is "DAY" or "HOUR" or "MINUTE" or "SECOND" or "MILLISECOND" or "MICROSECOND";
        if (!allowed)
            throw binder.Source.Error($"{call.Name} does not support the {unit} date part", call.At);
        var (from, to) = (binder.Coercion.To(values[0], type, call.At).Sql, binder.Coercion.To(values[1], type, call.At).Sql);
        return new Bound($"bq_generate_dates{safe}({from}, {to}, {amount}, '{unit}', '{type.Kind}')", SqlType.ArrayOf(type));
    }
}
