using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary><c>@{newAccount.id}</c> in a part of a composite call: what an earlier part answered.</summary>
internal static class References
{
    public static JsonNode? Fill(JsonNode? node, IReadOnlyDictionary<string, JsonNode?> known) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, known)))),
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, known))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Fill(text, known),
        _ => node?.DeepClone(),
    };

    public static string Fill(string text, IReadOnlyDictionary<string, JsonNode?> known)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (text.IndexOf("@{", at, StringComparison.Ordinal) is >= 0 and var start && text.IndexOf('}', start) is > 0 and var end)
        {
            filled.Append(text, at, start - at).Append(Value(text[(start + 2)..end], known));
            at = end + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    private static string Value(string path, IReadOnlyDictionary<string, JsonNode?> known)
    {
        var steps = path.Split('.', '[', ']').Where(step => step.Length > 0).ToList();
        if (steps.Count == 0 || !known.TryGetValue(steps[0], out var at))
            throw new SalesforceRefusal("PROCESSING_HALTED", $"Invalid reference specified. No value for {path} found in {(steps.Count == 0 ? "" : steps[0])}");
        foreach (var step in steps.Skip(1))
        {
            at = at switch
            {
                JsonObject map => map.FirstOrDefault(member => member.Key.Equals(step, StringComparison.OrdinalIgnoreCase)).Value,
                JsonArray list when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return at is null ? throw new SalesforceRefusal("PROCESSING_HALTED", $"Invalid reference specified. No value for {path} found in {steps[0]}") : FieldValues.Show(at);
    }
}
