namespace Patchbay.Sandbox.Vendors;

/// <summary>
/// One vendor's look-alike. A class that implements this and has a constructor the container can satisfy is
/// found by itself (<see cref="VendorList"/>): a new folder needs no change elsewhere.
/// </summary>
internal interface IVendor
{
    /// <summary>Whose OAuth clients and grants it uses: "slack", "google". Products of one vendor share it.</summary>
    string Name { get; }

    /// <summary>The vendor's real host names; each is a first path segment here. Products may share one; <c>*.example.com</c> is every subdomain.</summary>
    IReadOnlyList<string> Hosts { get; }

    /// <summary>Its world for people, or null when it has none of its own.</summary>
    WorldPage? World { get; }

    /// <summary>Maps its paths. Called once at start.</summary>
    void Map(VendorRoutes routes);

    /// <summary>Writes the seed when its part of the store is empty. Called at start and after <see cref="Clear"/>.</summary>
    void Seed();

    /// <summary>Removes its world. Clients, grants and tokens are not its own and stay.</summary>
    void Clear();

    /// <summary>Answers a path of its hosts that it does not know, in the vendor's own shape.</summary>
    Task NotFoundAsync(HttpContext context);

    /// <summary>Answers in the vendor's own shape for a failure: 429 or a 5xx.</summary>
    Task FailAsync(HttpContext context, int status);
}
