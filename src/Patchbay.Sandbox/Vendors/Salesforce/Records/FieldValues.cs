using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Records;

/// <summary>Between the JSON of a field and the value that comparisons need: text, decimal, bool, DateOnly or DateTimeOffset.</summary>
internal static class FieldValues
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss'.000+0000'";

    public static object? Read(SObjectField field, JsonNode? raw) => raw is null ? null : field.Type switch
    {
        FieldType.Boolean => raw is JsonValue value && value.TryGetValue<bool>(out var flag) && flag,
        FieldType.Date => SalesforceJson.Text(raw) is { } day && TryDate(day, out var date) ? date : null,
        FieldType.DateTime => SalesforceJson.Text(raw) is { } moment && TryMoment(moment, out var at) ? at : null,
        FieldType.Address => null,
        _ when field.Type.IsNumber() => Number(raw) is { } number ? number : null,
        _ => SalesforceJson.Text(raw),
    };

    public static decimal? Number(JsonNode? raw)
    {
        if (raw is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
            return null;
        return decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>With an offset, in any of ISO 8601's spellings that Salesforce takes.</summary>
    public static bool TryMoment(string text, out DateTimeOffset at)
    {
        at = default;
        return text.Length >= 17 && text[10] == 'T' && (text[^1] is 'Z' or 'z' || text.AsSpan(11).IndexOfAny('+', '-') > 0)
            && DateTimeOffset.TryParse(text.EndsWith("+0000", StringComparison.Ordinal) ? text[..^5] + "Z" : text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out at);
    }

    public static string Show(DateTimeOffset at) => at.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    public static string Show(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>As a CSV cell or a line for people.</summary>
    public static string Show(JsonNode? raw) => raw switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => raw.ToJsonString(),
    };
}
