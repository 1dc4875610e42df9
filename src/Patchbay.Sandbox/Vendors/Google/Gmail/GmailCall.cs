using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>One call to Gmail after token and scope were checked.</summary>
/// <param name="Context">The HTTP call.</param>
/// <param name="Account">Whose mailbox.</param>
/// <param name="Scopes">All scopes of the token.</param>
/// <param name="Body">The JSON body; null when there is none or it is not an object.</param>
internal sealed record GmailCall(HttpContext Context, GoogleAccount Account, IReadOnlyList<string> Scopes, JsonObject? Body)
{
    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    /// <summary>Empty when absent.</summary>
    public string Query(string name) => Context.Request.Query[name].ToString();

    public IReadOnlyList<string> QueryList(string name) => [.. Context.Request.Query[name].OfType<string>()];

    /// <summary>The headers-only scope is all there is.</summary>
    public bool MetadataOnly => !Scopes.Contains(GmailScopes.ReadOnly) && !Scopes.Contains(GmailScopes.Modify);
}
