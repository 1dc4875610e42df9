using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Blocks;

/// <summary>Files and icons within blocks get their addresses when they are shown.</summary>
internal static class BlockFiles
{
    public static readonly IReadOnlyList<string> Types = ["image", "video", "file", "pdf", "audio"];

    public static void Show(JsonObject content, string type, FileValue files)
    {
        if (content["icon"] is JsonObject icon)
            content["icon"] = files.Shown(icon);
        if (!Types.Contains(type) || content["stored"] is not JsonObject stored)
            return;
        content.Remove("stored");
        foreach (var (name, value) in (JsonObject)files.Shown(stored)!)
            content[name] = value?.DeepClone();
    }
}
