namespace Patchbay.Vault.Network;

/// <summary>The only sockets to the outside: one client and pool per realm, chosen by the realm that is sealed in the
/// credential at hand. Neither client knows the other.</summary>
internal sealed class VendorHttp(LiveClient live, SandboxClient sandbox) : IDisposable
{
    public SandboxClient Sandbox => sandbox;

    public IVendorClient For(Realm realm) => realm switch
    {
        Realm.Live => live,
        Realm.Sandbox => sandbox,
        _ => throw new ArgumentOutOfRangeException(nameof(realm)),
    };

    public void Dispose()
    {
        live.Dispose();
        sandbox.Dispose();
    }
}
