using System.Diagnostics;
using Patchbay.FunctionHost.Native;

namespace Patchbay.FunctionHost.Isolation;

/// <summary>Programs of the machine that build the sandbox, by full path.</summary>
internal sealed record HostTools(string? Setpriv, string? Prlimit, string? Unshare, string? Bwrap, string? Ip, string? Shell, IReadOnlyList<string> Libraries)
{
    private static readonly string[] Folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

    public static bool IsRoot => !OperatingSystem.IsWindows() && NativeFiles.EffectiveUid() == 0;

    public static HostTools Find(string deno) => new(
        Locate("setpriv"), Locate("prlimit"), Locate("unshare"), Locate("bwrap"), Locate("ip"), Locate("sh"), LibrariesOf(deno));

    /// <summary>One sentence for each missing program, with what to install.</summary>
    public IEnumerable<string> Problems()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield return "Functions need Linux namespaces; on this system only `--unsafe-functions` (development) can run them.";
            yield break;
        }

        if (Bwrap is null) yield return "bubblewrap is missing: install it (Debian: `apt-get install bubblewrap`).";
        if (Ip is null) yield return "iproute2 is missing: install it (Debian: `apt-get install iproute2`).";
        if (Unshare is null || Prlimit is null || (IsRoot && Setpriv is null))
            yield return "unshare, prlimit or setpriv is missing: install util-linux (Debian: `apt-get install util-linux`).";
        if (Libraries.Count == 0) yield return "The libraries Deno needs cannot be listed: `ldd` failed; glibc is required (musl is not supported).";
    }

    private static string? Locate(string name) => Folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    // Only these files of the machine are visible inside: the function learns nothing else about it.
    private static List<string> LibrariesOf(string deno)
    {
        if (Locate("ldd") is not { } ldd || !File.Exists(deno)) return [];
        using var process = Process.Start(new ProcessStartInfo(ldd, [deno]) { RedirectStandardOutput = true, RedirectStandardError = true });
        var text = process!.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return ParseLdd(text);
    }

    /// <summary>Paths in the output of <c>ldd</c>: <c>libc.so.6 => /lib/x/libc.so.6 (0x…)</c> and <c>/lib64/ld-linux.so.2 (0x…)</c>.</summary>
    internal static List<string> ParseLdd(string text) =>
    [
        .. text.Split('\n')
            .Select(line => line[(line.IndexOf("=>", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..].Trim().Split(' ')[0])
            .Where(path => path.StartsWith('/'))
            .Distinct(StringComparer.Ordinal),
    ];
}
