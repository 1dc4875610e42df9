using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>An authorised call.</summary>
/// <param name="Context">The request.</param>
/// <param name="ClientId">Which app.</param>
/// <param name="Account">Whose profile.</param>
/// <param name="Scopes">What the creator allowed.</param>
/// <param name="Body">Empty for calls without one.</param>
internal sealed record TikTokCall(HttpContext Context, string ClientId, TikTokAccount Account, IReadOnlyList<string> Scopes, JsonObject Body)
{
    /// <summary>The names of the query's <c>fields</c>.</summary>
    public IReadOnlyList<string> Fields => [.. Context.Request.Query["fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
}

/// <param name="Accepted">Scopes of which one is enough; none leaves it to the call.</param>
internal sealed record TikTokMethod(string Verb, string Path, IReadOnlyList<string> Accepted, Func<TikTokCall, TikTokAnswer> Run);
