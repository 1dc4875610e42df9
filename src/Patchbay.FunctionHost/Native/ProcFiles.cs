using System.Globalization;

namespace Patchbay.FunctionHost.Native;

/// <summary>What /proc says about a process.</summary>
internal static class ProcFiles
{
    // sysconf(_SC_CLK_TCK) has been 100 on every Linux of the last decades; the kernel reports in this unit by contract.
    private const double TicksPerSecond = 100;

    /// <summary>Private resident bytes (resident minus shared), or null when the process is gone.</summary>
    public static long? PrivateBytes(int pid)
    {
        var fields = Read($"/proc/{pid}/statm")?.Split(' ');
        if (fields is not { Length: >= 3 }) return null;
        return (Number(fields[1]) - Number(fields[2])) * Environment.SystemPageSize;
    }

    /// <summary>User and system time used so far, or null when the process is gone.</summary>
    public static TimeSpan? CpuTime(int pid)
    {
        // The command name in parentheses may hold spaces and parentheses: count fields from the last one.
        var text = Read($"/proc/{pid}/stat");
        var end = text?.LastIndexOf(')') ?? -1;
        if (end < 0) return null;
        var fields = text![(end + 2)..].Split(' ');
        if (fields.Length < 13) return null;
        return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
    }

    /// <summary>The chain of only children that begins below <paramref name="pid"/>: for bubblewrap the namespace's init, then Deno.</summary>
    public static List<int> Chain(int pid)
    {
        List<int> chain = [];
        for (; ; )
        {
            var children = Read($"/proc/{pid}/task/{pid}/children")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (children is not { Length: > 0 }) return chain;
            pid = (int)Number(children[0]);
            chain.Add(pid);
        }
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // The process is gone.
        }
    }
}
