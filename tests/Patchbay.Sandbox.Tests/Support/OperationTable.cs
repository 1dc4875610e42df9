using Patchbay.Catalog;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>A connector's operations out of the catalog itself, so that a new one without an example call fails a test.</summary>
internal static class OperationTable
{
    private static readonly ConnectorCatalog Catalog = CatalogLoader.Load(Path.Combine(Root(), "connectors")).Require();

    public static IReadOnlyList<Operation> Of(string connector) => Catalog.FindConnector(connector)!.Operations;

    public static Operation Operation(string id) => Catalog.FindOperation(id)!;

    public static TheoryData<string> Ids(string connector) => [.. Of(connector).Select(operation => operation.Id)];

    /// <summary>Every operation has an example and every example an operation.</summary>
    public static void ShouldCover(this IEnumerable<string> examples, string connector) =>
        examples.Order(StringComparer.Ordinal).ShouldBe(Of(connector).Select(operation => operation.Id).Order(StringComparer.Ordinal));

    /// <summary>An example call must be one that the catalog's matcher takes for the operation.</summary>
    public static void ShouldBeCallOf(this (string Method, string Address) call, string operation)
    {
        var slash = call.Address.IndexOf('/', StringComparison.Ordinal);
        var connector = operation.Split('.')[0];
        Catalog.Matcher.FindAll(connector, call.Method, call.Address[..slash], call.Address[slash..].Split('?')[0]).Select(found => found.Id).ShouldContain(operation);
    }

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Patchbay.slnx")))
                return at.FullName;
        }

        throw new DirectoryNotFoundException("Patchbay.slnx is in no folder above the tests.");
    }
}
