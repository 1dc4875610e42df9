using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Blocks;
using Patchbay.Sandbox.Vendors.Notion.Markdown;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>A page's text in one piece, to read and to write.</summary>
internal sealed class MarkdownMethods(NotionWorld world, BlockWriter writer) : INotionMethods
{
    public IReadOnlyList<NotionMethod> Methods =>
    [
        new("GET", "/pages/{id}/markdown", NotionCapabilities.Read, call => Shape(call.Page(call.Id("page_id")))),
        new("PATCH", "/pages/{id}/markdown", null, Update),
    ];

    private JsonObject Update(NotionCall call)
    {
        var type = call.Body.Text("type");
        if (!call.Can(type == "insert_content" ? NotionCapabilities.Insert : NotionCapabilities.Update))
            throw NotionRefusal.Restricted;
        var page = call.Page(call.Id("page_id"));
        call.DemandAlive(page);
        var change = type is null ? null : call.Body[type] as JsonObject;
        switch (type)
        {
            case "insert_content":
                var content = change.Text("content") ?? throw NotionRefusal.Missing("insert_content.content");
                writer.Insert(page, MarkdownReader.Read(content), call.Bot.Id, change.Child("position").Text("type") == "start" ? "" : null);
                break;
            case "replace_content":
                Replace(page, change.Text("new_str") ?? throw NotionRefusal.Missing("replace_content.new_str"), change, call);
                break;
            case "update_content":
                var text = new MarkdownWriter(world).Write(page.Id).Markdown;
                foreach (var edit in change.Child("content_updates") as JsonArray ?? throw NotionRefusal.Missing("update_content.content_updates"))
                {
                    var (old, fresh) = (edit.Text("old_str"), edit.Text("new_str"));
                    var first = string.IsNullOrEmpty(old) ? -1 : text.IndexOf(old, StringComparison.Ordinal);
                    if (first < 0 || fresh is null)
                        throw NotionRefusal.Validation($"The text to replace was not found: {old}");
                    text = edit.Flag("replace_all_matches") ? text.Replace(old!, fresh, StringComparison.Ordinal) : string.Concat(text.AsSpan(0, first), fresh, text.AsSpan(first + old!.Length));
                }

                Replace(page, text, change, call);
                break;
            default:
                throw NotionRefusal.Body("type", "`\"insert_content\"`, `\"replace_content\"`, or `\"update_content\"`", call.Body["type"]);
        }

        return Shape(page);
    }

    /// <summary>Pages within the text stay, unless the caller said they may go.</summary>
    private void Replace(NotionPageRecord page, string markdown, JsonNode? change, NotionCall call)
    {
        var children = world.Blocks(page.Id).Where(block => !block.InTrash).ToList();
        var kept = change.Flag("allow_deleting_content") ? [] : children.Where(block => block.Type is "child_page" or "child_database").Select(block => block.Id).ToList();
        foreach (var block in children.Where(block => !kept.Contains(block.Id)))
            world.Trash(block, true, call.Bot.Id);
        // A link to a kept page is how the page itself reads back: it is not written twice.
        var drafts = MarkdownReader.Read(string.Join('\n', markdown.Split('\n').Where(line => !kept.Exists(id => line.Contains($"]({NotionShapes.Address(id, "")})", StringComparison.Ordinal)))));
        writer.Insert(page, drafts, call.Bot.Id, kept.Count > 0 ? "" : null);
    }

    private JsonObject Shape(NotionPageRecord page)
    {
        var (markdown, unknown) = new MarkdownWriter(world).Write(page.Id);
        return new JsonObject { ["object"] = "page_markdown", ["id"] = page.Id, ["markdown"] = markdown, ["truncated"] = false, ["unknown_block_ids"] = Json.Array(unknown) };
    }
}
