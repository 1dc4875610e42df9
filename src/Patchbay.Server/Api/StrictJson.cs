using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Patchbay.Server.Api;

/// <summary>Reads bodies that are free-form JSON. A name that stands twice in one object is refused here, as bad JSON: the
/// framework's own nodes find it only when they are first used, as a failure of ours.</summary>
internal sealed class StrictJsonObject : JsonConverter<JsonObject>
{
    public override JsonObject? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonObject.Create(StrictJson.Read(ref reader, JsonValueKind.Object));

    public override void Write(Utf8JsonWriter writer, JsonObject value, JsonSerializerOptions options) => value.WriteTo(writer, options);
}

/// <inheritdoc cref="StrictJsonObject"/>
internal sealed class StrictJsonArray : JsonConverter<JsonArray>
{
    public override JsonArray? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonArray.Create(StrictJson.Read(ref reader, JsonValueKind.Array));

    public override void Write(Utf8JsonWriter writer, JsonArray value, JsonSerializerOptions options) => value.WriteTo(writer, options);
}

internal static class StrictJson
{
    public static JsonElement Read(ref Utf8JsonReader reader, JsonValueKind kind)
    {
        var element = JsonElement.ParseValue(ref reader);
        if (element.ValueKind != kind)
            throw new JsonException("The value is of another kind.");
        DemandUnique(element);
        return element;
    }

    /// <remarks>As deep as the reader lets a text be: 64 levels.</remarks>
    private static void DemandUnique(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                DemandUnique(item);
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Add(NameOf(member)))
                throw new JsonException("A name stands twice in one object.");
            DemandUnique(member.Value);
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A name is no valid Unicode.");
        }
    }
}
