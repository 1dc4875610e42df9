using System.Reflection;
using Patchbay.Catalog;

namespace Patchbay.Sandbox.Vendors;

/// <summary>All vendors of this assembly, and which of them answers for a host.</summary>
internal sealed class VendorList(IEnumerable<IVendor> vendors)
{
    public IReadOnlyList<IVendor> All { get; } = [.. vendors];

    /// <summary>The first vendor that has the host, by name or by <c>*.example.com</c>; null when nobody has.</summary>
    public IVendor? ByHost(string host) => All.FirstOrDefault(vendor => HostRules.Allows(vendor.Hosts, host));

    public WorldPage? World(string slug) => All.Select(vendor => vendor.World).FirstOrDefault(world => world?.Slug == slug);

    public IEnumerable<string> Names => All.Select(vendor => vendor.Name).Distinct();

    /// <summary>Registers every <see cref="IVendor"/> of the assembly, in name order so that runs are alike.</summary>
    public static void Register(IServiceCollection services)
    {
        var found = Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IVendor)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal);
        foreach (var type in found)
            services.AddSingleton(typeof(IVendor), type);
        services.AddSingleton<VendorList>();
    }
}
