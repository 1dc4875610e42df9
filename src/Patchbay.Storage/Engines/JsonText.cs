using System.Text.Encodings.Web;
using System.Text.Json;

namespace Patchbay.Storage.Engines;

/// <summary>JSON as stored: compact, and readable without escapes.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)
        ?? throw new InvalidDataException("Stored JSON is null where it must not be.");
}

/// <summary>JSON that the engine itself looks into.</summary>
internal readonly record struct QueriedJson(string Text);
