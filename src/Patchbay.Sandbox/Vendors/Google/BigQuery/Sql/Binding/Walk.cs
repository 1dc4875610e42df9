namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>Looks into expressions, but not into the subqueries in them.</summary>
internal static class Walk
{
    public static bool Any(Expr? of, Func<Expr, bool> holds)
    {
        Depth.Check();
        return of is not null && (holds(of) || Children(of).Any(child => Any(child, holds)));
    }

    public static bool HasAggregate(Expr? of) => Any(of, one => one is Call { Over: null } call && Aggregates.Is(call.Name));

    public static bool HasWindow(Expr? of) => Any(of, one => one is Call { Over: not null });

    public static IEnumerable<Expr> Children(Expr of) => of switch
    {
        FieldExpr field => [field.Of],
        Unary unary => [unary.Of],
        Binary binary => [binary.Left, binary.Right],
        IsExpr { From: { } from } test => [test.Of, from],
        IsExpr test => [test.Of],
        Between between => [between.Of, between.Low, between.High],
        InList list => [list.Of, .. list.Items],
        InQuery query => [query.Of],
        InUnnest unnest => [unnest.Of, unnest.Array],
        Like like => [like.Of, like.Pattern],
        CaseExpr choice => [.. Maybe(choice.Of), .. choice.Arms.SelectMany(arm => new[] { arm.When, arm.Then }), .. Maybe(choice.Else)],
        Cast cast => [cast.Of, .. Maybe(cast.Format)],
        IntervalExpr interval => [interval.Amount],
        Extract extract => [extract.Of, .. Maybe(extract.Zone)],
        ArrayLiteral array => array.Items,
        StructLiteral structure => structure.Items.Select(item => item.Value),
        IndexExpr index => [index.Of, index.Index],
        Call call => [.. call.Arguments, .. call.OrderBy.Select(item => item.Of), .. Maybe(call.Having?.Of), .. call.Over is { } over ? over.PartitionBy.Concat(over.OrderBy.Select(item => item.Of)) : []],
        _ => [],
    };

    private static IEnumerable<Expr> Maybe(Expr? of) => of is null ? [] : [of];
}
