using System.Xml.Linq;

namespace Patchbay.Architecture.Tests;

/// <summary>Who may refer to whom: the reference graph is the security boundary (docs/decisions/0001).</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Patchbay.Catalog"] = [],
        ["Patchbay.Vault"] = ["Patchbay.Catalog"],
        ["Patchbay.FunctionHost"] = [],
        ["Patchbay.Platform"] = ["Patchbay.Catalog", "Patchbay.Vault", "Patchbay.FunctionHost"],
        ["Patchbay.Storage"] = ["Patchbay.Catalog", "Patchbay.Platform", "Patchbay.Vault"],
        ["Patchbay.Sandbox"] = ["Patchbay.Catalog"],
        ["Patchbay.Server"] = ["Patchbay.Catalog", "Patchbay.Vault", "Patchbay.FunctionHost", "Patchbay.Platform", "Patchbay.Storage"],
    };

    private static readonly string[] MayOpenSockets = ["Patchbay.FunctionHost", "Patchbay.Sandbox", "Patchbay.Vault"];

    private static IEnumerable<(string Name, XDocument Project)> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(p => (Path.GetFileNameWithoutExtension(p), XDocument.Load(p)));

    [Fact]
    public void Every_project_refers_only_to_those_the_design_allows()
    {
        foreach (var (name, project) in Projects())
        {
            Allowed.ShouldContainKey(name, $"{name} is new: say in this test what it may refer to.");
            var references = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));
            references.Except(Allowed[name]).ShouldBeEmpty($"{name} may not refer to these.");
        }
    }

    [Fact]
    public void Only_the_vault_the_function_host_and_the_sandbox_may_open_sockets()
    {
        var open = Projects().Where(p => p.Project.Descendants("PatchbayMayOpenSockets").Any()).Select(p => p.Name);
        open.Order(StringComparer.Ordinal).ShouldBe(MayOpenSockets);
    }

    [Fact]
    public void References_are_not_transitive()
    {
        var shared = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        shared.Descendants("DisableTransitiveProjectReferences").Single().Value.ShouldBe("true");
    }
}
