using System.Text.RegularExpressions;

namespace Patchbay.Architecture.Tests;

/// <summary>Rules about source files that no compiler holds.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;

    /// <summary>File to the reason why it may use what BannedSymbols forbids.</summary>
    private static readonly Dictionary<string, string> MayUseBanned = new()
    {
        ["src/Patchbay.Server/Commands/Demo/DemoBrowser.cs"] = "The demo acts as a person's browser toward loopback and holds no secret but that person's session (docs/decisions/0008).",
    };

    /// <summary>File to the reason why it may be longer than others.</summary>
    private static readonly Dictionary<string, string> MayBeLong = [];

    private static readonly string[] Vague = ["Common", "Shared", "Core", "Utils", "Utilities", "Helpers", "Misc"];

    [Fact]
    public void What_is_banned_is_used_only_in_the_listed_files_and_each_says_why()
    {
        var all = Repository.Sources(".cs", ".csproj", ".props", ".editorconfig").Append(".editorconfig").Append("Directory.Build.props")
            .Where(f => Repository.Lines(f).Any(l => l.Contains("RS0030", StringComparison.Ordinal) && !l.StartsWith("# ", StringComparison.Ordinal) && l.Trim() != "dotnet_diagnostic.RS0030.severity = error"));
        all.ShouldBe(MayUseBanned.Keys, "Only these files may suppress RS0030 (BannedSymbols.txt).");
        foreach (var file in MayUseBanned.Keys)
        {
            var lines = Repository.Lines(file);
            var at = Array.FindIndex(lines, l => l.Contains("RS0030", StringComparison.Ordinal));
            lines[at].ShouldStartWith("#pragma warning disable RS0030");
            lines[at - 1].TrimStart().ShouldStartWith("//", customMessage: $"{file} must say above the pragma why it may.");
        }
    }

    [Fact]
    public void Every_suppressed_warning_says_why()
    {
        foreach (var file in Repository.Sources(".cs"))
        {
            var lines = Repository.Lines(file);
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal))
                    (lines[i].Contains("//", StringComparison.Ordinal) || (i > 0 && lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))).ShouldBeTrue($"{file}:{i + 1} suppresses a warning without a reason.");
            }
        }
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        foreach (var file in Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && f.Split('/') is ["src" or "tests", _, ..]))
        {
            if (Namespace().Match(Repository.Read(file)) is { Success: true } declared)
                declared.Groups[1].Value.ShouldBe(Path.GetDirectoryName(file)!.Replace('\\', '/').Split('/', 2)[1].Replace('/', '.'), file);
        }
    }

    [Fact]
    public void No_project_has_a_name_under_which_everything_fits()
    {
        var names = Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)!);
        names.Where(n => n.Split('.').Any(Vague.Contains)).ShouldBeEmpty("Name the topic. What has none belongs to the project that needs it.");
    }

    [Fact]
    public void No_source_file_is_so_long_that_nobody_reads_it_whole()
    {
        var long_ = Repository.Sources(".cs", ".ts", ".js", ".mjs", ".sql", ".css").Where(f => Repository.Lines(f).Length > LongestFile);
        long_.ShouldBe(MayBeLong.Keys, $"Longer than {LongestFile} lines: split it by the state it owns, or list it with its reason.");
    }

    [Fact]
    public void Secret_texts_stay_inside_the_vault()
    {
        Repository.Sources(".cs").Where(f => !f.StartsWith("src/Patchbay.Vault/", StringComparison.Ordinal) && SecretText().IsMatch(Repository.Read(f)))
            .ShouldBeEmpty("SecretText is the Vault's own type: other assemblies hold ciphertext or phantoms.");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bSecretText\b")]
    private static partial Regex SecretText();
}
