using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;

/// <summary>What takes a part of a date: EXTRACT, _ADD, _SUB, _DIFF, _TRUNC, LAST_DAY.</summary>
internal static class DateParts
{
    private static readonly HashSet<string> OfDay = ["MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR"];
    private static readonly HashSet<string> OfDate = ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"];
    private static readonly HashSet<string> Weeks = ["WEEK", "WEEK(SUNDAY)", "WEEK(MONDAY)", "WEEK(TUESDAY)", "WEEK(WEDNESDAY)", "WEEK(THURSDAY)", "WEEK(FRIDAY)", "WEEK(SATURDAY)", "ISOWEEK"];

    /// <summary>MONTH, WEEK(MONDAY): parsed as a name or a call.</summary>
    public static string? Name(Expr of) => of switch
    {
        PathExpr { Names: [var name] } => name.ToUpperInvariant(),
        Call { Name: "WEEK", Arguments: [PathExpr { Names: [var day] }] } => $"WEEK({day.ToUpperInvariant()})",
        _ => null,
    };

    public static Bound Extract(ExpressionBinder binder, Extract extract)
    {
        var of = binder.Bind(extract.Of);
        var part = extract.Part;
        if (of.IsLiteral && of.Type.Kind == TypeKind.String)
            throw binder.NoSignature("function EXTRACT", [of], extract.At);
        if (part is "DATE" or "TIME" or "DATETIME")
        {
            if (of.Type.Kind is not (TypeKind.Timestamp or TypeKind.DateTime))
                throw binder.NoSignature($"function EXTRACT({part})", [of], extract.At);
            var type = SqlType.Named(part)!;
            return of.Type.Kind == TypeKind.Timestamp && extract.Zone is { } zone
                ? new Bound($"bq_local({of.Sql}, {Zone(binder, zone)}, '{type.Kind}')", type)
                : binder.Source is var _ ? new Bound($"bq_cast({of.Sql}, '{of.Type.Kind}', '{type.Kind}')", type) : of;
        }

        if (extract.Zone is not null && of.Type.Kind != TypeKind.Timestamp)
            throw binder.Source.Error("EXTRACT from " + of.Type + " does not support AT TIME ZONE", extract.At);
        var known = OfDay.Contains(part) || OfDate.Contains(part) || Weeks.Contains(part) || part is "DAYOFWEEK" or "DAYOFYEAR" or "ISOYEAR";
        if (!known)
            throw binder.Source.Error($"A valid date part name is required but found {part}", extract.At);
        var fits = of.Type.Kind switch
        {
            TypeKind.Date => !OfDay.Contains(part),
            TypeKind.Time => OfDay.Contains(part),
            TypeKind.DateTime or TypeKind.Timestamp => true,
            _ => of.IsNull ? true : throw binder.NoSignature("function EXTRACT", [of], extract.At),
        };
        return fits
            ? new Bound($"bq_part({of.Sql}, '{part}', '{of.Type.Kind}', {(extract.Zone is { } at ? Zone(binder, at) : "'UTC'")})", SqlType.Int64)
            : throw binder.Source.Error($"EXTRACT from {of.Type} does not support the {part} date part", extract.At);
    }

    private static string Zone(ExpressionBinder binder, Expr zone)
    {
        var bound = binder.Bind(zone);
        return bound.Type.Kind == TypeKind.String ? bound.Sql : throw binder.NoSignature("AT TIME ZONE", [bound], zone.At);
    }

    /// <summary>x plus or minus an interval.</summary>
    /// <param name="function">DATE_ADD and the like; null for the operators.</param>
    public static Bound Shift(ExpressionBinder binder, Bound of, Expr amount, string unit, bool minus, int at, string? function, string safe = "")
    {
        var many = binder.Bind(amount);
        if (many.Type.Kind != TypeKind.Int64 && !many.IsNull)
            throw binder.Source.Error($"Interval value must be coercible to INT64 type, but has type {many.Type}", amount.At);
        var type = Kind(binder, of, function, at);
        of = binder.Coercion.To(of, type, at);
        // DATE + INTERVAL HOUR is a DATETIME; DATE_ADD refuses it.
        if (type.Kind == TypeKind.Date && OfDay.Contains(unit) && function is null)
            (of, type) = (binder.Coercion.To(of with { IsLiteral = false }, SqlType.DateTime, at), SqlType.DateTime);
        var fits = type.Kind switch
        {
            TypeKind.Date => OfDate.Contains(unit),
            TypeKind.DateTime => OfDate.Contains(unit) || OfDay.Contains(unit),
            TypeKind.Timestamp => OfDay.Contains(unit) || unit == "DAY",
            _ => OfDay.Contains(unit),
        };
        if (!fits)
            throw OfDate.Contains(unit) || OfDay.Contains(unit)
                ? binder.Source.Error($"{function ?? type + (minus ? "_SUB" : "_ADD")} does not support the {unit} date part{(type.Kind == TypeKind.Timestamp ? " when the argument is TIMESTAMP type" : "")}", at)
                : binder.Source.Error($"A valid date part name is required but found {unit}", at);
        return new Bound($"bq_shift{safe}({of.Sql}, {(minus ? $"bq_sub(0, {many.Sql})" : many.Sql)}, '{unit}', '{type.Kind}')", type);
    }

