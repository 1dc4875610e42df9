using System.Globalization;
using System.Text.Json;

namespace Patchbay.Vault.OAuth;

/// <summary>Reads <c>a.b</c> out of a vendor's JSON. Alternatives stand behind <c>|</c>.</summary>
internal static class JsonPaths
{
    public static JsonElement? Find(JsonElement root, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
                return null;
        }
        return root.ValueKind == JsonValueKind.Null ? null : root;
    }

    /// <summary>A string, or a number as text; null for anything else or an empty string.</summary>
    public static string? Text(JsonElement root, string path) => Find(root, path) switch
    {
        { ValueKind: JsonValueKind.String } s => s.GetString() is { Length: > 0 } text ? text : null,
        { ValueKind: JsonValueKind.Number } n => n.GetRawText(),
        _ => null,
    };

    /// <summary>Seconds as a number or as text; null if absent, unreadable or not in the future (then: unknown end).</summary>
    public static TimeSpan? Seconds(JsonElement root, string path) =>
        double.TryParse(Text(root, path), NumberStyles.Float, CultureInfo.InvariantCulture, out var s) && s is > 0 and < 1e10 ? TimeSpan.FromSeconds(s) : null;

    public static string? Joined(JsonElement root, IReadOnlyList<string> paths, string separator)
    {
        var parts = paths.Select(p => Text(root, p)).OfType<string>().ToList();
        return parts.Count == 0 ? null : string.Join(separator, parts);
    }

    /// <summary>The n-th alternative of a path, or its last where it has fewer.</summary>
    public static string Alternative(string paths, int index)
    {
        var all = paths.Split('|');
        return all[Math.Min(index, all.Length - 1)].Trim();
    }
}
