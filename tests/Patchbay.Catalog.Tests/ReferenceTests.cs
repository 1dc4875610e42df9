using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Patchbay.Catalog.Tests;

/// <summary>The table of fields in docs/reference/connectors.md is made of the schema, and stays so.</summary>
public sealed class ReferenceTests
{
    private const string Begin = "<!-- fields: made of connectors/connector.schema.json -->\n", End = "<!-- /fields -->\n";

    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repo.Connectors, "connector.schema.json")))!.AsObject();

    [Fact]
    public void The_table_of_fields_is_that_of_the_schema()
    {
        var file = Path.Combine(Repo.Connectors, "..", "docs", "reference", "connectors.md");
        var page = File.ReadAllText(file);
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        from.ShouldBeGreaterThan(Begin.Length);
        var table = Table();
        var received = Path.Combine(AppContext.BaseDirectory, "connectors.md.received");
        if (page[from..to] != table)
            File.WriteAllText(received, page[..from] + table + page[to..]);
        (page[from..to] == table).ShouldBeTrue($"the schema changed: copy {received} over docs/reference/connectors.md");
    }

    [Fact]
    public void Every_key_at_the_top_says_what_it_is_for() =>
        Schema["properties"]!.AsObject().Where(p => Describe(p.Value!.AsObject()).Length == 0 && p.Key is not ("oAuth" or "operations")).Select(p => p.Key).ShouldBeEmpty();

    private static string Table()
    {
        var text = new StringBuilder("\n| key | form | needed | what it is |\n|---|---|---|---|\n");
        Rows(text, "", Schema);
        return text.Append('\n').ToString();
    }

    private static void Rows(StringBuilder text, string prefix, JsonObject of)
    {
        var needed = of["required"]?.AsArray().Select(n => n!.GetValue<string>()).ToHashSet() ?? [];
        foreach (var (name, value) in of["properties"]?.AsObject() ?? [])
        {
            var own = value!.AsObject();
            var target = Resolved(own);
            text.Append(CultureInfo.InvariantCulture, $"| `{prefix}{name}` | {Form(target)} | {(needed.Contains(name) ? "yes" : "")} | {Escape(Describe(own))} |\n");
            Rows(text, prefix + name + (target["items"] is null ? "." : "[]."), target["items"] is JsonObject items ? Resolved(items) : target);
        }
    }

    private static JsonObject Resolved(JsonObject value) =>
        value["$ref"]?.GetValue<string>() is { } reference ? Schema["definitions"]![reference["#/definitions/".Length..]]!.AsObject() : value;

    private static string Describe(JsonObject value) => value["description"]?.GetValue<string>() ?? Resolved(value)["description"]?.GetValue<string>() ?? "";

    private static string Form(JsonObject value) => value switch
    {
        _ when value["enum"] is JsonArray words => string.Join(", ", words.Select(w => $"`{w}`")),
        _ when value["type"]?.GetValue<string>() is "array" => Resolved(value["items"]!.AsObject())["type"]!.GetValue<string>() == "object" ? "list" : "list of texts",
        _ => value["type"]?.GetValue<string>() switch { "object" => "map", "boolean" => "true or false", "integer" => "number", _ => "text" },
    };

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*.", "\\*.", StringComparison.Ordinal);
}
