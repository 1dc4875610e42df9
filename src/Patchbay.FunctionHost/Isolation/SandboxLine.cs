using System.Diagnostics;
using System.Globalization;

namespace Patchbay.FunctionHost.Isolation;

/// <summary>Builds the command that runs Deno behind its walls.</summary>
/// <remarks>
/// <code>
/// setpriv (root only: to an unprivileged id)
///   prlimit (data, files, core, file size, processor)
///     unshare -U -r -n sh: loopback up, quick ACK        outer: may configure its own network, nothing else
///       bwrap --unshare-user --disable-userns ...        inner: no capability, no further namespaces
///         deno --no-prompt ...                           may: two sockets, its own loopback
/// </code>
/// Two layers, because --disable-userns takes away the right to set the route, and without quick ACK on loopback each
/// new TLS host costs a delayed acknowledgement (45 to 90 ms). Nothing of the machine is writable inside: the
/// function's socket lies on a tmpfs of its own and the supervisor reaches it through /proc/PID/root.
/// </remarks>
internal sealed class SandboxLine(FunctionHostOptions options, RuntimeFiles files, HostTools tools)
{
    /// <summary>The socket inside the namespace.</summary>
    public const string InnerSocket = "/s/fn.sock";

    /// <summary>Port of the bridge on the namespace's own loopback.</summary>
    public const int BridgePort = 3128;

    private const string InnerDoor = "/door";

    private const string Prepare = """
        ip -batch - <<'.' || exit 70
        link set lo up
        route change table local local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.1 quickack 1
        route change table local local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.1 quickack 1
        .
        exec "$@"
        """;

    /// <summary>A pool process whose door's socket is <paramref name="door"/>, in a folder that holds ca.pem too.</summary>
    public ProcessStartInfo Function(string door, uint? uid) =>
        options.Isolation == FunctionIsolation.Bubblewrap
            ? Start(uid, Wrapped(door, [.. Deno(InnerSocket, $"{InnerDoor}/{Path.GetFileName(door)}"), "/boot/main.js"]))
            : Start(uid, Unwrapped(door));

    /// <summary>Paths of the two sockets as the process sees them.</summary>
    public (string Socket, string Door) Seen(string door) => options.Isolation == FunctionIsolation.Bubblewrap
        ? (InnerSocket, $"{InnerDoor}/{Path.GetFileName(door)}")
        : (Path.Combine(Path.GetDirectoryName(door)!, "fn.sock"), door);

    private ProcessStartInfo Start(uint? uid, IEnumerable<string> command)
    {
        List<string> line = [.. DropUser(uid), .. Limits(uid), .. command];
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        return start;
    }

    private IEnumerable<string> DropUser(uint? uid) => uid is { } id && tools.Setpriv is { } setpriv
        ? [setpriv, $"--reuid={id}", $"--regid={id}", "--clear-groups", "--bounding-set=-all", "--no-new-privs", "--"]
        : [];

    private IEnumerable<string> Limits(uint? uid) => tools.Prlimit is { } prlimit
        ? [prlimit, $"--data={options.DataLimitBytes}", $"--nofile={options.OpenFiles}", "--core=0", $"--fsize={options.CacheBytes}",
           $"--cpu={Whole(options.LifetimeCpu.TotalSeconds)}",
           // Counted per user: only where each process has a user of its own. Threads count too.
           .. uid is null ? (string[])[] : ["--nproc=128"], "--"]
        : [];

    private List<string> Wrapped(string door, IReadOnlyList<string> command)
    {
        List<string> line =
        [
            tools.Unshare!, "-U", "-r", "-n", "--", tools.Shell!, "-c", Prepare, "sh", tools.Bwrap!,
            "--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--uid", "1000", "--gid", "1000",
            "--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv", "--hostname", "function",
            "--ro-bind", files.Deno, "/bin/deno",
        ];
        foreach (var library in tools.Libraries) line.AddRange(["--ro-bind", library, library]);
        line.AddRange(
        [
            "--ro-bind", files.Bootstrap, "/boot/main.js",
            "--ro-bind", Path.GetDirectoryName(door)!, InnerDoor,
            "--size", Whole(options.CacheBytes), "--tmpfs", "/cache",
            "--size", "65536", "--tmpfs", "/s",
            "--proc", "/proc",
            "--dev-bind", "/dev/null", "/dev/null", "--dev-bind", "/dev/urandom", "/dev/urandom",
            "--remount-ro", "/", "--chdir", "/",
        ]);
        foreach (var (name, value) in Environment("/cache", $"{InnerDoor}/ca.pem").Concat(Proxy())) line.AddRange(["--setenv", name, value]);
        line.AddRange(command);
        return line;
    }

    private List<string> Unwrapped(string door)
    {
        var folder = Path.GetDirectoryName(door)!;
        var (socket, _) = Seen(door);
        return ["/usr/bin/env", "-i", .. Environment(Path.Combine(folder, "cache"), Path.Combine(folder, "ca.pem")).Select(v => $"{v.Name}={v.Value}"), .. Deno(socket, door), files.Bootstrap];
    }

    private static IEnumerable<(string Name, string Value)> Environment(string cache, string ca) =>
        [("DENO_DIR", cache), ("DENO_NO_UPDATE_CHECK", "1"), ("NO_COLOR", "1"), ("DENO_CERT", ca)];

    // NODE_USE_ENV_PROXY: without it node:http and node:https would look for the target by DNS. Not in unsafe mode,
    // where there is no bridge and the shim speaks to the door itself.
    private static IEnumerable<(string Name, string Value)> Proxy() =>
        [("HTTP_PROXY", $"http://127.0.0.1:{BridgePort}"), ("HTTPS_PROXY", $"http://127.0.0.1:{BridgePort}"), ("NODE_USE_ENV_PROXY", "1")];

    private IEnumerable<string> Deno(string socket, string door) =>
    [
        options.Isolation == FunctionIsolation.Bubblewrap ? "/bin/deno" : files.Deno,
        "run", "--no-prompt", "--no-remote", "--no-npm", "--no-lock", "--no-config", "--ignore-env", "--allow-sys=osRelease",
        // Without it the request's signal aborts after every reply, and Deno warns about that once.
        "--unstable-no-legacy-abort",
        // Inside the namespace every address is the function's own; without one only the two sockets may be named.
        options.Isolation == FunctionIsolation.Bubblewrap ? "--allow-net" : $"--allow-net=unix:{socket},unix:{door}",
        $"--allow-read={socket},{door}", $"--allow-write={socket},{door}",
        $"--v8-flags=--max-old-space-size={options.HeapMegabytes}",
    ];

    private static string Whole(double value) => ((long)value).ToString(CultureInfo.InvariantCulture);
}
