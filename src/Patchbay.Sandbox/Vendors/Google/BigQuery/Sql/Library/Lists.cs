using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>JSON that stays as it is inside of a list.</summary>
internal sealed record RawJson(string Text);

/// <summary>Arrays and structs: JSON lists of kept values.</summary>
internal static class Lists
{
    /// <summary>Nested lists come as <see cref="RawJson"/>.</summary>
    public static List<object?> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(Value)];
    }

    public static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText().AsSpan().IndexOfAny(".eE") < 0 && element.TryGetInt64(out var number) ? (object)number : double.Parse(element.GetRawText(), CultureInfo.InvariantCulture),
        JsonValueKind.True => 1L,
        JsonValueKind.False => 0L,
        _ => new RawJson(element.GetRawText()),
    };

    /// <summary>As a value on its own: nested lists are text there.</summary>
    public static object? Outside(object? value) => value is RawJson raw ? raw.Text : value;

    public static string Write(IEnumerable<object?> items)
    {
        var text = new StringBuilder("[");
        foreach (var item in items)
        {
            if (text.Length > 1)
                text.Append(',');
            text.Append(Write(item));
        }

        return text.Append(']').ToString();
    }

    private static string Write(object? item) => item switch
    {
        null => "null",
        RawJson raw => raw.Text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Number(number),
        _ => JsonSerializer.Serialize((string)item, State.StoreJson.Options),
    };

    private static string Number(double value)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "9e999" : "-9e999";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny(".eE") < 0 ? text + ".0" : text;
    }
}
