using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Platform.Apps.Entities;

/// <summary>The fields a filter or a sort may name: the server-owned ones, and those of the data.</summary>
public static class RecordFields
{
    public const string Id = "id";
    public const string Created = "created_date";
    public const string Updated = "updated_date";
    public const string CreatedBy = "created_by";

    /// <summary>They stand beside the data and hide a data field of the same name. They are always there, even if null.</summary>
    public static bool IsServerOwned(string field) => field is Id or Created or Updated or CreatedBy;

    /// <summary>UTC with six decimals, so that texts sort as the times do: <c>2026-03-01T09:30:00.000000Z</c>.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Null for a missing or null field.</summary>
    public static JsonNode? Value(Record record, string field)
    {
        ArgumentNullException.ThrowIfNull(record);
        return field switch
        {
            Id => record.Id,
            Created => Text(record.CreatedAt),
            Updated => Text(record.UpdatedAt),
            CreatedBy => record.CreatedBy,
            _ => record.Data.TryGetPropertyValue(field, out var value) ? value : null,
        };
    }

    public static bool Exists(Record record, string field)
    {
        ArgumentNullException.ThrowIfNull(record);
        return IsServerOwned(field) || record.Data.ContainsKey(field);
    }

    /// <summary>Refuses what one of the engines could not keep or compare: the character U+0000, half a surrogate pair, and
    /// numbers that no double can hold.</summary>
    /// <exception cref="RecordRefusedException">The message names the field.</exception>
    public static void Check(JsonObject data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var (name, value) in data)
            Check(name, name, value);
    }

    private static void Check(string field, string name, JsonNode? value)
    {
        if (!IsStorable(name))
            throw new RecordRefusedException("A field's name holds a character that cannot be stored (U+0000 or half a surrogate pair).");
        switch (value)
        {
            case JsonObject inner:
                foreach (var (innerName, innerValue) in inner)
                    Check(field, innerName, innerValue);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Check(field, field, item);
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                if (!IsStorable(text))
                    throw new RecordRefusedException($"The text in '{field}' holds a character that cannot be stored (U+0000 or half a surrogate pair).");
                break;
            case JsonValue number when number.GetValueKind() == JsonValueKind.Number:
                if (!IsStorableNumber(number.ToJsonString()))
                    throw new RecordRefusedException($"The number in '{field}' is out of range: its size must lie between 1e-300 and 1e300, or be 0.");
                break;
        }
    }

    internal static bool IsStorable(JsonValue text)
    {
        try
        {
            return IsStorable(text.GetValue<string>());
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json refuses to decode an escaped half of a pair.
            return false;
        }
    }

    internal static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i)))
                return false;
            if (char.IsHighSurrogate(text[i]))
                i++;
        }
        return true;
    }

    /// <summary>The ends of a double's range are left out: the engines round differently there, or refuse.</summary>
    internal static bool IsStorableNumber(string json)
    {
        var value = Math.Abs(double.Parse(json, CultureInfo.InvariantCulture));
        return value is >= 1e-300 and <= 1e300 || (value == 0 && json.TakeWhile(c => c is not ('e' or 'E')).All(c => c is '-' or '0' or '.'));
    }
}

/// <summary>A record cannot be stored as it is. The message is for the one who sent it.</summary>
public sealed class RecordRefusedException(string message) : Exception(message);
