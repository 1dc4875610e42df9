namespace Patchbay.EndToEnd.Tests.Support;

internal sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Executable.Make(Path, forAll: true);

    /// <summary>Open to all: functions of a server that root started run as somebody else and must reach what lies below.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("pb-e2e-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    /// <summary>Every file below with its bytes' hash: two of them are equal only if nothing was changed.</summary>
    public static IReadOnlyDictionary<string, string> Fingerprint(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .ToDictionary(f => System.IO.Path.GetRelativePath(directory, f), f => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));
}
