using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>Notion's rich text: checked as Notion checks it, filled up with what Notion fills in.</summary>
internal sealed class RichText(NotionWorld world)
{
    public const int LongestText = 2000;
    private const int MostPieces = 100;

    private static readonly string[] Colors =
    [
        "default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red",
        "gray_background", "brown_background", "orange_background", "yellow_background", "green_background", "blue_background", "purple_background", "pink_background", "red_background", "default_background",
    ];

    public static bool IsColor(string text) => Colors.Contains(text);

    /// <summary>Plain words as rich text.</summary>
    public static JsonArray Of(string text) => text.Length == 0 ? [] : [Filled(new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["content"] = text, ["link"] = null } }, null, text, null)];

    public static string Plain(JsonArray? pieces) => string.Concat((pieces ?? []).Select(piece => piece.Text("plain_text")));

    /// <summary>Reads what a client sent.</summary>
    /// <param name="node">The list.</param>
    /// <param name="path">Its place in the body, for refusals.</param>
    /// <exception cref="NotionRefusal">It is none, too long, or holds something wrong.</exception>
    public JsonArray Read(JsonNode? node, string path)
    {
        if (node is not JsonArray list)
            throw node is null ? NotionRefusal.Missing(path) : NotionRefusal.Body(path, "an array", node);
        if (list.Count > MostPieces)
            throw NotionRefusal.Body($"{path}.length", $"≤ `{MostPieces}`", list.Count);
        return [.. list.Select((piece, index) => (JsonNode)Piece(piece, $"{path}[{index}]"))];
    }

    private JsonObject Piece(JsonNode? piece, string path)
    {
        if (piece is not JsonObject given)
            throw NotionRefusal.Body(path, "an object", piece);
        var type = given.Text("type") ?? (given["text"] is not null ? "text" : given["mention"] is not null ? "mention" : given["equation"] is not null ? "equation" : null);
        var annotations = Annotations(given["annotations"], path);
        switch (type)
        {
            case "text":
                var content = given["text"].Text("content") ?? throw (given["text"] is JsonObject text ? NotionRefusal.Body($"{path}.text.content", "a string", text["content"]) : NotionRefusal.Missing($"{path}.text"));
                if (content.Length > LongestText)
                    throw NotionRefusal.Body($"{path}.text.content.length", $"≤ `{LongestText}`", content.Length);
                var link = given["text"]!["link"] is JsonObject target ? target.Text("url") ?? throw NotionRefusal.Missing($"{path}.text.link.url") : null;
                return Filled(new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["content"] = content, ["link"] = link is null ? null : new JsonObject { ["url"] = link } } }, annotations, content, link);
            case "equation":
                var expression = given["equation"].Text("expression") ?? throw NotionRefusal.Missing($"{path}.equation.expression");
                return Filled(new JsonObject { ["type"] = "equation", ["equation"] = new JsonObject { ["expression"] = expression } }, annotations, expression, null);
            case "mention":
                return Mention(given["mention"] as JsonObject ?? throw NotionRefusal.Missing($"{path}.mention"), annotations, $"{path}.mention");
            default:
                throw NotionRefusal.Body($"{path}.type", "`\"text\"`, `\"mention\"`, or `\"equation\"`", given["type"]);
        }
    }

    private JsonObject Mention(JsonObject given, JsonObject? annotations, string path)
    {
        foreach (var kind in (string[])["user", "page", "database", "date"])
        {
            if (given[kind] is not JsonObject what)
                continue;
            if (kind == "date")
            {
                var date = DateValue.Read(what, $"{path}.date");
                var words = date.Text("end") is { } end ? $"{date.Text("start")} → {end}" : date.Text("start")!;
                return Filled(new JsonObject { ["type"] = "mention", ["mention"] = new JsonObject { ["type"] = kind, [kind] = date } }, annotations, words, null);
            }

            var id = NotionIds.Parse(what.Text("id")) ?? throw NotionRefusal.Body($"{path}.{kind}.id", "a valid uuid", what["id"]);
            var (name, link) = kind == "user"
                ? ($"@{world.User(id)?.Name ?? world.Bot(id)?.Name ?? "Anonymous"}", null)
                : (world.Find(id) is { } thing ? NotionWorld.TitleOf(thing) : "Untitled", NotionShapes.Address(id, ""));
            var inner = kind == "user" ? new JsonObject { ["object"] = "user", ["id"] = id } : new JsonObject { ["id"] = id };
            return Filled(new JsonObject { ["type"] = "mention", ["mention"] = new JsonObject { ["type"] = kind, [kind] = inner } }, annotations, name, link);
        }

        throw NotionRefusal.Body(path, "a mention of a user, page, database or date", given);
    }

    private static JsonObject? Annotations(JsonNode? node, string path)
    {
        if (node is null)
            return null;
        if (node is not JsonObject given)
            throw NotionRefusal.Body($"{path}.annotations", "an object", node);
        if (given.Text("color") is { } color && !IsColor(color))
            throw NotionRefusal.Body($"{path}.annotations.color", "a color Notion knows", color);
        return given;
    }

    private static JsonObject Filled(JsonObject piece, JsonObject? annotations, string plain, string? link)
    {
        piece["annotations"] = new JsonObject
        {
            ["bold"] = annotations.Flag("bold"),
            ["italic"] = annotations.Flag("italic"),
            ["strikethrough"] = annotations.Flag("strikethrough"),
            ["underline"] = annotations.Flag("underline"),
            ["code"] = annotations.Flag("code"),
            ["color"] = annotations.Text("color") ?? "default",
        };
        piece["plain_text"] = plain;
        piece["href"] = link;
        return piece;
    }
}
