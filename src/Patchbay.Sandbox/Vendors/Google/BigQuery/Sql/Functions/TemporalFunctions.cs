using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;

/// <summary>CURRENT_*, the constructors DATE(...), DATETIME(...), TIMESTAMP(...), TIME(...), FORMAT_*, PARSE_*, STRING(...).</summary>
internal static class TemporalFunctions
{
    public static readonly Dictionary<string, Func<ExpressionBinder, Call, string, Bound>> All = new()
    {
        ["CURRENT_DATE"] = Current,
        ["CURRENT_DATETIME"] = Current,
        ["CURRENT_TIME"] = Current,
        ["CURRENT_TIMESTAMP"] = Current,
        ["DATE"] = Make,
        ["DATETIME"] = Make,
        ["TIMESTAMP"] = Make,
        ["TIME"] = Make,
        ["STRING"] = ToText,
        ["FORMAT_DATE"] = Format,
        ["FORMAT_DATETIME"] = Format,
        ["FORMAT_TIMESTAMP"] = Format,
        ["FORMAT_TIME"] = Format,
        ["PARSE_DATE"] = Parse,
        ["PARSE_DATETIME"] = Parse,
        ["PARSE_TIMESTAMP"] = Parse,
        ["PARSE_TIME"] = Parse,
    };

    private static Bound Current(ExpressionBinder binder, Call call, string safe)
    {
        var type = SqlType.Named(call.Name[8..])!;
        FunctionBinder.Count(binder, call, 0, type.Kind == TypeKind.Timestamp ? 0 : 1);
        binder.Context.Volatile = true;
        var now = Temporal.Micros(binder.Context.Now.UtcDateTime);
        return type.Kind == TypeKind.Timestamp
            ? binder.Coercion.Constant(now, type) with { IsLiteral = false }
            : new Bound($"bq_local({now}, {Zone(binder, call, 0)}, '{type.Kind}')", type);
    }

    private static string Zone(ExpressionBinder binder, Call call, int index)
    {
        if (call.Arguments.Count <= index)
            return "'UTC'";
        var zone = binder.Bind(call.Arguments[index]);
        return zone.Type.Kind == TypeKind.String ? zone.Sql : throw binder.NoSignature($"function {call.Name}", [zone], call.At);
    }

    private static Bound Make(ExpressionBinder binder, Call call, string safe)
    {
        var type = SqlType.Named(call.Name)!;
        var values = call.Arguments.Select(binder.Bind).ToList();
        var refusal = binder.NoSignature($"function {call.Name}", values, call.At);
        if (values.Count >= 3)
        {
            var wanted = type.Kind switch { TypeKind.Date or TypeKind.Time => 3, TypeKind.DateTime => 6, _ => 0 };
            return values.Count == wanted && values.All(value => value.Type.Kind == TypeKind.Int64)
                ? new Bound($"bq_make{safe}('{type.Kind}', {string.Join(", ", values.Select(value => value.Sql))})", type)
                : throw refusal;
        }

        if (values.Count == 0)
            throw refusal;
        var of = values[0];
        if (type.Kind == TypeKind.DateTime && values is [{ Type.Kind: TypeKind.Date }, { Type.Kind: TypeKind.Time }])
            return new Bound($"({of.Sql} || 'T' || {values[1].Sql})", type);
        if (of.IsNull)
            return new Bound("NULL", type);
        if (type.Kind == TypeKind.Timestamp)
        {
            var zone = values.Count == 2 ? Zone(binder, call, 1) : "'UTC'";
            return of.Type.Kind switch
            {
                TypeKind.String => new Bound($"bq_timestamp{safe}({of.Sql}, {zone})", type),
                TypeKind.Date or TypeKind.DateTime => new Bound($"bq_instant{safe}({of.Sql}, {zone})", type),
                TypeKind.Timestamp when values.Count == 1 => of,
                _ => throw refusal,
            };
        }

        // A literal text is taken for an instant, as any literal is for what a function wants.
        if (of is { IsLiteral: true, Type.Kind: TypeKind.String })
            of = binder.Coercion.To(of, values.Count == 2 ? SqlType.Timestamp : type, call.At);
        if (of.Type.Kind == TypeKind.Timestamp)
            return new Bound($"bq_local{safe}({of.Sql}, {Zone(binder, call, 1)}, '{type.Kind}')", type);
        if (values.Count > 1)
            throw refusal;
        return of.Type.Kind == type.Kind ? of
            : Conversion.Possible(of.Type, type) && of.Type.Kind is TypeKind.Date or TypeKind.DateTime && !(type.Kind == TypeKind.Time && of.Type.Kind == TypeKind.Date)
                ? new Bound($"bq_cast{safe}({of.Sql}, '{of.Type.Kind}', '{type.Kind}')", type)
                : throw refusal;
    }

    private static Bound ToText(ExpressionBinder binder, Call call, string safe)
    {
        FunctionBinder.Count(binder, call, 1, 2);
        var of = binder.Bind(call.Arguments[0]);
        if (of.Type.Kind is not (TypeKind.Timestamp or TypeKind.Date or TypeKind.DateTime or TypeKind.Time))
            throw binder.NoSignature("function STRING", [of], call.At);
        return of.Type.Kind == TypeKind.Timestamp && call.Arguments.Count == 2
            ? new Bound($"bq_timestamp_text{safe}({of.Sql}, {Zone(binder, call, 1)})", SqlType.String)
            : new Bound($"bq_cast({of.Sql}, '{of.Type.Kind}', 'String')", SqlType.String);
    }

    private static Bound Format(ExpressionBinder binder, Call call, string safe)
    {
        var type = SqlType.Named(call.Name[7..])!;
        FunctionBinder.Count(binder, call, 2, type.Kind == TypeKind.Timestamp ? 3 : 2);
        var (format, of) = (binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1]));
        // FORMAT_DATE takes the wider types too.
        var wide = (type.Kind, of.Type.Kind) is (TypeKind.Date, TypeKind.DateTime or TypeKind.Timestamp) or (TypeKind.DateTime, TypeKind.Timestamp) ? of.Type : type;
        if ((format.Type.Kind != TypeKind.String && !format.IsNull) || !Coercion.Can(of, wide))
            throw binder.NoSignature($"function {call.Name}", [format, of], call.At, $"{call.Name}(STRING, {type})");
        return new Bound($"bq_strftime{safe}({format.Sql}, {binder.Coercion.To(of, wide, call.At).Sql}, '{wide.Kind}', {Zone(binder, call, 2)})", SqlType.String);
    }

    private static Bound Parse(ExpressionBinder binder, Call call, string safe)
    {
        var type = SqlType.Named(call.Name[6..])!;
        FunctionBinder.Count(binder, call, 2, type.Kind == TypeKind.Timestamp ? 3 : 2);
        var (format, of) = (binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1]));
        if ((format.Type.Kind != TypeKind.String && !format.IsNull) || (of.Type.Kind != TypeKind.String && !of.IsNull))
            throw binder.NoSignature($"function {call.Name}", [format, of], call.At, $"{call.Name}(STRING, STRING)");
        return new Bound($"bq_strptime{safe}({format.Sql}, {of.Sql}, '{type.Kind}', {Zone(binder, call, 2)})", type);
    }
}
