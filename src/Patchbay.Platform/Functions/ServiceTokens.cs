using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Platform.Runs;
using Patchbay.Vault.Egress;

namespace Patchbay.Platform.Functions;

/// <summary>What a service token stands for. Accept it only over the socket of the same function.</summary>
public sealed record ServiceCaller(FunctionIdentity Function, RunId? Run);

/// <summary>
/// Tokens with which a running function calls this server as the app (<c>asServiceRole</c>): random, one per invocation,
/// gone with it. In memory only, and only their hashes: they are worth nothing to another process.
/// </summary>
public sealed class ServiceTokens
{
    // Bounded by invocations under way.
    private readonly ConcurrentDictionary<string, ServiceCaller> _callers = new(StringComparer.Ordinal);

    /// <summary>Null if the token was never given out or its invocation has ended.</summary>
    /// <param name="token">From outside, without <c>Bearer</c>.</param>
    public ServiceCaller? Find(string? token) =>
        token is { Length: > 0 and < 200 } && _callers.TryGetValue(HashOf(token), out var caller) ? caller : null;

    internal ServiceToken Issue(FunctionIdentity function, RunId? run)
    {
        var token = "pbs_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var hash = HashOf(token);
        _callers[hash] = new ServiceCaller(function, run);
        return new ServiceToken(token, () => _callers.TryRemove(hash, out _));
    }

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>Valid until disposed.</summary>
internal sealed class ServiceToken(string value, Action end) : IDisposable
{
    public string Value => value;

    public void Dispose() => end();

    public override string ToString() => "[service token]";
}
