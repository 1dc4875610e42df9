using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Server.Commands.Demo;

/// <summary>Makes exactly the event that a flow waits for, from the trigger as the API shows it.</summary>
/// <param name="Before">The record as it is created first; null if creating is no part of it.</param>
/// <param name="Change">Fields to set afterwards; null for none.</param>
/// <param name="Delete">Whether it is deleted at the end.</param>
internal sealed record DemoTrigger(string Entity, JsonObject Before, JsonObject? Change, bool Delete)
{
    /// <exception cref="DemoFailure">The demo has no record that makes the condition turn true.</exception>
    public static DemoTrigger For(string entity, string on, string? condition, DateOnly today)
    {
        var parts = condition is null ? [] : JsonNode.Parse(condition)!.AsArray()
            .Select(c => (Field: (string)c!["field"]!, Op: (string)c["op"]!, Value: (string?)c["value"] ?? "", Turns: (bool?)c["turns"] ?? false)).ToList();
        // Where one part is marked as the event, the record has the other ones from the start.
        var marked = parts.Exists(p => p.Turns);
        var properties = DemoWorld.Entities[entity]["properties"]!.AsObject();
        var holds = DemoWorld.Sample(entity, today);
        var differs = DemoWorld.Sample(entity, today);
        foreach (var (field, op, value, turns) in parts)
        {
            var schema = properties[field]?.AsObject() ?? throw new DemoFailure($"The demo cannot set the field '{field}' of {entity}.");
            var (yes, no) = Values(schema, op, value, holds[field]);
            holds[field] = yes;
            differs[field] = turns || !marked ? no : yes?.DeepClone();
        }
        switch (on)
        {
            case "create":
                return new(entity, holds, null, false);
            case "delete":
                return new(entity, holds, null, true);
            default:
                var change = new JsonObject();
                foreach (var (field, value) in holds)
                {
                    if (!JsonNode.DeepEquals(value, differs[field]))
                        change[field] = value?.DeepClone();
                }
                // Without a condition any change counts: the first text field gets another value.
                if (change.Count == 0)
                {
                    var text = holds.First(f => properties[f.Key]!["enum"] is null && properties[f.Key]!["format"] is null && (string?)properties[f.Key]!["type"] == "string");
                    change[text.Key] = text.Value + " (updated)";
                }
                return new(entity, differs, change, false);
        }
    }

    /// <summary>A value for which the comparison holds, and one for which it does not.</summary>
    private static (JsonNode? Yes, JsonNode? No) Values(JsonObject schema, string op, string value, JsonNode? sample)
    {
        if (schema["enum"] is JsonArray options)
        {
            var all = options.Select(o => (string)o!).ToList();
            var other = all.First(o => o != value);
            return op switch
            {
                "==" => (value, other),
                "!=" => (other, value),
                _ => (all[^1], all[0]),
            };
        }
        if ((string?)schema["type"] == "number")
        {
            var number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : 100;
            return op switch
            {
                "==" => (number, number + 1),
                "!=" => (number + 1, number),
                ">" or ">=" => (number + 1, number - 1),
                "<" or "<=" => (number - 1, number + 1),
                _ => (number + 1, number),
            };
        }
        var text = sample?.DeepClone();
        return op switch
        {
            "==" => (value, text),
            "!=" => (text, value),
            _ => (Later(schema, text), text),
        };
    }

    private static JsonNode? Later(JsonObject schema, JsonNode? sample) => (string?)schema["format"] switch
    {
        "date" => DateOnly.Parse((string)sample!, CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "date-time" => (sample is null ? "2026-01-01" : ((string)sample!)[..10]) + "T18:00:00Z",
        "email" => "someone.else@example.com",
        "uri" => "https://example.com/changed",
        _ => sample + " (updated)",
    };
}
