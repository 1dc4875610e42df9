using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Vault.Secrets;

namespace Patchbay.Storage.Engines;

/// <summary>The row under a reader. Both engines' values come out as our types.</summary>
internal sealed class Row(DbDataReader reader)
{
    public string Text(string column) => reader.GetString(reader.GetOrdinal(column));

    public string? TextOrNull(string column) => Value(column) as string;

    public int Int(string column) => checked((int)Long(column));

    public int? IntOrNull(string column) => Value(column) is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;

    public long Long(string column) => Convert.ToInt64(reader.GetValue(reader.GetOrdinal(column)), CultureInfo.InvariantCulture);

    public double Double(string column) => Convert.ToDouble(reader.GetValue(reader.GetOrdinal(column)), CultureInfo.InvariantCulture);

    public bool Bool(string column) => Value(column) is true or not (0L or false or null);

    public DateTimeOffset Time(string column) => TimeOrNull(column) ?? throw new InvalidDataException($"{column} is null.");

    public DateTimeOffset? TimeOrNull(string column) => Value(column) switch
    {
        long micros => Times.FromMicros(micros),
        DateTime utc => new DateTimeOffset(utc, TimeSpan.Zero),
        _ => null,
    };

    public T Enum<T>(string column)
        where T : struct, Enum => System.Enum.Parse<T>(Text(column));

    public JsonObject Json(string column) => JsonNode.Parse(Text(column)) as JsonObject ?? throw new InvalidDataException($"{column} is no JSON object.");

    public JsonObject? JsonOrNull(string column) => Value(column) is string text ? JsonNode.Parse(text) as JsonObject : null;

    public IReadOnlyList<string> List(string column) => JsonText.Read<List<string>>(Text(column));

    /// <summary>From the columns <c>key_id</c>, <c>wrapped_key</c> and <c>payload</c>; null without them.</summary>
    public SealedSecret? Sealed() => Value("key_id") is string key ? new(key, (byte[])Value("wrapped_key")!, (byte[])Value("payload")!) : null;

    private object? Value(string column) => reader.GetValue(reader.GetOrdinal(column)) is var value && value is DBNull ? null : value;
}
