using Patchbay.Catalog;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>The operations of a shipped connector, so that a test can call each of them with its least scopes and without.</summary>
internal static class OperationTable
{
    private static readonly Lazy<ConnectorCatalog> Catalog = new(() => CatalogLoader.Load(Path.Combine(Root(), "connectors")).Require());

    public static Connector Connector(string id) => Catalog.Value.FindConnector(id)!;

    /// <summary>Every operation by id, as a theory's data.</summary>
    public static IEnumerable<object[]> Of(string connector) => Connector(connector).Operations.Select(operation => (object[])[operation.Id]);

    public static Operation Operation(string id) => Catalog.Value.FindOperation(id)!;

    /// <summary>The least scopes with one left out, each in turn.</summary>
    public static IEnumerable<IReadOnlyList<string>> WithOneMissing(Operation operation) =>
        operation.Scopes.Select(missing => (IReadOnlyList<string>)[.. operation.Scopes.Where(scope => scope != missing)]);

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Patchbay.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException("Patchbay.slnx is in no folder above the tests.");
    }
}
