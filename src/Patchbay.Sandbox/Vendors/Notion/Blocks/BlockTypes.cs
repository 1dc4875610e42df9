namespace Patchbay.Sandbox.Vendors.Notion.Blocks;

/// <summary>What kinds of blocks there are, and what each may carry.</summary>
internal static class BlockTypes
{
    /// <param name="Name">Notion's name of it.</param>
    /// <param name="HasText">It has rich_text.</param>
    /// <param name="MayNest">It may have children.</param>
    /// <param name="Inner">The only type of its children, where there is but one.</param>
    public sealed record BlockType(string Name, bool HasText, bool MayNest, string? Inner = null);

    private static readonly Dictionary<string, BlockType> Known = new BlockType[]
    {
        new("paragraph", true, true),
        new("heading_1", true, true),
        new("heading_2", true, true),
        new("heading_3", true, true),
        new("heading_4", true, true),
        new("bulleted_list_item", true, true),
        new("numbered_list_item", true, true),
        new("to_do", true, true),
        new("toggle", true, true),
        new("quote", true, true),
        new("callout", true, true),
        new("template", true, true),
        new("code", true, false),
        new("equation", false, false),
        new("divider", false, false),
        new("breadcrumb", false, false),
        new("table_of_contents", false, false),
        new("bookmark", false, false),
        new("embed", false, false),
        new("image", false, false),
        new("video", false, false),
        new("file", false, false),
        new("pdf", false, false),
        new("audio", false, false),
        new("link_to_page", false, false),
        new("synced_block", false, true),
        new("column_list", false, true, "column"),
        new("column", false, true),
        new("table", false, true, "table_row"),
        new("table_row", false, false),
        new("child_page", false, true),
        new("child_database", false, false),
    }.ToDictionary(type => type.Name);

    public static BlockType? Find(string? name) => name is null ? null : Known.GetValueOrDefault(name);

    public static IEnumerable<string> Names => Known.Keys;
}
