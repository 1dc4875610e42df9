using System.Diagnostics;

namespace Patchbay.FunctionHost.Tests.Support;

/// <summary>Processes as the machine sees them, outside every namespace.</summary>
internal static class MachineProcesses
{
    public static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync(), process.WaitForExitAsync());
        return process.ExitCode;
    }

    public static List<int> SandboxedDenos() =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(n => int.Parse(n!, System.Globalization.CultureInfo.InvariantCulture))
            .Where(pid => IsOurs(pid)),
    ];

    // Deno processes whose chain of parents ends at this test run.
    private static bool IsOurs(int pid)
    {
        try
        {
            if (!File.ReadAllText($"/proc/{pid}/cmdline").StartsWith("/bin/deno\0", StringComparison.Ordinal)) return false;
            for (var at = pid; at > 1;)
            {
                if (at == Environment.ProcessId) return true;
                var stat = File.ReadAllText($"/proc/{at}/stat");
                at = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // It has just ended.
        }

        return false;
    }
}
