namespace Patchbay.Catalog.Tests;

/// <summary>Where the repository lies, found from the test's own folder upward.</summary>
internal static class Repo
{
    public static string Connectors { get; } = Path.Combine(Root(), "connectors");

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Patchbay.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException("Patchbay.slnx is in no folder above the tests.");
    }
}
