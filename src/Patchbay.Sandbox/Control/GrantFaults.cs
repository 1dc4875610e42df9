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

    public void DropScope(string vendor, string scope)
    {
        foreach (var grant in oauth.Grants(vendor))
            oauth.DropScope(grant, scope);
    }
}
