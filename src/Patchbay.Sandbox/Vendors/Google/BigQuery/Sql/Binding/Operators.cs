namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>Comparison, logic, arithmetic, LIKE, IN, BETWEEN, IS.</summary>
internal static class Operators
{
    public static Bound Bind(ExpressionBinder binder, Expr of) => of switch
    {
        Unary { Op: "NOT" } not => new Bound($"(NOT {Logic(binder, "NOT", not.Of)})", SqlType.Bool),
        Unary unary => Signed(binder, unary),
        Binary { Op: "AND" or "OR" } logic => new Bound($"({Logic(binder, logic.Op, logic.Left)} {logic.Op} {Logic(binder, logic.Op, logic.Right)})", SqlType.Bool),
        Binary { Op: "=" or "!=" or "<" or ">" or "<=" or ">=" } compare => Compare(binder, compare.Op, binder.Bind(compare.Left), binder.Bind(compare.Right), compare.At),
        Binary arithmetic => Arithmetic.Bind(binder, arithmetic),
        IsExpr test => Is(binder, test),
        Between between => Within(binder, between),
        InList list => In(binder, list),
        InUnnest unnest => In(binder, unnest),
        Like like => Matches(binder, like),
        _ => throw binder.Source.Unsupported("this expression", of.At),
    };

    private static string Logic(ExpressionBinder binder, string op, Expr of)
    {
        var bound = binder.Bind(of);
        return bound.IsNull || bound.Type.Kind == TypeKind.Bool ? bound.Sql : throw binder.NoSignature($"operator {op}", [bound], of.At, $"{op}(BOOL)");
    }

    public static Bound Compare(ExpressionBinder binder, string op, Bound left, Bound right, int at)
    {
        var type = Common(binder, op, [left, right], at);
        return new Bound($"({binder.Coercion.To(left, type, at).Sql} {(op == "!=" ? "<>" : op)} {binder.Coercion.To(right, type, at).Sql})", SqlType.Bool);
    }

    private static SqlType Common(ExpressionBinder binder, string op, IReadOnlyList<Bound> all, int at)
    {
        var type = Coercion.Common(all) ?? throw binder.NoSignature($"operator {op}", all, at, op is "=" or "!=" or "IN" ? $"ANY {op} ANY" : $"ANY {op} ANY");
        if (type.Kind == TypeKind.Array)
            throw binder.Source.Error($"{(op is "=" or "!=" ? "Equality" : $"Operator {op}")} is not defined for arguments of type {type}", at);
        if (type.Kind == TypeKind.Struct && op is not ("=" or "!=" or "IN"))
            throw binder.NoSignature($"operator {op}", all, at);
        if (type.Kind == TypeKind.Struct)
            throw binder.Source.Unsupported("comparing structs", at);
        return type;
    }

    private static Bound Signed(ExpressionBinder binder, Unary unary)
    {
        var of = binder.Bind(unary.Of);
        if (of.IsNull)
            return of;
        return (unary.Op, of.Type.Kind) switch
        {
            ("-", TypeKind.Int64) => new Bound($"bq_sub(0, {of.Sql})", SqlType.Int64),
            ("-", TypeKind.Float64) => new Bound($"(-{of.Sql})", SqlType.Float64),
            ("-", TypeKind.Numeric) => new Bound($"bq_nneg({of.Sql})", SqlType.Numeric),
            ("~", TypeKind.Int64) => new Bound($"(~{of.Sql})", SqlType.Int64),
            _ => throw binder.NoSignature($"operator {unary.Op}", [of], unary.At),
        };
    }

    private static Bound Is(ExpressionBinder binder, IsExpr test)
    {
        var of = binder.Bind(test.Of);
        var not = test.Not ? "NOT " : "";
        switch (test.What)
        {
            case "NULL":
                return new Bound($"({of.Sql} IS {not}NULL)", SqlType.Bool);
            case "DISTINCT":
                var from = binder.Bind(test.From!);
                var type = Common(binder, "IS DISTINCT FROM", [of, from], test.At);
                return new Bound($"({binder.Coercion.To(of, type, test.At).Sql} IS {(test.Not ? "" : "NOT ")}{binder.Coercion.To(from, type, test.At).Sql})", SqlType.Bool);
            default:
                if (!of.IsNull && of.Type.Kind != TypeKind.Bool)
                    throw binder.NoSignature($"operator IS {test.What}", [of], test.At);
                return new Bound($"({of.Sql} IS {not}{(test.What == "TRUE" ? "1" : "0")})", SqlType.Bool);
        }
    }

    private static Bound Within(ExpressionBinder binder, Between between)
    {
        Bound[] all = [binder.Bind(between.Of), binder.Bind(between.Low), binder.Bind(between.High)];
        var type = Common(binder, "BETWEEN", all, between.At);
        var parts = all.Select(one => binder.Coercion.To(one, type, between.At).Sql).ToList();
        return new Bound($"({parts[0]} {(between.Not ? "NOT " : "")}BETWEEN {parts[1]} AND {parts[2]})", SqlType.Bool);
    }

    private static Bound In(ExpressionBinder binder, InList list)
    {
        List<Bound> all = [binder.Bind(list.Of), .. list.Items.Select(binder.Bind)];
        var type = Common(binder, "IN", all, list.At);
        var parts = all.Select(one => binder.Coercion.To(one, type, list.At).Sql).ToList();
        return new Bound($"({parts[0]} {(list.Not ? "NOT " : "")}IN ({string.Join(", ", parts.Skip(1))}))", SqlType.Bool);
    }

    private static Bound In(ExpressionBinder binder, InUnnest unnest)
    {
        var (of, array) = (binder.Bind(unnest.Of), binder.Bind(unnest.Array));
        if (array.Type.Kind != TypeKind.Array)
            throw binder.Source.Error($"Second argument of IN UNNEST must be an array but was {array.Type}", unnest.At);
        var element = array.Type.Element!;
        if (Coercion.Common([of, new Bound("value", element)]) is not { } type || type.IsNested)
            throw binder.NoSignature("operator IN UNNEST", [of, array], unnest.At);
        var item = binder.Coercion.To(new Bound("value", element), type, unnest.At).Sql;
        return new Bound($"({binder.Coercion.To(of, type, unnest.At).Sql} {(unnest.Not ? "NOT " : "")}IN (SELECT {item} FROM json_each({array.Sql})))", SqlType.Bool);
    }

    private static Bound Matches(ExpressionBinder binder, Like like)
    {
        var (of, pattern) = (binder.Bind(like.Of), binder.Bind(like.Pattern));
        if ((!of.IsNull && of.Type.Kind != TypeKind.String) || (!pattern.IsNull && pattern.Type.Kind != TypeKind.String))
            throw binder.NoSignature("operator LIKE", [of, pattern], like.At, "STRING LIKE STRING");
        return new Bound($"({(like.Not ? "NOT " : "")}bq_like({of.Sql}, {pattern.Sql}))", SqlType.Bool);
    }
}
