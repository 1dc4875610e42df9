namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>Counts the calls of an app in a portal over ten seconds, for the headers that tell how many are left.</summary>
/// <remarks>In memory, and never a refusal: a test's clock stands still, so that any limit would be reached. Order a fault instead.</remarks>
internal sealed class RateWindow(TimeProvider time)
{
    public const int Most = 110;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> calls = [];

    public (int Most, int Left) Take(string key)
    {
        lock (gate)
        {
            if (!calls.TryGetValue(key, out var mine))
                calls[key] = mine = new Queue<DateTimeOffset>();
            var now = time.GetUtcNow();
            while (mine.TryPeek(out var first) && (first <= now - Window || mine.Count >= Most))
                mine.Dequeue();
            mine.Enqueue(now);
            return (Most, Most - mine.Count);
        }
    }
}
