namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>An expression as it was written; <see cref="At"/> is its offset in the text.</summary>
internal abstract record Expr(int At);

/// <param name="Value">long, double, string, bool; NUMERIC and the temporal types as text; null for NULL.</param>
internal sealed record Literal(int At, object? Value, SqlType? Type) : Expr(At);

/// <summary>@name, or ? with its number.</summary>
internal sealed record Parameter(int At, string? Name, int Index) : Expr(At);

/// <summary>a, a.b, a.b.c: column, table.column, struct.field: known only in a scope.</summary>
internal sealed record PathExpr(int At, IReadOnlyList<string> Names) : Expr(At)
{
    public bool Equals(PathExpr? other) => other is not null && Names.SequenceEqual(other.Names, StringComparer.OrdinalIgnoreCase);

    public override int GetHashCode() => Names.Count;
}

/// <summary>(expression).name.</summary>
internal sealed record FieldExpr(int At, Expr Of, string Name) : Expr(At);

internal sealed record Unary(int At, string Op, Expr Of) : Expr(At);

internal sealed record Binary(int At, string Op, Expr Left, Expr Right) : Expr(At);

/// <param name="What">NULL, TRUE, FALSE, or DISTINCT with <paramref name="From"/>.</param>
internal sealed record IsExpr(int At, Expr Of, string What, bool Not, Expr? From = null) : Expr(At);

internal sealed record Between(int At, Expr Of, Expr Low, Expr High, bool Not) : Expr(At);

internal sealed record InList(int At, Expr Of, IReadOnlyList<Expr> Items, bool Not) : Expr(At);

internal sealed record InQuery(int At, Expr Of, Query Query, bool Not) : Expr(At);

internal sealed record InUnnest(int At, Expr Of, Expr Array, bool Not) : Expr(At);

internal sealed record Like(int At, Expr Of, Expr Pattern, bool Not) : Expr(At);

internal sealed record CaseExpr(int At, Expr? Of, IReadOnlyList<(Expr When, Expr Then)> Arms, Expr? Else) : Expr(At);

internal sealed record Cast(int At, Expr Of, SqlType Type, bool Safe, Expr? Format) : Expr(At);

internal sealed record IntervalExpr(int At, Expr Amount, string Unit) : Expr(At);

/// <summary>EXTRACT(part FROM of AT TIME ZONE zone).</summary>
internal sealed record Extract(int At, string Part, Expr Of, Expr? Zone) : Expr(At);

internal sealed record ArrayLiteral(int At, SqlType? Element, IReadOnlyList<Expr> Items) : Expr(At);

internal sealed record StructLiteral(int At, SqlType? Type, IReadOnlyList<(Expr Value, string? Name)> Items) : Expr(At);

internal enum SubqueryKind
{
    Scalar,
    Exists,
    Array,
}

internal sealed record Subquery(int At, SubqueryKind Kind, Query Query) : Expr(At);

/// <param name="Mode">OFFSET, ORDINAL, SAFE_OFFSET, SAFE_ORDINAL; empty for a bare index.</param>
internal sealed record IndexExpr(int At, Expr Of, Expr Index, string Mode) : Expr(At);

/// <summary>A function call with all that may stand in and after its brackets.</summary>
internal sealed record Call(int At, string Name, IReadOnlyList<Expr> Arguments) : Expr(At)
{
    public bool Safe { get; init; }
    public bool Star { get; init; }
    public bool Distinct { get; init; }

    /// <summary>True for IGNORE NULLS, false for RESPECT NULLS, null when nothing is said.</summary>
    public bool? IgnoreNulls { get; init; }

    /// <summary>ANY_VALUE(x HAVING MAX y): "MAX" or "MIN".</summary>
    public (string Kind, Expr Of)? Having { get; init; }
    public IReadOnlyList<OrderItem> OrderBy { get; init; } = [];
    public Expr? Limit { get; init; }
    public WindowSpec? Over { get; init; }
}

internal sealed record OrderItem(Expr Of, bool Descending, bool? NullsFirst);

/// <param name="Base">Name of a window it begins with.</param>
internal sealed record WindowSpec(int At, string? Base, IReadOnlyList<Expr> PartitionBy, IReadOnlyList<OrderItem> OrderBy, WindowFrame? Frame);

/// <param name="Unit">ROWS or RANGE.</param>
internal sealed record WindowFrame(string Unit, FrameBound Start, FrameBound? End);

/// <param name="Kind">UNBOUNDED PRECEDING, CURRENT ROW, PRECEDING, FOLLOWING, UNBOUNDED FOLLOWING.</param>
internal sealed record FrameBound(string Kind, Expr? Amount);

/// <param name="At">Offset.</param>
/// <param name="With">Its common table expressions.</param>
/// <param name="Body">Select, set operation or a query in brackets.</param>
internal sealed record Query(int At, IReadOnlyList<CommonTable> With, bool Recursive, QueryBody Body, IReadOnlyList<OrderItem> OrderBy, Expr? Limit, Expr? Offset);

internal sealed record CommonTable(int At, string Name, Query Query);

internal abstract record QueryBody(int At);

internal sealed record Nested(int At, Query Query) : QueryBody(At);

/// <param name="Op">UNION ALL, UNION DISTINCT, INTERSECT DISTINCT, EXCEPT DISTINCT.</param>
internal sealed record SetOperation(int At, string Op, QueryBody Left, QueryBody Right) : QueryBody(At);

internal sealed record Select(int At, bool Distinct, IReadOnlyList<SelectItem> Items, FromItem? From, Expr? Where, GroupBy? GroupBy, Expr? Having, Expr? Qualify, IReadOnlyList<(string Name, WindowSpec Spec)> Windows, string? As) : QueryBody(At);

internal abstract record SelectItem(int At);

internal sealed record SelectExpr(int At, Expr Of, string? Alias) : SelectItem(At);

/// <summary>* or path.*, with EXCEPT and REPLACE.</summary>
internal sealed record SelectStar(int At, Expr? Of, IReadOnlyList<string> Except, IReadOnlyList<(Expr Of, string Name)> Replace) : SelectItem(At);

/// <param name="All">GROUP BY ALL.</param>
/// <param name="Items">Every grouping expression, once.</param>
/// <param name="Sets">Which of them each grouping set has; null for the ordinary one set of all.</param>
internal sealed record GroupBy(int At, bool All, IReadOnlyList<Expr> Items, IReadOnlyList<IReadOnlyList<int>>? Sets);

internal abstract record FromItem(int At);

internal sealed record TableRef(int At, IReadOnlyList<string> Path, string? Alias) : FromItem(At);

internal sealed record SubqueryRef(int At, Query Query, string? Alias) : FromItem(At);

internal sealed record UnnestRef(int At, Expr Array, string? Alias, bool WithOffset, string? OffsetAlias) : FromItem(At);

/// <param name="Kind">CROSS, INNER, LEFT, RIGHT, FULL.</param>
internal sealed record Join(int At, string Kind, FromItem Left, FromItem Right, Expr? On, IReadOnlyList<string>? Using) : FromItem(At);
