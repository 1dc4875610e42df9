using Patchbay.Catalog;

namespace Patchbay.Vault.OAuth;

internal static class AuthorizeUrl
{
    public static Uri Build(OAuthDefinition oauth, string clientId, string redirectUri, IReadOnlyList<string> scopes, string state, string? verifier, bool switchAccount)
    {
        // The flow's own parameters come last, so that no catalog entry can replace them.
        var fields = new Dictionary<string, string>(oauth.AuthorizeParameters, StringComparer.Ordinal);
        if (switchAccount)
        {
            foreach (var (name, value) in oauth.SwitchAccountParameters)
                fields[name] = value;
        }
        fields["response_type"] = "code";
        fields[oauth.ClientIdParameter] = clientId;
        fields["redirect_uri"] = redirectUri;
        fields["state"] = state;
        if (scopes.Count > 0 && oauth.ScopeParameter.Length > 0)
            fields[oauth.ScopeParameter] = string.Join(oauth.ScopeSeparator, scopes);
        if (verifier is not null)
        {
            fields["code_challenge"] = Nonce.Challenge(verifier, oauth.ChallengeEncoding);
            fields["code_challenge_method"] = "S256";
        }
        var query = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
        return new Uri(oauth.AuthorizeUrl + (oauth.AuthorizeUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query);
    }
}
