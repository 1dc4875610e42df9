using System.Text;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>
/// The object notation of Rest.li 2.0 in addresses: <c>List(a,b)</c> and <c>(key:value,other:(deeper:1))</c>.
/// Read before percent decoding, since a comma or bracket within a value travels escaped.
/// </summary>
internal static class RestLi
{
    private const int Deepest = 16;

    /// <summary>A list, an object or text; null when brackets do not close or it nests too deep.</summary>
    public static JsonNode? Parse(string raw)
    {
        // Clients that escape everything escape the notation too.
        var text = raw.Contains('(', StringComparison.Ordinal) ? raw : Uri.UnescapeDataString(raw);
        var at = 0;
        var value = Value(text, ref at, 0);
        return at == text.Length ? value : null;
    }

    /// <summary>The texts of a list; of a single text, that one.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.OfType<JsonValue>().Select(item => item.ToString())],
        JsonValue one => [one.ToString()],
        _ => [],
    };

    /// <summary>The parameters of a query, each parsed.</summary>
    public static Dictionary<string, JsonNode?> Query(string query)
    {
        var found = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : pair[(equals + 1)..].Replace('+', ' ');
            found[name] = value.Contains('(', StringComparison.Ordinal) || value.Contains("%28", StringComparison.OrdinalIgnoreCase)
                ? Parse(value) ?? Uri.UnescapeDataString(value)
                : Uri.UnescapeDataString(value);
        }

        return found;
    }

    private static JsonNode? Value(string text, ref int at, int depth)
    {
        if (depth > Deepest)
        {
            at = -1;
            return null;
        }

        if (string.CompareOrdinal(text, at, "List(", 0, 5) == 0)
        {
            at += 5;
            var list = new JsonArray();
            while (at < text.Length && text[at] != ')')
            {
                var item = Value(text, ref at, depth + 1);
                if (at < 0)
                    return null;
                list.Add(item);
                if (at < text.Length && text[at] == ',')
                    at++;
                else
                    break;
            }

            return Close(text, ref at) ? list : null;
        }

        if (at < text.Length && text[at] == '(')
        {
            at++;
            var map = new JsonObject();
            while (at < text.Length && text[at] != ')')
            {
                var colon = text.IndexOf(':', at);
                if (colon < 0)
                {
                    at = -1;
                    return null;
                }

                var key = Uri.UnescapeDataString(text[at..colon]);
                at = colon + 1;
                var value = Value(text, ref at, depth + 1);
                if (at < 0)
                    return null;
                map[key] = value;
                if (at < text.Length && text[at] == ',')
                    at++;
                else
                    break;
            }

            return Close(text, ref at) ? map : null;
        }

        var leaf = new StringBuilder();
        while (at < text.Length && text[at] is not (',' or ')' or '('))
            leaf.Append(text[at++]);
        return Uri.UnescapeDataString(leaf.ToString());
    }

    private static bool Close(string text, ref int at)
    {
        if (at < text.Length && text[at] == ')')
        {
            at++;
            return true;
        }

        at = -1;
        return false;
    }
}
