using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>+ - * / || and the bit operators. Overflow is an error, never another number.</summary>
internal static class Arithmetic
{
    private static readonly Dictionary<string, string> Names = new() { ["+"] = "add", ["-"] = "sub", ["*"] = "mul", ["/"] = "div" };

    public static Bound Bind(ExpressionBinder binder, Binary binary)
    {
        if (binary.Right is IntervalExpr interval && binary.Op is "+" or "-" && binary.Right is IntervalExpr)
            return DateParts.Shift(binder, binder.Bind(binary.Left), ((IntervalExpr)binary.Right).Amount, ((IntervalExpr)binary.Right).Unit, binary.Op == "-", binary.At, null);
        if (binary.Left is IntervalExpr first && binary.Op == "+")
            return DateParts.Shift(binder, binder.Bind(binary.Right), first.Amount, first.Unit, false, binary.At, null);
        return Of(binder, binary.Op, binder.Bind(binary.Left), binder.Bind(binary.Right), binary.At);
    }

    /// <param name="safe">"_safe" gives NULL where there would be an error.</param>
    public static Bound Of(ExpressionBinder binder, string op, Bound left, Bound right, int at, string safe = "")
    {
        switch (op)
        {
            case "||":
                return Concat(binder, left, right, at);
            case "&" or "|" or "^" or "<<" or ">>":
                if (left.Type.Kind != TypeKind.Int64 || right.Type.Kind != TypeKind.Int64)
                    throw binder.NoSignature($"operator {op}", [left, right], at);
                return op is "&" or "|" ? new Bound($"({left.Sql} {op} {right.Sql})", SqlType.Int64)
                    : new Bound($"bq_{(op == "^" ? "xor" : op == "<<" ? "shl" : "shr")}({left.Sql}, {right.Sql})", SqlType.Int64);
        }

        if (left.Type.Kind == TypeKind.Date && op is "+" or "-" && left.Type.Kind == TypeKind.Date && right.Type.Kind == TypeKind.Int64)
            return new Bound($"bq_shift({left.Sql}, {(op == "-" ? $"bq_sub(0, {right.Sql})" : right.Sql)}, 'DAY', 'Date')", SqlType.Date);
        if (op == "+" && left.Type.Kind == TypeKind.Int64 && right.Type.Kind == TypeKind.Date && !left.IsNull)
            return new Bound($"bq_shift({right.Sql}, {left.Sql}, 'DAY', 'Date')", SqlType.Date);
        if (op == "-" && left.Type.Kind == right.Type.Kind && left.Type.Kind is TypeKind.Date or TypeKind.DateTime or TypeKind.Timestamp && right.Type.Kind == left.Type.Kind)
            throw binder.Source.Unsupported("INTERVAL values; use DATE_DIFF, DATETIME_DIFF or TIMESTAMP_DIFF", at);

        if (!(left.Type.IsNumber || left.IsNull) || !(right.Type.IsNumber || right.IsNull) || Coercion.Common([left, right]) is not { } type)
            throw binder.NoSignature($"operator {op}", [left, right], at, $"INT64 {op} INT64; FLOAT64 {op} FLOAT64; NUMERIC {op} NUMERIC");
        if (op == "/" && type.Kind == TypeKind.Int64)
            type = SqlType.Float64;
        var (a, b) = (binder.Coercion.To(left, type, at).Sql, binder.Coercion.To(right, type, at).Sql);
        var prefix = type.Kind switch { TypeKind.Int64 => "", TypeKind.Numeric => "n", _ => "f" };
        return new Bound($"bq_{prefix}{Names[op]}{safe}({a}, {b})", type);
    }

    private static Bound Concat(ExpressionBinder binder, Bound left, Bound right, int at)
    {
        var type = Coercion.Common([left, right]);
        if (left.IsNull && right.IsNull)
            return new Bound("NULL", SqlType.String);
        return type?.Kind switch
        {
            TypeKind.String or TypeKind.Bytes => new Bound($"({left.Sql} || {right.Sql})", type),
            TypeKind.Array => new Bound($"bq_array_concat({binder.Coercion.To(left, type, at).Sql}, {binder.Coercion.To(right, type, at).Sql})", type),
            _ => throw binder.NoSignature("operator ||", [left, right], at, "STRING || STRING; BYTES || BYTES; ARRAY || ARRAY"),
        };
    }
}
