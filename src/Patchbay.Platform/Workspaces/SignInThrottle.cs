using System.Collections.Concurrent;

namespace Patchbay.Platform.Workspaces;

/// <summary>Slows guessing of passwords: ten tries an address and quarter of an hour, on this node.</summary>
public sealed class SignInThrottle(TimeProvider time)
{
    private const int Tries = 10, Bound = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    // Bounded by Bound: when full, windows that have ended are dropped; a flood of made-up addresses cannot grow it further.
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Until)> _tries = new(StringComparer.Ordinal);

    public bool TryEnter(string address)
    {
        var now = time.GetUtcNow();
        if (_tries.Count >= Bound)
        {
            foreach (var (key, value) in _tries)
            {
                if (value.Until <= now)
                    _tries.TryRemove(key, out _);
            }
            if (_tries.Count >= Bound && !_tries.ContainsKey(address))
                return false;
        }
        return _tries.AddOrUpdate(address, _ => (1, now + Window), (_, seen) => seen.Until <= now ? (1, now + Window) : (seen.Count + 1, seen.Until)).Count <= Tries;
    }

    public void Succeeded(string address) => _tries.TryRemove(address, out _);
}
