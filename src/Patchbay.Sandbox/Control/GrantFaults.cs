using Patchbay.Sandbox.OAuth;

namespace Patchbay.Sandbox.Control;

/// <summary>Faults that act on what was granted, at once and for every client of a vendor.</summary>
internal sealed class GrantFaults(OAuthStore oauth)
{
    public void ExpireTokens(string vendor) => oauth.ExpireAccessTokens(vendor);

    public void Revoke(string vendor)
    {
        foreach (var grant in oauth.Grants(vendor))
            oauth.End(grant);
    }

    /// <summary>Scopes of the living grants, sorted.</summary>
    public IReadOnlyList<string> Granted(string vendor) =>
        [.. oauth.Grants(vendor).Where(grant => !grant.Ended).SelectMany(grant => grant.Scopes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Each refresh token works once from now on, where the vendor can do that.</summary>
    public void RotateStrictly(string vendor, bool on)
    {
        foreach (var client in oauth.Clients(vendor))
            oauth.Register(client with { RotateTokens = on });
    }

    public bool RotatesStrictly(string vendor) => oauth.Clients(vendor).Exists(client => client.RotateTokens);

    public void DropScope(string vendor, string scope)
    {
        foreach (var grant in oauth.Grants(vendor))
            oauth.DropScope(grant, scope);
    }
}
