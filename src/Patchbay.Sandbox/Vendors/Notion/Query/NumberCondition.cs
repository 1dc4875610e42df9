using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Notion.Query;

/// <summary>Conditions on numbers. An empty number is unequal to every number and neither greater nor less.</summary>
internal static class NumberCondition
{
    public static Func<double?, bool> Read(JsonObject condition, string path)
    {
        (string Word, Func<double?, double, bool> Holds)[] known =
        [
            ("equals", (number, wanted) => number == wanted),
            ("does_not_equal", (number, wanted) => number != wanted),
            ("greater_than", (number, wanted) => number > wanted),
            ("less_than", (number, wanted) => number < wanted),
            ("greater_than_or_equal_to", (number, wanted) => number >= wanted),
            ("less_than_or_equal_to", (number, wanted) => number <= wanted),
        ];
        foreach (var (word, holds) in known)
        {
            if (condition[word] is { } node)
            {
                var wanted = node is JsonValue value && value.TryGetValue<double>(out var number) ? number : throw NotionRefusal.Body($"{path}.{word}", "a number", node);
                return actual => holds(actual, wanted);
            }
        }

        var empty = Filter.Emptiness(condition, path);
        return actual => actual is null == empty;
    }
}
