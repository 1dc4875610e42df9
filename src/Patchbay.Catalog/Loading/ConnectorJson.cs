using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Patchbay.Catalog.Loading;

/// <summary>JSON that the schema accepted, to records.</summary>
internal static class ConnectorJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new CallConverter() },
    };

    /// <summary>Null where the text cannot be read as a connector, whatever the schema thought of it.</summary>
    public static Connector? TryRead(JsonObject root)
    {
        var copy = root.DeepClone().AsObject();
        // Records with positional members know no default: an absent list would arrive as null.
        foreach (var scope in copy["scopes"]!.AsArray())
            scope!.AsObject().TryAdd("implies", new JsonArray());
        try
        {
            return copy.Deserialize<Connector>(Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary><c>POST slack.com/api/chat.postMessage</c>.</summary>
    private sealed class CallConverter : JsonConverter<OperationCall>
    {
        public override OperationCall Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException("A call is text: METHOD host/path.");
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            return space > 0 && slash > space
                ? new OperationCall(text[..space], text[(space + 1)..slash], text[slash..])
                : throw new JsonException("A call is written METHOD host/path.");
        }

        public override void Write(Utf8JsonWriter writer, OperationCall value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{value.Method} {value.Host}{value.Path}");
    }
}
