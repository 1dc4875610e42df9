namespace Patchbay.Server.Hosting;

/// <summary>Where the parts that ship beside the program lie.</summary>
/// <param name="Connectors">The catalog's folders.</param>
/// <param name="Runtime">The function host's runtime, built.</param>
/// <param name="Web">The built dashboard; may be missing.</param>
/// <param name="Sandbox">The sandbox's program.</param>
public sealed record Paths(string Connectors, string Runtime, string Web, string Sandbox)
{
    /// <summary>Inside a clone: the folders of the repository, found from the program upwards.</summary>
    /// <exception cref="StartException">The program does not lie in a clone.</exception>
    public static Paths Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Patchbay.slnx")))
            {
                var root = directory.FullName;
                // bin/Debug/net10.0 or bin/Release/net10.0: the sandbox was built the same way as this program.
                var flavour = new DirectoryInfo(AppContext.BaseDirectory);
                return new(Path.Combine(root, "connectors"), Path.Combine(root, "src", "Patchbay.FunctionHost", "runtime"), Path.Combine(root, "web", "dist"),
                    Path.Combine(root, "src", "Patchbay.Sandbox", "bin", flavour.Parent!.Name, flavour.Name, "Patchbay.Sandbox.dll"));
            }
        }
        throw new StartException("Patchbay's own files (connectors/, web/) are not above the program. Run ./patchbay from its clone.");
    }
}
