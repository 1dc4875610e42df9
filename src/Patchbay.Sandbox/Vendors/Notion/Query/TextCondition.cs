using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Query;

/// <summary>Conditions on text. Case does not matter, as in Notion's own search within a table.</summary>
internal static class TextCondition
{
    public static Func<string, bool> Read(JsonObject condition, string path)
    {
        (string Word, Func<string, string, bool> Holds)[] known =
        [
            ("equals", (text, wanted) => text.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
            ("does_not_equal", (text, wanted) => !text.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
            ("contains", (text, wanted) => text.Contains(wanted, StringComparison.OrdinalIgnoreCase)),
            ("does_not_contain", (text, wanted) => !text.Contains(wanted, StringComparison.OrdinalIgnoreCase)),
            ("starts_with", (text, wanted) => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)),
            ("ends_with", (text, wanted) => text.EndsWith(wanted, StringComparison.OrdinalIgnoreCase)),
        ];
        foreach (var (word, holds) in known)
        {
            if (condition[word] is { } node)
            {
                var wanted = condition.Text(word) ?? throw NotionRefusal.Body($"{path}.{word}", "a string", node);
                return text => holds(text, wanted);
            }
        }

        var empty = Filter.Emptiness(condition, path);
        return text => text.Length == 0 == empty;
    }
}
