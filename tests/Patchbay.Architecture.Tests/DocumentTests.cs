using System.Reflection;
using System.Text.RegularExpressions;
using Patchbay.Server.Configuration;

namespace Patchbay.Architecture.Tests;

/// <summary>Documents that can be wrong are checked against what they describe.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Names in backticks that look like ours and are somebody else's.</summary>
    private static readonly string[] Foreign = ["Deno"];

    private static readonly Lazy<HashSet<string>> Names = new(() =>
    [
        .. new[] { "Catalog", "Vault", "FunctionHost", "Platform", "Storage", "Sandbox", "Server" }
            .SelectMany(p => Assembly.Load("Patchbay." + p).GetTypes())
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name).Append(t.Name))
            .Select(n => n.Split('`')[0]),
    ]);

    [Fact]
    public void Every_type_that_a_readme_names_exists()
    {
        var wrong = Repository.Sources("README.md").SelectMany(file => Code().Matches(Repository.Read(file)).Select(m => m.Groups[1].Value)
            .Where(t => TypeName().IsMatch(t)).SelectMany(t => t.TrimEnd('(', ')').Split('.'))
            .Where(name => !Names.Value.Contains(name) && !Foreign.Contains(name) && !Repository.Files.Any(f => f.StartsWith("tests/", StringComparison.Ordinal) && Path.GetFileName(f) == name + ".cs")).Select(name => $"{file}: {name}"));
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_file_that_a_document_links_to_exists()
    {
        var wrong = Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)).SelectMany(file => Link().Matches(Repository.Read(file)).Select(m => m.Groups[1].Value)
            .Where(t => !t.Contains("://", StringComparison.Ordinal) && !t.StartsWith('/') && t.Split('#')[0] is { Length: > 0 } path
                && !Path.Exists(Path.GetFullPath(path, Path.Combine(Repository.Root, Path.GetDirectoryName(file)!))))
            .Select(t => $"{file}: {t}"));
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_error_code_of_the_source_has_its_place_in_the_reference_and_no_other_has()
    {
        var used = Repository.Sources(".cs").SelectMany(f => UsedCode().Matches(Repository.Read(f)).Select(m => m.Groups[1].Value)).ToHashSet();
        var told = Repository.Lines("docs/reference/errors.md").Select(l => ToldCode().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();
        told.ShouldBeUnique();
        used.Except(told).Order().ShouldBeEmpty("docs/reference/errors.md does not explain these.");
        told.Except(used).Order().ShouldBeEmpty("docs/reference/errors.md explains these, and nothing uses them.");
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/operate.md")]
    public void Every_option_stands_in_the_table(string document)
    {
        var text = Repository.Read(document);
        ServerOptionsReader.Flags.Select(f => $"`--{f.Name}").Where(f => !text.Contains(f, StringComparison.Ordinal)).ShouldBeEmpty();
        Flag().Matches(text).Select(m => m.Groups[1].Value).Except(ServerOptionsReader.Flags.Select(f => f.Name)).Except(["exit", "say", "help", "schema", "in", "out", "secret-file", "connectors", "default"]).ShouldBeEmpty($"{document} names options that do not exist.");
    }

    [Fact]
    public void Decisions_are_numbered_without_a_gap_and_begin_with_their_number()
    {
        var pages = Repository.Files.Where(f => f.StartsWith("docs/decisions/", StringComparison.Ordinal)).ToList();
        pages.Select(p => Path.GetFileName(p)[..4]).ShouldBe(Enumerable.Range(1, pages.Count).Select(n => n.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var page in pages)
            Repository.Lines(page)[0].ShouldStartWith($"# {Path.GetFileName(page)[..4]}: ");
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    /// <summary>A word or a dotted name in Pascal case with at least one small letter, perhaps called.</summary>
    [GeneratedRegex(@"^(?!PB\d)[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(\.[A-Z]\w*[a-z]\w*)?(\(\))?$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("\"(PB\\d{4})\"")]
    private static partial Regex UsedCode();

    [GeneratedRegex(@"^\| (PB\d{4}) \|")]
    private static partial Regex ToldCode();

    [GeneratedRegex("`--([a-z-]+)")]
    private static partial Regex Flag();
}