    /// <summary>Which of the temporal types is meant: the argument's own, or for a literal that of the function's name.</summary>
    private static SqlType Kind(ExpressionBinder binder, Bound of, string? function, int at)
    {
        var named = SqlType.Named(function?.Split('_')[0] ?? "DATE")!;
        if ((of.IsLiteral && of.Type.Kind == TypeKind.String) || of.IsNull)
            return named;
        var allowed = function is null || named.Kind == of.Type.Kind || (named.Kind is TypeKind.Date && of.Type.Kind is TypeKind.DateTime or TypeKind.Timestamp)
            || (named.Kind is TypeKind.DateTime && of.Type.Kind is TypeKind.Date or TypeKind.Timestamp) || (named.Kind is TypeKind.Timestamp && of.Type.Kind == TypeKind.DateTime);
        return allowed && of.Type.Kind is TypeKind.Date or TypeKind.DateTime or TypeKind.Timestamp or TypeKind.Time
            ? named.Kind == TypeKind.DateTime && of.Type.Kind == TypeKind.Date ? named : of.Type
            : throw binder.NoSignature(function is null ? "operator +" : $"function {function}", [of], at);
    }

    public static Bound Add(ExpressionBinder binder, Call call, string safe)
    {
        if (call.Arguments is not [var of, IntervalExpr interval])
            throw binder.Source.Error($"No matching signature for function {call.Name}. Supported signature: {call.Name}({call.Name.Split('_')[0]}, INTERVAL INT64 DATE_TIME_PART)", call.At);
        return Shift(binder, binder.Bind(of), interval.Amount, interval.Unit, call.Name.EndsWith("_SUB", StringComparison.Ordinal), call.At, call.Name, safe);
    }

    public static Bound Difference(ExpressionBinder binder, Call call, string safe)
    {
        if (call.Arguments.Count != 3 || Name(call.Arguments[2]) is not { } part)
            throw binder.Source.Error($"A valid date part name is required in {call.Name}", call.At);
        var (left, right) = (binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1]));
        var (one, other) = (Kind(binder, left, call.Name, call.At), Kind(binder, right, call.Name, call.At));
        if (left.IsLiteral && !right.IsLiteral)
            one = other;
        if (right.IsLiteral && !left.IsLiteral)
            other = one;
        if (!one.Same(other))
            throw binder.NoSignature($"function {call.Name}", [left, right], call.At);
        Check(binder, call, part, one.Kind);
        if (one.Kind == TypeKind.Timestamp && !OfDay.Contains(part) && part != "DAY")
            throw binder.Source.Error($"{call.Name} does not support the {part} date part when the argument is TIMESTAMP type", call.At);
        return new Bound($"bq_diff{safe}({binder.Coercion.To(left, one, call.At).Sql}, {binder.Coercion.To(right, other, call.At).Sql}, '{part}', '{one.Kind}')", SqlType.Int64);
    }

    public static Bound Truncate(ExpressionBinder binder, Call call, string safe)
    {
        if (call.Arguments.Count is < 2 or > 3 || Name(call.Arguments[1]) is not { } part)
            throw binder.Source.Error($"A valid date part name is required in {call.Name}", call.At);
        var of = binder.Bind(call.Arguments[0]);
        var type = Kind(binder, of, call.Name, call.At);
        Check(binder, call, part, type.Kind);
        var zone = call.Arguments.Count == 3 ? Zone(binder, call.Arguments[2]) : "'UTC'";
        if (call.Arguments.Count == 3 && type.Kind != TypeKind.Timestamp)
            throw binder.NoSignature($"function {call.Name}", call.Arguments.Take(1).Select(binder.Bind), call.At);
        return new Bound($"bq_trunc{safe}({binder.Coercion.To(of, type, call.At).Sql}, '{part}', '{type.Kind}', {zone})", type);
    }

    public static Bound LastDay(ExpressionBinder binder, Call call, string safe)
    {
        var part = call.Arguments.Count == 2 ? Name(call.Arguments[1]) : "MONTH";
        if (call.Arguments.Count is < 1 or > 2 || part is null || !(part is "YEAR" or "QUARTER" or "MONTH" or "ISOYEAR" || Weeks.Contains(part)))
            throw binder.Source.Error("A valid date part name is required in LAST_DAY", call.At);
        var of = binder.Bind(call.Arguments[0]);
        if (of.Type.Kind == TypeKind.DateTime)
            of = new Bound($"substr({of.Sql}, 1, 10)", SqlType.Date);
        if (!Coercion.Can(of, SqlType.Date))
            throw binder.NoSignature("function LAST_DAY", [of], call.At);
        return new Bound($"bq_last_day{safe}({binder.Coercion.To(of, SqlType.Date, call.At).Sql}, '{part}')", SqlType.Date);
    }

    private static void Check(ExpressionBinder binder, Call call, string part, TypeKind kind)
    {
        var known = OfDay.Contains(part) || OfDate.Contains(part) || Weeks.Contains(part) || part == "ISOYEAR";
        if (!known)
            throw binder.Source.Error($"A valid date part name is required but found {part}", call.Arguments[^1].At);
        if (kind == TypeKind.Date ? OfDay.Contains(part) : kind == TypeKind.Time && !OfDay.Contains(part))
            throw binder.Source.Error($"{call.Name} does not support the {part} date part", call.At);
    }
}
