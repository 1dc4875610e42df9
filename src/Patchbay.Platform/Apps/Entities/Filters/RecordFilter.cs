using System.Text.Json.Nodes;

namespace Patchbay.Platform.Apps.Entities.Filters;

/// <summary>A query over records, parsed once. <see cref="FilterEvaluator"/> defines what it means; both SQL compilers are
/// property-tested against it.</summary>
public abstract record RecordFilter
{
    public sealed record All(IReadOnlyList<RecordFilter> Parts) : RecordFilter;

    public sealed record Any(IReadOnlyList<RecordFilter> Parts) : RecordFilter;

    public sealed record Not(RecordFilter Part) : RecordFilter;

    /// <summary>A comparison of one top-level field with a JSON scalar (null included).</summary>
    public sealed record Compare(string Field, Comparison Comparison, JsonNode? Value) : RecordFilter;

    /// <summary>True if the field equals one of the values.</summary>
    public sealed record In(string Field, IReadOnlyList<JsonNode?> Values) : RecordFilter;

    /// <summary>Whether the field is there at all (a stored null is there).</summary>
    public sealed record Exists(string Field, bool Wanted) : RecordFilter;
}

/// <summary>Missing and null are equal to null and to nothing else. Order comparisons hold only within one kind: number with
/// number, text with text (ordinal), boolean with boolean; across kinds, and with null, they are false.</summary>
public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
