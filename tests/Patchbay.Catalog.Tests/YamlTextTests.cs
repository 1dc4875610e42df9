using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NJsonSchema;
using Patchbay.Catalog.Loading;

namespace Patchbay.Catalog.Tests;

/// <summary>The reader takes files that anybody may have written.</summary>
public sealed class YamlTextTests
{
    private static readonly JsonSchema Schema = CatalogLoader.ParseSchema(File.ReadAllText(Path.Combine(Repo.Connectors, "connector.schema.json")));
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Any_text_is_a_connector_or_has_an_error_and_never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var errors = new List<CatalogError>();
            return CatalogLoader.Parse("x/connector.yaml", text ?? "", Schema, errors) is not null || errors.Count > 0;
        }).Check(Often);

    // Shorter than random text to the places where readers trip.
    [Fact]
    public void Text_of_the_signs_that_yaml_is_made_of_never_throws()
    {
        var signs = Gen.Elements("a", "b: ", "- ", "\n", "  ", "{", "}", "[", "]", ", ", ": ", "&x ", "*x", "!t ", "| \n", "> \n", "\"", "'", "#", "---\n", "? ", "\t", "%Y 1\n", "\0", "\uFEFF", "\\", "~", "1", "true");
        Prop.ForAll(Gen.ListOf(signs).Select(parts => string.Concat(parts)).ToArbitrary(), text =>
        {
            CatalogLoader.Parse("x/connector.yaml", text, Schema, []);
            return true;
        }).Check(Often.WithMaxTest(3000));
    }

    [Fact]
    public void What_json_says_is_read_as_json_says_it() =>
        Prop.ForAll(Values(4).ToArbitrary(), value => JsonNode.DeepEquals(YamlText.Parse(value!.ToJsonString()).Root, value)).Check(Often);

    [Fact]
    public void The_line_of_a_value_is_the_line_it_stands_in() =>
        Prop.ForAll(Gen.Choose(1, 60).ToArbitrary(), count =>
        {
            var yaml = YamlText.Parse(string.Concat(Enumerable.Range(0, count).Select(i => $"k{i}:\n  - v{i}\n")));
            return Enumerable.Range(0, count).All(i => yaml.LineOf($"/k{i}/0") == 2 * i + 2 && yaml.LineOf($"/k{i}/0/nothing/below") == 2 * i + 2);
        }).Check(Often.WithMaxTest(60));

    private static Gen<JsonNode?> Values(int depth)
    {
        var words = Gen.Elements("", "a", "yes", "no", "null", "~", "1.0", "a: b", "# c", "- d", "\"q\"", "it's", "ä☃", "line\nbreak", "tab\t", "{token}", "*.example.com", "0x1F", "2026-11-24");
        var flat = Gen.OneOf(
            words.Select(w => (JsonNode?)JsonValue.Create(w)),
            Gen.Choose(-1000, 1000).Select(n => (JsonNode?)JsonValue.Create((decimal)n)),
            Gen.Elements(true, false).Select(b => (JsonNode?)JsonValue.Create(b)));
        if (depth == 0)
            return flat;
        var below = Gen.ListOf(Values(depth - 1)).Select(items => items.Take(5).ToList());
        return Gen.OneOf(
            flat,
            below.Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())])),
            below.Select(items => (JsonNode?)new JsonObject(items.Select((item, i) => KeyValuePair.Create("k" + i.ToString(CultureInfo.InvariantCulture), item?.DeepClone())))));
    }
}
