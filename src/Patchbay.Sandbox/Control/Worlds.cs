using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Control;

/// <summary>Seeds the worlds and puts them back. Registered clients, grants and tokens survive a reset, so connections keep working.</summary>
internal sealed class Worlds(Store store, VendorList vendors, LiveFeed live)
{
    public void Seed() => store.Atomic(() =>
    {
        foreach (var vendor in vendors.All)
            vendor.Seed();
    });

    public void Reset()
    {
        store.Atomic(() =>
        {
            foreach (var vendor in vendors.All)
                vendor.Clear();
            Seed();
        });
        foreach (var vendor in vendors.All)
            live.Changed(vendor.World?.Slug ?? vendor.Name);
    }
}
