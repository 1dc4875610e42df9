using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Comparing, sorting and showing of values.</summary>
internal static class SoqlValues
{
    public static int Compare(object? one, object? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        (decimal a, decimal b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (DateOnly a, DateOnly b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => 0,
    };

    /// <summary>Picklists sort by the order of their values, as their set-up says, not by the alphabet.</summary>
    public static object? SortKey(SObjectField? field, object? value) =>
        field is { Type: FieldType.Picklist } && value is string text
            ? field.Values.ToList().FindIndex(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? at.ToString("D4", CultureInfo.InvariantCulture) : "9999" + text
            : value;

    public static JsonNode? Show(object? value) => value switch
    {
        null => null,
        string text => text,
        decimal number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        DateOnly date => FieldValues.Show(date),
        DateTimeOffset at => FieldValues.Show(at),
        _ => throw new ArgumentException("No such value."),
    };

    /// <summary>% for any characters, _ for one; letters of either case. Linear in text times pattern.</summary>
    public static bool Like(string text, string pattern)
    {
        var parts = new List<(char Char, char Kind)>();
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '\\' && index + 1 < pattern.Length && pattern[index + 1] is '%' or '_')
                parts.Add((char.ToUpperInvariant(pattern[++index]), 'c'));
            else
                parts.Add((char.ToUpperInvariant(pattern[index]), pattern[index] is '%' or '_' ? pattern[index] : 'c'));
        }

        var (t, p, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < parts.Count && parts[p].Kind == '%')
                (star, mark, p) = (p, t, p + 1);
            else if (p < parts.Count && (parts[p].Kind == '_' || parts[p].Char == char.ToUpperInvariant(text[t])))
                (t, p) = (t + 1, p + 1);
            else if (star >= 0)
                (t, p, mark) = (mark + 1, star + 1, mark + 1);
            else
                return false;
        }

        while (p < parts.Count && parts[p].Kind == '%')
            p++;
        return p == parts.Count;
    }

    /// <summary>A string literal outside LIKE: its escaped wildcards are plain characters.</summary>
    public static string Plain(string text) => text.Replace("\\%", "%", StringComparison.Ordinal).Replace("\\_", "_", StringComparison.Ordinal);
}
