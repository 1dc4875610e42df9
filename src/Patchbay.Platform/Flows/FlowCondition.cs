using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Flows;

/// <summary>
/// The condition of a record trigger: a JSON array of <c>{"field","op","value"}</c> in which all must hold. The operators are
/// <see cref="ConditionOperators"/>; <c>operator</c> is read as another spelling of <c>op</c>. On an update, a part with
/// <c>"turns": true</c> is what the event is about ("an urgent ticket <b>is closed</b>") and the others only say of which
/// records; where no part has it, as in conditions stored before there was such a mark, all of them together are the event.
/// </summary>
/// <remarks>
/// Values compare within one kind: number with number, text with text (ordinal), boolean with boolean. A condition's value
/// that is text is read as the kind that the record's field has, because plans write every value as text. A missing field is null.
/// </remarks>
public sealed class FlowCondition
{
    private const int LongestText = 16 * 1024;
    private const int MostParts = 32;

    private readonly IReadOnlyList<Part> _parts;

    private readonly IReadOnlyList<Part> _turning;

    private FlowCondition(IReadOnlyList<Part> parts)
    {
        _parts = parts;
        _turning = parts.Any(p => p.Turns) ? [.. parts.Where(p => p.Turns)] : parts;
    }

    private sealed record Part(string Field, string Operator, JsonElement Value, bool Turns);

    /// <summary>True for every change.</summary>
    public static FlowCondition Always { get; } = new([]);

    public IEnumerable<string> Fields => _parts.Select(p => p.Field).Distinct();

    /// <param name="text">From outside; null or blank is <see cref="Always"/>.</param>
    /// <param name="error">What is wrong, for a person.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out FlowCondition? condition, [NotNullWhen(false)] out string? error)
    {
        (condition, error) = (null, null);
        if (string.IsNullOrWhiteSpace(text))
            condition = Always;
        else if (text.Length > LongestText)
            error = $"The condition is longer than {LongestText} characters.";
        else
        {
            try
            {
                using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
                error = Read(document.RootElement, out condition);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                error = "The condition is no JSON.";
            }
        }
        return condition is not null ? (error = null) is null : (error ??= "The condition cannot be read.") is null;
    }

    /// <summary>The text form of a plan's conditions; null where there are none.</summary>
    public static string? Write(IReadOnlyCollection<Condition> conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.Count == 0 ? null : new JsonArray([.. conditions.Select(Write)]).ToJsonString();
    }

    private static JsonObject Write(Condition condition)
    {
        var part = new JsonObject { ["field"] = condition.Field, ["op"] = condition.Operator, ["value"] = condition.Value };
        if (condition.Turns)
            part["turns"] = true;
        return part;
    }

    /// <summary>Whether a change fires: all parts hold after it and, with a state before, the parts that the event is about did
    /// not all hold in that (one firing per transition). <c>changed</c> holds while the two differ and never held before.</summary>
    /// <param name="before">The fields before the change; null when the record was created or deleted.</param>
    /// <param name="after">The fields after it; of a deleted record, its last.</param>
    public bool Fires(JsonObject? before, JsonObject after)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (!_parts.All(p => Holds(p, before, after)))
            return false;
        return _parts.Count == 0 || before is null || !_turning.All(p => p.Operator != ConditionOperators.Changed && Holds(p, null, before));
    }

    private static bool Holds(Part part, JsonObject? before, JsonObject fields)
    {
        var value = fields[part.Field];
        return part.Operator switch
        {
            ConditionOperators.Changed => !JsonNode.DeepEquals(before?[part.Field], value),
            ConditionOperators.Is => AreEqual(value, part.Value),
            ConditionOperators.IsNot => !AreEqual(value, part.Value),
            ConditionOperators.Above => Order(value, part.Value) > 0,
            ConditionOperators.AtLeast => Order(value, part.Value) >= 0,
            ConditionOperators.Below => Order(value, part.Value) < 0,
            _ => Order(value, part.Value) <= 0,
        };
    }

    private static bool AreEqual(JsonNode? left, JsonElement right) =>
        left is null || right.ValueKind == JsonValueKind.Null ? left is null && right.ValueKind == JsonValueKind.Null : Order(left, right) == 0;

    /// <summary>Null across kinds.</summary>
    private static int? Order(JsonNode? left, JsonElement right) => left?.GetValueKind() switch
    {
        JsonValueKind.Number when Number(right) is { } number => Number(left)?.CompareTo(number),
        JsonValueKind.String when right.ValueKind == JsonValueKind.String => string.CompareOrdinal(left.GetValue<string>(), right.GetString()),
        JsonValueKind.True or JsonValueKind.False when Boolean(right) is { } boolean => (left.GetValueKind() == JsonValueKind.True).CompareTo(boolean),
        _ => null,
    };

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => Number(value.GetString()),
        _ => null,
    };

    // By its text: a value made in code and one that was parsed answer different Get calls.
    private static double? Number(JsonNode value) => Number(value.ToJsonString());

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    private static bool? Boolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString() switch { "true" => true, "false" => false, _ => null },
        _ => null,
    };

    private static string? Read(JsonElement root, out FlowCondition? condition)
    {
        condition = null;
        if (root.ValueKind != JsonValueKind.Array)
            return "The condition is no JSON array of {field, op, value}.";
        if (root.GetArrayLength() > MostParts)
            return $"The condition has more than {MostParts} parts.";
        var parts = new List<Part>();
        foreach (var item in root.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || Text(item, "field") is not { Length: > 0 and <= 200 } field)
                return "Each part of the condition is an object with field, op and value.";
            var op = Text(item, "op") ?? Text(item, "operator");
            if (op is null || !ConditionOperators.All.Contains(op))
                return $"'{op}' on '{field}' is no comparison: use one of {string.Join(' ', ConditionOperators.All)}.";
            var hasValue = item.TryGetProperty("value", out var value);
            if (hasValue && value.ValueKind is JsonValueKind.Array or JsonValueKind.Object || !hasValue && op != ConditionOperators.Changed)
                return $"'{field}' is compared with text, a number, true, false or null only.";
            // A lone surrogate would throw when it is first compared, inside the dispatcher.
            if (value.ValueKind == JsonValueKind.String)
                _ = value.GetString();
            var turns = false;
            if (item.TryGetProperty("turns", out var mark))
            {
                if (mark.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    return $"'turns' on '{field}' is true or false.";
                turns = mark.ValueKind == JsonValueKind.True;
            }
            parts.Add(new Part(field, op, hasValue ? value.Clone() : default, turns));
        }
        condition = new FlowCondition(parts);
        return null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
