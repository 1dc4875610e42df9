using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Platform.Apps.Entities.Filters;

/// <summary>Defines what a <see cref="RecordFilter"/> means: records, realtime and flow conditions use it directly.</summary>
public static class FilterEvaluator
{
    /// <param name="fields">The record's fields by name; null for a missing or null field, see <paramref name="exists"/>.</param>
    /// <param name="exists">Whether a field is there at all.</param>
    public static bool Matches(RecordFilter filter, Func<string, JsonNode?> fields, Func<string, bool> exists) => filter switch
    {
        RecordFilter.All all => all.Parts.All(p => Matches(p, fields, exists)),
        RecordFilter.Any any => any.Parts.Any(p => Matches(p, fields, exists)),
        RecordFilter.Not not => !Matches(not.Part, fields, exists),
        RecordFilter.Exists e => exists(e.Field) == e.Wanted,
        RecordFilter.In i => i.Values.Any(v => AreEqual(fields(i.Field), v)),
        RecordFilter.Compare c => Compare(fields(c.Field), c.Comparison, c.Value),
        _ => throw new ArgumentException($"Unknown filter {filter.GetType().Name}.", nameof(filter)),
    };

    /// <summary>Over the server-owned fields too.</summary>
    public static bool Matches(RecordFilter filter, Record record) =>
        Matches(filter, f => RecordFields.Value(record, f), f => RecordFields.Exists(record, f));

    public static bool Matches(RecordFilter filter, JsonObject data) =>
        Matches(filter, f => data.TryGetPropertyValue(f, out var v) ? v : null, data.ContainsKey);

    private static bool Compare(JsonNode? left, Comparison comparison, JsonNode? right) => comparison switch
    {
        Comparison.Equal => AreEqual(left, right),
        Comparison.NotEqual => !AreEqual(left, right),
        _ => Order(left, right) is { } order && comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        },
    };

    private static bool AreEqual(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        return Order(left, right) is { } order ? order == 0 : JsonNode.DeepEquals(left, right);
    }

    /// <summary>Negative, zero or positive within one kind of scalar; null across kinds.</summary>
    private static int? Order(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null)
            return null;
        var (a, b) = (left.GetValueKind(), right.GetValueKind());
        if (a == JsonValueKind.Number && b == JsonValueKind.Number)
            return Number(left).CompareTo(Number(right));
        if (a == JsonValueKind.String && b == JsonValueKind.String)
            return CompareText(left.GetValue<string>(), right.GetValue<string>());
        if (a is JsonValueKind.True or JsonValueKind.False && b is JsonValueKind.True or JsonValueKind.False)
            return (a == JsonValueKind.True).CompareTo(b == JsonValueKind.True);
        return null;
    }

    // Not GetValue<double>: a node made in code holds the type it was made with.
    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    /// <summary>By code point, as databases sort UTF-8. Comparing UTF-16 would put U+E000 to U+FFFF after all that lies above.</summary>
    internal static int CompareText(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[common], right[common]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
