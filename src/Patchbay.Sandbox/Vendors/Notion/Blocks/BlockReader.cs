using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Blocks;

/// <summary>A checked block that is not stored yet, with what stands in it.</summary>
internal sealed record BlockDraft(string Type, JsonObject Content, IReadOnlyList<BlockDraft> Children);

/// <summary>Reads blocks that a client sent, with Notion's limits.</summary>
internal sealed class BlockReader(RichText richText, FileValue files)
{
    /// <summary>What a callout gets that names none.</summary>
    public const string DefaultEmoji = "💡";

    private static readonly string[] LinkKinds = ["page_id", "database_id", "comment_id"];

    private static readonly string[] Languages =
    [
        "abap", "abc", "agda", "arduino", "ascii art", "assembly", "bash", "basic", "bnf", "c", "c#", "c++", "clojure", "coffeescript",
        "coq", "css", "dart", "dhall", "diff", "docker", "ebnf", "elixir", "elm", "erlang", "f#", "flow", "fortran", "gherkin",
        "glsl", "go", "graphql", "groovy", "haskell", "hcl", "html", "idris", "java", "javascript", "json", "julia", "kotlin", "latex",
        "less", "lisp", "livescript", "llvm ir", "lua", "makefile", "markdown", "markup", "matlab", "mathematica", "mermaid", "nix", "notion formula", "objective-c",
        "ocaml", "pascal", "perl", "php", "plain text", "powershell", "prolog", "protobuf", "purescript", "python", "r", "racket", "reason", "ruby",
        "rust", "sass", "scala", "scheme", "scss", "shell", "smalltalk", "solidity", "sql", "swift", "toml", "typescript", "vb.net", "verilog",
        "vhdl", "visual basic", "webassembly", "xml", "yaml", "java/c/c++/c#",
    ];

    public static bool KnowsLanguage(string language) => Languages.Contains(language);

    /// <summary>A list of blocks with everything in them.</summary>
    /// <exception cref="NotionRefusal">One of them is wrong, or there are too many, or they nest too deep.</exception>
    /// <param name="node">The list.</param>
    /// <param name="path">Its place in the body.</param>
    /// <param name="call">Whose call it is.</param>
    /// <param name="within">The block they will stand in; null for a page.</param>
    public IReadOnlyList<BlockDraft> ReadAll(JsonNode? node, string path, NotionCall call, BlockTypes.BlockType? within = null)
    {
        var count = 0;
        return ReadList(node, path, call, 0, within, ref count);
    }

    /// <summary>What stands under a type's name: checked, filled up, without children.</summary>
    /// <param name="type">A known type.</param>
    /// <param name="given">As sent.</param>
    /// <param name="old">What stood there: an update changes only what it names.</param>
    /// <param name="path">Its place in the body.</param>
    /// <param name="call">Whose call it is.</param>
    public JsonObject Content(BlockTypes.BlockType type, JsonObject given, JsonObject? old, string path, NotionCall call)
    {
        var content = new JsonObject();
        if (type.HasText)
        {
            content["rich_text"] = given["rich_text"] is null && old?["rich_text"] is { } kept ? kept.DeepClone() : richText.Read(given["rich_text"] ?? given["text"], $"{path}.rich_text");
            if (type.Name is not "code")
                content["color"] = Color(given.Text("color") ?? old.Text("color") ?? "default", path);
        }

        switch (type.Name)
        {
            case "to_do":
                content["checked"] = given["checked"] is null ? old.Flag("checked") : given["checked"] is JsonValue box && box.TryGetValue<bool>(out var yes) ? yes : throw NotionRefusal.Body($"{path}.checked", "a boolean", given["checked"]);
                break;
            case "heading_1" or "heading_2" or "heading_3" or "heading_4":
                content["is_toggleable"] = given["is_toggleable"] is null ? old.Flag("is_toggleable") : given.Flag("is_toggleable");
                break;
            case "callout":
                content["icon"] = given.ContainsKey("icon") ? files.Icon(given["icon"], $"{path}.icon", call) : old?["icon"]?.DeepClone() ?? new JsonObject { ["type"] = "emoji", ["emoji"] = DefaultEmoji };
                break;
            case "code":
                var language = given.Text("language") ?? old.Text("language") ?? throw NotionRefusal.Missing($"{path}.language");
                content["language"] = Languages.Contains(language) ? language : throw NotionRefusal.Body($"{path}.language", "a language Notion knows", language);
                content["caption"] = Caption(given, old, path);
                break;
            case "equation":
                content["expression"] = given.Text("expression") ?? old.Text("expression") ?? throw NotionRefusal.Missing($"{path}.expression");
                break;
            case "table_of_contents":
                content["color"] = Color(given.Text("color") ?? old.Text("color") ?? "default", path);
                break;
            case "bookmark" or "embed":
                content["url"] = given.Text("url") ?? old.Text("url") ?? throw NotionRefusal.Missing($"{path}.url");
                content["caption"] = Caption(given, old, path);
                break;
            case "link_to_page":
                var kind = LinkKinds.FirstOrDefault(name => given[name] is not null) ?? throw NotionRefusal.Missing($"{path}.page_id");
                content["type"] = kind;
                content[kind] = NotionCall.BodyId(given, kind, $"{path}.{kind}");
                break;
            case "synced_block":
                content["synced_from"] = given["synced_from"]?.DeepClone();
                break;
            case "column" when given["width_ratio"] is { } ratio:
                content["width_ratio"] = ratio.DeepClone();
                break;
            case "table":
                content["table_width"] = given.Number("table_width") ?? old.Number("table_width") ?? throw NotionRefusal.Missing($"{path}.table_width");
                content["has_column_header"] = given["has_column_header"] is null ? old.Flag("has_column_header") : given.Flag("has_column_header");
                content["has_row_header"] = given["has_row_header"] is null ? old.Flag("has_row_header") : given.Flag("has_row_header");
                break;
            case "table_row":
                var cells = given["cells"] as JsonArray ?? throw NotionRefusal.Missing($"{path}.cells");
                content["cells"] = new JsonArray([.. cells.Select((cell, index) => (JsonNode)richText.Read(cell, $"{path}.cells[{index}]"))]);
                break;
            case { } file when BlockFiles.Types.Contains(file):
                content["caption"] = Caption(given, old, path);
                content["stored"] = given["external"] is null && given["file_upload"] is null && old?["stored"] is { } before ? before.DeepClone() : files.Read(given, path, call);
                if (file is "file")
                    content["name"] = given.Text("name") ?? old.Text("name") ?? "file";
                break;
        }

        return content;
    }

