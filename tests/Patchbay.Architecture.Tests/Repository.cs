namespace Patchbay.Architecture.Tests;

/// <summary>The clone these tests were built from, as files.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "dist", ".git", ".cache", ".patchbay", "TestResults", "test-results", ".vs", ".idea"];
    private static readonly string[] Binary = [".png", ".woff2", ".ico", ".jpg", ".webp", ".gz", ".br"];

    public static string Root { get; } = Find();

    /// <summary>Paths of everything that is not made by a build, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Below(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources(params string[] endings) =>
        Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)));

    public static IEnumerable<string> Texts => Files.Where(f => !Binary.Contains(Path.GetExtension(f)));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static IEnumerable<string> Below(string directory) =>
        // In a worktree .git is a file.
        Directory.EnumerateFiles(directory).Where(f => !Made.Contains(Path.GetFileName(f))).Concat(Directory.EnumerateDirectories(directory)
            .Where(d => !Made.Contains(Path.GetFileName(d)) && !Path.GetRelativePath(Root, d).Replace('\\', '/').Equals("bench/results", StringComparison.Ordinal))
            .SelectMany(Below));

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Patchbay.slnx")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
