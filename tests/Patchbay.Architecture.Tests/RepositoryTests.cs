using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Patchbay.Architecture.Tests;

/// <summary>What must hold for every file of the repository.</summary>
public sealed partial class RepositoryTests
{
    /// <summary>File to the reason why it may name something that looks like a path of one machine.</summary>
    private static readonly Dictionary<string, string> MayNamePaths = new()
    {
        ["tests/Patchbay.FunctionHost.Tests/BuildTests.cs"] = "A made-up root for a property test of path checks.",
        ["tests/Patchbay.Architecture.Tests/RepositoryTests.cs"] = "The rule itself.",
    };

    // In pieces, so that this file does not name what it forbids.
    private static readonly string[] Registries =
        ["registry." + "npmjs.org", "registry." + "yarnpkg.com", "nuget." + "org", "deb." + "debian.org", "pypi." + "org", "crates." + "io", "ghcr." + "io", "docker." + "io", "jsr." + "io", "proxy." + "golang.org"];

    /// <summary>Routes that need no credential: each is one more thing that anybody can reach.</summary>
    private static readonly string[] Open =
        ["POST /api/v1/first-owner", "GET /api/v1/sign-in", "POST /api/v1/sign-in", "POST /api/v1/sign-in/link", "* /api/{**rest}", "GET /health", "GET /openapi/{documentName}.json", "GET /{**path}", "HEAD /{**path}"];

    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        foreach (var file in Repository.Texts.Where(f => !MayNamePaths.ContainsKey(f)))
            MachinePath().Match(Repository.Read(file)).Value.ShouldBeEmpty(file);
    }

    [Fact]
    public void No_file_names_the_host_of_a_registry()
    {
        foreach (var file in Repository.Texts)
        {
            var text = Repository.Read(file);
            Registries.Where(r => text.Contains(r, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty($"{file}: where packages come from is the machine's setting, not the repository's.");
        }
    }

    [Fact]
    public void A_migration_that_was_merged_is_never_edited()
    {
        const string list = "tests/Patchbay.Architecture.Tests/Migrations.sha256";
        var listed = Repository.Lines(list).Select(l => l.Split("  ", 2)).ToDictionary(l => l[1], l => l[0]);
        var there = Repository.Files.Where(f => f.StartsWith("src/Patchbay.Storage/Migrations/", StringComparison.Ordinal)).ToList();
        there.Except(listed.Keys).ShouldBeEmpty($"New migrations: add them to {list} with sha256sum.");
        listed.Keys.Except(there).ShouldBeEmpty("A migration that databases were made with is gone.");
        foreach (var file in there)
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Root, file)))).ShouldBe(listed[file], $"{file} was edited. Databases that have it keep the old form: write a new migration instead.");
    }

    [Fact]
    public void Routes_open_to_anybody_are_the_reviewed_ones_and_none_is_without_a_rule()
    {
        var routes = Repository.Lines("tests/Patchbay.Server.Tests/Routes.txt").Select(l => Columns().Split(l.Trim())).ToList();
        routes.ShouldAllBe(r => r.Length == 3 && r[2] != "CLOSED");
        routes.Where(r => r[2] == "anyone").Select(r => $"{r[0]} {r[1]}").ShouldBe(Open, ignoreOrder: true);
    }

    [GeneratedRegex(@"(?<![\w.$}*-])/(?:work|root|home/\w+|Users/\w+|mnt/\w+)/\w|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\s{2,}|(?<=^\S+)\s+(?=/)")]
    private static partial Regex Columns();
}
