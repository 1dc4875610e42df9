using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Patchbay.Catalog.Loading;

/// <summary>A YAML file as JSON, with the line of every value (keyed by JSON pointer).</summary>
internal sealed class YamlText
{
    // Aliases can make a small file huge ("billion laughs"); the catalog has no use for them.
    private const int MaximumNodes = 50_000;

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlText()
    {
    }

    public JsonNode? Root { get; private set; }

    /// <exception cref="YamlException">The text is no YAML of the subset used here.</exception>
    public static YamlText Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var parsed = new YamlText();
        if (stream.Documents.Count > 1)
            throw new YamlException("More than one YAML document. Keep one per file.");
        parsed.Root = stream.Documents.Count == 0 ? null : parsed.Convert(stream.Documents[0].RootNode, "");
        return parsed;
    }

    /// <summary>The line of a value, or of the nearest value around it.</summary>
    public int LineOf(string pointer)
    {
        for (var at = pointer; ; at = at[..Math.Max(at.LastIndexOf('/'), 0)])
        {
            if (_lines.TryGetValue(at, out var line))
                return line;
            if (at.Length == 0)
                return 1;
        }
    }

    private JsonNode? Convert(YamlNode node, string pointer)
    {
        if (++_nodes > MaximumNodes)
            throw new YamlException(node.Start, node.End, "The file has too many values. Do not use aliases.");
        _lines[pointer] = (int)node.Start.Line;
        return node switch
        {
            YamlMappingNode map => Map(map, pointer),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select((child, i) => Convert(child, $"{pointer}/{i}"))]),
            YamlScalarNode scalar => Scalar(scalar),
            _ => throw new YamlException(node.Start, node.End, "Only maps, lists and plain values are allowed."),
        };
    }

    private JsonObject Map(YamlMappingNode map, string pointer)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value
                ?? throw new YamlException(key.Start, key.End, "A key must be plain text.");
            if (!result.TryAdd(name, Convert(value, $"{pointer}/{name}")))
                throw new YamlException(key.Start, key.End, $"The key '{name}' stands here twice.");
        }

        return result;
    }

    // YAML 1.2 core schema for plain scalars; quoted ones are always text.
    private static JsonValue? Scalar(YamlScalarNode scalar) => scalar switch
    {
        { Style: not ScalarStyle.Plain } => JsonValue.Create(scalar.Value ?? ""),
        { Value: null or "" or "null" or "~" } => null,
        { Value: "true" } => JsonValue.Create(true),
        { Value: "false" } => JsonValue.Create(false),
        { Value: var text } when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        _ => JsonValue.Create(scalar.Value!),
    };
}
