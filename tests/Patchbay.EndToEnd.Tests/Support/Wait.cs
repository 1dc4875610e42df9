using System.Diagnostics;

namespace Patchbay.EndToEnd.Tests.Support;

/// <summary>Waits for something another process does, which can be seen only by looking.</summary>
internal static class Wait
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Looks until the answer is not null.</summary>
    /// <exception cref="TimeoutException">It stayed null.</exception>
    public static async Task<T> ForAsync<T>(string what, Func<Task<T?>> look) where T : class
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await look() is { } found)
                return found;
            if (watch.Elapsed > Patience)
                throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s in vain: {what}.");
            await Task.Delay(50);
        }
    }

    public static Task UntilAsync(string what, Func<Task<bool>> look) => ForAsync(what, async () => await look() ? "yes" : null);
}
