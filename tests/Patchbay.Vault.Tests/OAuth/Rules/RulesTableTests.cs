using System.Text.RegularExpressions;

namespace Patchbay.Vault.Tests.OAuth.Rules;

public sealed class RulesTableTests
{
    [Fact]
    public void Every_test_that_the_table_names_exists_and_no_rule_is_without_one()
    {
        var tests = FindTests();
        var rules = File.ReadLines(Path.Combine(tests, "Patchbay.Vault.Tests", "OAuth", "Rules", "README.md")).Where(l => l.StartsWith("| O", StringComparison.Ordinal)).ToList();
        rules.Select(r => r.Split('|')[1].Trim()).ShouldBe(Enumerable.Range(1, 19).Select(n => $"O{n}"));
        var sources = Directory.EnumerateFiles(tests, "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        foreach (var rule in rules)
        {
            var names = Regex.Matches(rule.Split('|')[3], "`([A-Za-z0-9_]+)`").Select(m => m.Groups[1].Value).ToList();
            names.ShouldNotBeEmpty(rule);
            foreach (var name in names) sources.ShouldContain(s => s.Contains($" {name}(", StringComparison.Ordinal), name);
        }
    }

    internal static string FindTests()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Patchbay.slnx"))) return Path.Combine(folder.FullName, "tests");
        throw new DirectoryNotFoundException("The repository is not above the tests.");
    }
}
