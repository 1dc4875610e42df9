using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Below /v1.</param>
/// <param name="Capability">What it needs; null for anybody with a token.</param>
/// <param name="Run">Does it, within one transaction.</param>
internal sealed record NotionMethod(string Verb, string Path, string? Capability, Func<NotionCall, JsonNode> Run)
{
    /// <summary>The versions that know it; null for all.</summary>
    public Func<NotionVersion, bool>? Exists { get; init; }
}

/// <summary>Calls that belong together.</summary>
internal interface INotionMethods
{
    IReadOnlyList<NotionMethod> Methods { get; }
}
