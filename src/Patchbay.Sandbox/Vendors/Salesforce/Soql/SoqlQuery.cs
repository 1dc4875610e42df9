namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>A query as it was written; nothing in it is checked against the objects yet.</summary>
internal sealed record SoqlQuery
{
    /// <summary>The whole text, to show where something is wrong.</summary>
    public required string Source { get; init; }

    public required IReadOnlyList<SoqlItem> Items { get; init; }
    public required string From { get; init; }
    public required int FromAt { get; init; }
    public string? Alias { get; init; }

    /// <summary>USING SCOPE mine.</summary>
    public bool OnlyMine { get; init; }

    public SoqlCondition? Where { get; init; }
    public IReadOnlyList<SoqlExpression> GroupBy { get; init; } = [];
    public SoqlCondition? Having { get; init; }
    public IReadOnlyList<SoqlOrder> OrderBy { get; init; } = [];
    public int? Limit { get; init; }
    public int? Offset { get; init; }

    /// <summary>Deleted records too.</summary>
    public bool AllRows { get; init; }
}

/// <summary>What stands between SELECT and FROM.</summary>
internal abstract record SoqlItem(int At)
{
    internal sealed record Value(SoqlExpression Expression, string? Alias) : SoqlItem(Expression.At);

    internal sealed record Children(SoqlQuery Query, int At) : SoqlItem(At);

    /// <summary>FIELDS(ALL), FIELDS(STANDARD), FIELDS(CUSTOM).</summary>
    internal sealed record FieldSet(string Which, int At) : SoqlItem(At);

    /// <summary>COUNT(): only how many.</summary>
    internal sealed record CountOnly(int At) : SoqlItem(At);

    /// <summary>TYPEOF What WHEN Account THEN Phone ELSE Name END.</summary>
    internal sealed record ByType(string Relationship, IReadOnlyList<(string Type, IReadOnlyList<SoqlExpression.Path> Fields)> Cases, IReadOnlyList<SoqlExpression.Path> Otherwise, int At) : SoqlItem(At);
}

internal abstract record SoqlExpression(int At)
{
    /// <summary>Account.Owner.Name.</summary>
    internal sealed record Path(IReadOnlyList<string> Names, int At) : SoqlExpression(At);

    /// <summary>COUNT(Id), CALENDAR_MONTH(CloseDate), toLabel(Status).</summary>
    internal sealed record Call(string Function, SoqlExpression? Argument, int At) : SoqlExpression(At);
}

internal abstract record SoqlCondition
{
    internal sealed record All(IReadOnlyList<SoqlCondition> Parts) : SoqlCondition;

    internal sealed record Any(IReadOnlyList<SoqlCondition> Parts) : SoqlCondition;

    internal sealed record Not(SoqlCondition Part) : SoqlCondition;

    internal sealed record Compare(SoqlExpression Left, string Operator, SoqlLiteral Right) : SoqlCondition;

    /// <summary>IN and NOT IN a list; INCLUDES and EXCLUDES of a picklist with several values.</summary>
    internal sealed record OneOf(SoqlExpression Left, string Operator, IReadOnlyList<SoqlLiteral> Values) : SoqlCondition;

    internal sealed record SemiJoin(SoqlExpression.Path Left, bool Negated, SoqlQuery Query) : SoqlCondition;
}

/// <param name="Kind">How it was written.</param>
/// <param name="Text">What it says; of a date literal, its name.</param>
/// <param name="Count">The n of LAST_N_DAYS:n.</param>
/// <param name="At">Where.</param>
internal sealed record SoqlLiteral(SoqlLiteralKind Kind, string Text, int Count, int At);

internal enum SoqlLiteralKind
{
    Null,
    Text,
    Number,
    Boolean,
    Date,
    DateTime,
    Period,
}

/// <param name="NullsLast">Where records without a value stand.</param>
internal sealed record SoqlOrder(SoqlExpression Expression, bool Descending, bool NullsLast);
