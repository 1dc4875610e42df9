using System.Runtime.InteropServices;

namespace Patchbay.FunctionHost.Isolation;

/// <summary>Where the parts of <c>runtime/</c> lie after set-up.</summary>
internal sealed record RuntimeFiles(string Deno, string Bootstrap)
{
    public static RuntimeFiles In(string directory)
    {
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        var package = OperatingSystem.IsWindows() ? $"win32-{architecture}"
            : OperatingSystem.IsMacOS() ? $"darwin-{architecture}"
            : $"linux-{architecture}-glibc";
        return new RuntimeFiles(
            Path.Combine(directory, "node_modules", "@deno", package, OperatingSystem.IsWindows() ? "deno.exe" : "deno"),
            Path.Combine(directory, "dist", "boot.js"));
    }

    public IEnumerable<string> Problems(string directory)
    {
        if (!File.Exists(Deno)) yield return $"Deno is not installed: run `npm ci` in {directory}.";
        if (!File.Exists(Bootstrap)) yield return $"The function runtime is not built: run `npm run build` in {directory}.";
    }

    /// <summary>
    /// The same files where an unprivileged user can read them. A root's home is closed to everybody else, so as root
    /// they may have to be copied; the copies are root's and read-only to the functions.
    /// </summary>
    public RuntimeFiles ReadableByAll(string stage)
    {
        if (OpenToAll(Deno) && OpenToAll(Bootstrap)) return this;
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(stage, Mode);
        var staged = new RuntimeFiles(Path.Combine(stage, "deno"), Path.Combine(stage, "boot.js"));
        File.Copy(Deno, staged.Deno, overwrite: true);
        File.Copy(Bootstrap, staged.Bootstrap, overwrite: true);
        File.SetUnixFileMode(staged.Deno, Mode);
        File.SetUnixFileMode(staged.Bootstrap, Mode);
        return staged;
    }

    private static bool OpenToAll(string path)
    {
        var file = new FileInfo(path);
        if ((file.UnixFileMode & UnixFileMode.OtherRead) == 0) return false;
        for (var folder = file.Directory; folder is not null; folder = folder.Parent)
            if ((folder.UnixFileMode & UnixFileMode.OtherExecute) == 0) return false;
        return true;
    }
}
