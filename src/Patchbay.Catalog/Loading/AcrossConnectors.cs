namespace Patchbay.Catalog.Loading;

/// <summary>What must hold between connectors: names mean one thing, and no vendor's credential reaches another vendor.
/// A fault is told at the file that was read later, which is the operator's own where two folders are read.</summary>
internal static class AcrossConnectors
{
    public static IEnumerable<CatalogError> Faults(IReadOnlyList<ConnectorFile> files) => [.. Ids(files), .. Operations(files), .. Hosts(files), .. Vendors(files)];

    private static IEnumerable<CatalogError> Ids(IReadOnlyList<ConnectorFile> files) =>
        Later(files, f => [(f.Connector.Id, "/id")], (file, pointer, id, first) => file.Fault(pointer, $"'{id}' is the id of {first.Name} too. Give this one another id and folder."));

    private static IEnumerable<CatalogError> Operations(IReadOnlyList<ConnectorFile> files) =>
        Later(files, f => f.Connector.Operations.Select((o, i) => (o.Id, $"/operations/{i}/id")),
            (file, pointer, id, first) => file.Fault(pointer, $"{first.Name} has the operation '{id}' too. Rename one."));

    private static IEnumerable<CatalogError> Later(
        IReadOnlyList<ConnectorFile> files, Func<ConnectorFile, IEnumerable<(string Id, string Pointer)>> names, Func<ConnectorFile, string, string, ConnectorFile, CatalogError> say)
    {
        var first = new Dictionary<string, ConnectorFile>(StringComparer.Ordinal);
        foreach (var file in files)
            foreach (var (id, pointer) in names(file))
                if (!first.TryAdd(id, file) && first[id] != file)
                    yield return say(file, pointer, id, first[id]);
    }

    private static IEnumerable<CatalogError> Hosts(IReadOnlyList<ConnectorFile> files) =>
        from later in Enumerable.Range(0, files.Count)
        from earlier in Enumerable.Range(0, later)
        where files[later].Connector.Vendor != files[earlier].Connector.Vendor
        from host in files[later].Connector.Hosts.Select((name, i) => (Name: name, Pointer: $"/hosts/{i}"))
        from other in files[earlier].Connector.Hosts
        where HostRules.Overlap(host.Name, other)
        select files[later].Fault(host.Pointer, $"The host '{host.Name}' belongs to the vendor '{files[earlier].Connector.Vendor}' ({other} in {files[earlier].Name}): a credential would travel to another vendor. Remove it, or name the same vendor.");

    // Connectors of a vendor share its OAuth clients: another token address would be sent the vendor's client secret.
    private static IEnumerable<CatalogError> Vendors(IReadOnlyList<ConnectorFile> files)
    {
        foreach (var family in files.Where(f => f.Connector.UsesOAuth).GroupBy(f => f.Connector.Vendor, StringComparer.Ordinal))
            foreach (var file in family.Skip(1))
            {
                var first = family.First();
                if (file.Connector.OAuth.TokenUrl != first.Connector.OAuth.TokenUrl)
                    yield return file.Fault("/oAuth/tokenUrl", $"{first.Name} has another tokenUrl, and the connectors of a vendor share its OAuth clients. Use the same address, or another vendor.");
                if (file.Connector.OAuth.GrantUnit != first.Connector.OAuth.GrantUnit)
                    yield return file.Fault("/oAuth/grantUnit", $"{first.Name} has another grantUnit, and the connectors of a vendor share its grants. Use the same.");
            }
    }
}
