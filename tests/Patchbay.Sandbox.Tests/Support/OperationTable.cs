using Patchbay.Catalog;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>The operations of a connector, straight from the catalog, so that a new one without an example call fails a test.</summary>
internal static class OperationTable
{
    public static Connector Load(string connector) => CatalogLoader.Load(Path.Combine(Root(), "connectors")).Require().FindConnector(connector)!;

    /// <summary>Every set of scopes that lacks one of the least set and that the vendor accepts in no other way.</summary>
    public static IEnumerable<IReadOnlyList<string>> WithOneMissing(Connector connector, Operation operation) =>
        operation.Scopes.Select(left => (IReadOnlyList<string>)[.. operation.Scopes.Where(scope => scope != left)])
            .Where(rest => ScopeRules.Missing(connector, operation, rest).Count > 0);

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Patchbay.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException("Patchbay.slnx is in no folder above the tests.");
    }
}