    private List<BlockDraft> ReadList(JsonNode? node, string path, NotionCall call, int depth, BlockTypes.BlockType? within, ref int count)
    {
        if (node is not JsonArray list)
            throw node is null ? NotionRefusal.Missing(path) : NotionRefusal.Body(path, "an array", node);
        if (list.Count > NotionLimits.Children)
            throw NotionRefusal.Body($"{path}.length", $"≤ `{NotionLimits.Children}`", list.Count);
        if ((count += list.Count) > NotionLimits.Blocks)
            throw NotionRefusal.Validation($"The request has more than {NotionLimits.Blocks} blocks.");
        var drafts = new List<BlockDraft>(list.Count);
        foreach (var (item, index) in list.Select((item, index) => (item, index)))
            drafts.Add(One(item, $"{path}[{index}]", call, depth, within, ref count));
        return drafts;
    }

    private BlockDraft One(JsonNode? item, string path, NotionCall call, int depth, BlockTypes.BlockType? within, ref int count)
    {
        if (item is not JsonObject given)
            throw NotionRefusal.Body(path, "an object", item);
        var name = given.Text("type") ?? BlockTypes.Names.FirstOrDefault(known => given[known] is not null);
        if (BlockTypes.Find(name) is not { } type || type.Name is "child_page" or "child_database")
            throw NotionRefusal.Body($"{path}.type", "a type of block that can be made", given["type"] ?? given);
        if (type.Name != (within?.Inner ?? type.Name) || (type.Name is "table_row" or "column" && within?.Inner != type.Name))
            throw NotionRefusal.Body($"{path}.type", within?.Inner is { } inner ? $"`\"{inner}\"`" : "a block that may stand here", type.Name);
        var inside = given[type.Name] as JsonObject ?? throw NotionRefusal.Missing($"{path}.{type.Name}");
        var content = Content(type, inside, null, $"{path}.{type.Name}", call);
        var children = inside["children"] ?? given["children"];
        if (type.Name == "table")
            DemandRows(children, content, $"{path}.table.children");
        if (children is null or JsonArray { Count: 0 })
            return new BlockDraft(type.Name, content, []);
        if (!type.MayNest || (type.Name.StartsWith("heading", StringComparison.Ordinal) && !content.Flag("is_toggleable")))
            throw NotionRefusal.Body($"{path}.{type.Name}.children", "not present", children);
        if (depth >= NotionLimits.Nesting && type.Name is not "table")
            throw NotionRefusal.Body($"{path}.{type.Name}.children", "not present", children);
        return new BlockDraft(type.Name, content, ReadList(children, $"{path}.{type.Name}.children", call, depth + 1, type, ref count));
    }

    private static void DemandRows(JsonNode? children, JsonObject table, string path)
    {
        if (children is not JsonArray { Count: > 0 } rows)
            throw NotionRefusal.Missing(path);
        var width = table.Number("table_width");
        foreach (var row in rows)
        {
            if ((row.Child("table_row").Child("cells") as JsonArray)?.Count != width)
                throw NotionRefusal.Validation("Number of cells in table row must match the table width of the parent table");
        }
    }

    private JsonArray Caption(JsonObject given, JsonObject? old, string path) =>
        given["caption"] is null ? old?["caption"]?.DeepClone() as JsonArray ?? [] : richText.Read(given["caption"], $"{path}.caption");

    private static string Color(string color, string path) => RichText.IsColor(color) ? color : throw NotionRefusal.Body($"{path}.color", "a color Notion knows", color);
}
