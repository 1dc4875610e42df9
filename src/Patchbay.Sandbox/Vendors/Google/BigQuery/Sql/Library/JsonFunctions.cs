using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>JSON in STRING values: JSON_VALUE, JSON_QUERY, TO_JSON_STRING.</summary>
internal static partial class JsonFunctions
{
    public static void AddTo(FunctionLibrary to)
    {
        to.Add("json_value", a => Find(a) is { } found ? found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
            _ => null,
        } : null);
        to.Add("json_query", a => Find(a)?.GetRawText());
        to.Add("to_json", a => ToJson(a[0], TypeText.Parse((string)a[1]!)), takesNull: true);
    }

    public static string WithPoint(string number) => number.AsSpan().IndexOfAny(".einN") < 0 ? number + ".0" : number;

    private static JsonElement? Find(object?[] a)
    {
        var path = a.Length > 1 ? (string)a[1]! : "$";
        if (!path.StartsWith('$') || Step().Replace(path[1..], "").Length > 0)
            throw new SqlError($"Invalid token in JSONPath at: {path}");
        JsonElement at;
        try
        {
            using var document = JsonDocument.Parse((string)a[0]!);
            at = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }

        foreach (Match step in Step().Matches(path[1..]))
        {
            if (step.Groups["index"].Success)
            {
                if (at.ValueKind != JsonValueKind.Array || !int.TryParse(step.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= at.GetArrayLength())
                    return null;
                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step.Groups["name"].Value, out at))
            {
                return null;
            }
        }

        return at;
    }

    public static string ToJson(object? value, SqlType type)
    {
        if (value is null)
            return "null";
        if (value is RawJson raw)
            value = raw.Text;
        return type.Kind switch
        {
            TypeKind.Array => $"[{string.Join(',', Lists.Read((string)value).Select(item => ToJson(item, type.Element!)))}]",
            TypeKind.Struct => $"{{{string.Join(',', Lists.Read((string)value).Zip(type.Fields!, (item, field) => JsonSerializer.Serialize(field.Name, Http.Json.Options) + ":" + ToJson(item, field.Type)))}}}",
            TypeKind.Int64 => Math.Abs((decimal)(long)value) > 9007199254740992m ? $"\"{value}\"" : Text.Of(value, type.Kind),
            TypeKind.Bool or TypeKind.Numeric => Text.Of(value, type.Kind),
            TypeKind.Float64 => double.IsFinite(NumberFunctions.F(value)) ? Text.Float(NumberFunctions.F(value)) : $"\"{Text.Float(NumberFunctions.F(value))}\"",
            TypeKind.Timestamp => $"\"{Temporal.Short(Temporal.Of(Temporal.FromMicros((long)value)))}Z\"",
            TypeKind.DateTime => $"\"{Temporal.Short((string)value)}\"",
            TypeKind.Bytes => $"\"{Convert.ToBase64String(Convert.FromHexString((string)value))}\"",
            _ => JsonSerializer.Serialize(Text.Of(value, type.Kind), Http.Json.Options),
        };
    }

    [GeneratedRegex("\\.(?<name>[A-Za-z0-9_-]+)|\\.\"(?<name>[^\"]+)\"|\\['(?<name>[^']+)'\\]|\\[\"(?<name>[^\"]+)\"\\]|\\[(?<index>[0-9]+)\\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
