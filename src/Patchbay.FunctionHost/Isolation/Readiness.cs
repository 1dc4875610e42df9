using Patchbay.FunctionHost.Pool;
using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Isolation;

/// <summary>Finds out whether this machine can run functions, by running one process, and says what is missing.</summary>
internal sealed class Readiness(FunctionHostOptions options, Spawner spawner, RunFolder run, IFunctionEgress egress, TimeProvider time)
{
    /// <summary>A factory that has proved to work, or the problems.</summary>
    public async Task<(ProcessFactory? Factory, IReadOnlyList<string> Problems)> ExamineAsync(CancellationToken cancellationToken)
    {
        var files = RuntimeFiles.In(options.RuntimeDirectory);
        List<string> problems = [.. files.Problems(options.RuntimeDirectory)];
        var tools = HostTools.Find(files.Deno);
        if (options.Isolation == FunctionIsolation.Bubblewrap) problems.AddRange(tools.Problems());
        if (problems.Count > 0) return (null, problems);

        if (HostTools.IsRoot) files = files.ReadableByAll(Path.Combine(run.Path, "runtime"));
        var factory = new ProcessFactory(options, new SandboxLine(options, files, tools), spawner, egress, time, run.Path);
        try
        {
            await using var process = await factory.StartAsync(cancellationToken);
            return (factory, []);
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
        {
            return (null, [Advice(e.Message)]);
        }
    }

    /// <summary>Translates what the tools say into what a person can do.</summary>
    internal static string Advice(string said)
    {
        if (said.Contains("unshare", StringComparison.Ordinal) || said.Contains("No permissions to create", StringComparison.Ordinal) || said.Contains("uid map", StringComparison.Ordinal))
            return $"The kernel refuses user namespaces ({Shorten(said)}). Allow them: `sysctl -w kernel.unprivileged_userns_clone=1` on older Debian, "
                + "`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` on Ubuntu 24.04, `sysctl -w user.max_user_namespaces=15000` where the number is 0; "
                + "in a container, run it with a seccomp profile that permits unshare.";
        if (said.Contains("disable-userns", StringComparison.Ordinal))
            return $"bubblewrap is too old ({Shorten(said)}): 0.8 or newer is required.";
        if (said.Contains("mount proc", StringComparison.Ordinal))
            return $"A private /proc cannot be mounted ({Shorten(said)}): in a container, unmask /proc (`--security-opt systempaths=unconfined`).";
        return $"A function process could not be started: {Shorten(said)}";
    }

    private static string Shorten(string said) => said.Length <= 300 ? said : $"{said[..300]}...";
}
