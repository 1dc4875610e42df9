using System.Diagnostics;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Waits for what another thread is about to do.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException("What was waited for did not come.");
            await Task.Yield();
        }
    }
}
