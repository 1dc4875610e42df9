using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Patchbay.Platform.Workspaces;

/// <summary>Slows guessing of passwords on this node. Counted in quarters of an hour: ten tries for one account from one
/// place, so that a stranger elsewhere cannot lock its owner out; sixty from one place whatever the account; two hundred for
/// one account from everywhere.</summary>
public sealed class SignInThrottle(TimeProvider time) : IDisposable
{
    private const int Together = 10, FromOnePlace = 60, ForOneAccount = 200, Bound = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    // Bounded by Bound, about 2 MB: when full, windows that have ended are dropped, else the tenth that ends first. A crowd of
    // places that fills it loses some counts; nobody is locked out for its sake.
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Until)> _tries = new(StringComparer.Ordinal);

    // The hash of a password is slow on purpose; strangers must not keep every core busy with it.
    private readonly SemaphoreSlim _hashing = new(2);

    /// <summary>What counts as one place: an IPv4 address, or the /64 of an IPv6 address, since one client has all of it (RFC 6177).</summary>
    public static string PlaceOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) + "/64" : address.ToString();
    }

    /// <param name="place">From <see cref="PlaceOf"/>.</param>
    /// <returns>False: refuse without looking at the password.</returns>
    public bool TryEnter(string address, string place) =>
        Count("from " + place, FromOnePlace) && Count($"both {place} {address}", Together) && Count("for " + address, ForOneAccount);

    public void Succeeded(string address, string place) => _tries.TryRemove($"both {place} {address}", out _);

    public async Task<T> HashAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _hashing.Release();
        }
    }

    public void Dispose() => _hashing.Dispose();

    private bool Count(string key, int most)
    {
        var now = time.GetUtcNow();
        if (_tries.Count >= Bound && !_tries.ContainsKey(key))
        {
            foreach (var (old, value) in _tries)
            {
                if (value.Until <= now)
                    _tries.TryRemove(old, out _);
            }
            if (_tries.Count >= Bound)
            {
                foreach (var (old, _) in _tries.OrderBy(t => t.Value.Until).Take(Bound / 10))
                    _tries.TryRemove(old, out _);
            }
        }
        return _tries.AddOrUpdate(key, _ => (1, now + Window), (_, seen) => seen.Until <= now ? (1, now + Window) : (seen.Count + 1, seen.Until)).Count <= most;
    }
}
