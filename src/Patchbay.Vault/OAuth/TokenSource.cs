using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Network;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>An access token that is good now.</summary>
/// <param name="Seal">The ciphertext it came from: unlike the fence, it differs for each stored credential.</param>
internal sealed record AccessToken(SecretText Value, Realm Realm, byte[] Seal)
{
    public bool CameFrom(SealedSecret? credential) => credential is not null && Seal.AsSpan().SequenceEqual(credential.Payload.AsSpan(0, Seal.Length));
}

/// <summary>Gives access tokens, refreshed when they near their end: one request to the vendor however many callers and
/// nodes ask. Within a process callers share one flight; between processes a lease in the store decides who asks, and
/// its fence decides whose answer counts.</summary>
internal sealed partial class TokenSource(ConnectorCatalog catalog, IConnectionStore store, OAuthClients clients, TokenEndpoint endpoint, SecretBox box, TimeProvider time, ILogger<TokenSource> logger)
{
    /// <summary>Longer than <see cref="TokenEndpoint.Timeout"/>: the request ends before the lease does.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5), Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>After a 401 a token younger than this is not refreshed again: the vendor means something else by it.</summary>
    private static readonly TimeSpan TrustFreshToken = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(5);

    private readonly string _holder = Nonce.New();

    // Bounded by the live connections of the install; an entry leaves with its flight, its disconnect or its death.
    private readonly ConcurrentDictionary<ConnectionId, AccessToken> _cache = new();
    private readonly ConcurrentDictionary<ConnectionId, Lazy<Task<AccessToken>>> _flights = new();
    private readonly ConcurrentDictionary<ConnectionId, DateTimeOffset> _restUntil = new();

    /// <exception cref="ConnectionUnusableException">A person must act, or the vendor does not answer.</exception>
    /// <exception cref="SecretUnreadableException">The row does not open.</exception>
    public ValueTask<AccessToken> GetAsync(ConnectionRow row, CancellationToken cancellationToken)
    {
        RefuseUnlessConnected(row);
        return NeedsRefresh(row) ? new(FlyAsync(row, refused: null, cancellationToken)) : new(Opened(row));
    }

    /// <summary>The vendor answered 401 to <paramref name="refused"/>: a newer token if there is or can be one, else null.</summary>
    public async Task<AccessToken?> RenewAsync(AppId app, ConnectionId id, AccessToken refused, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(app, id, cancellationToken) is not { State: ConnectionState.Connected } row)
            return null;
        if (!refused.CameFrom(row.Credential))
            return await GetAsync(row, cancellationToken);
        if (row.AccessIssuedAt is { } issued && time.GetUtcNow() - issued < TrustFreshToken && time.GetUtcNow() >= issued)
            return null;
        if (Credential.Open(box, row).Refresh is null)
            return null;
        var token = await FlyAsync(row, refused, cancellationToken);
        return token.Seal.AsSpan().SequenceEqual(refused.Seal) ? null : token;
    }

    public void Forget(ConnectionId id)
    {
        _cache.TryRemove(id, out _);
        _restUntil.TryRemove(id, out _);
    }

    private bool NeedsRefresh(ConnectionRow row)
    {
        if (row.AccessExpiresAt is not { } end)
            return false;
        var now = time.GetUtcNow();
        if (row.AccessIssuedAt is not { } issued)
            return now >= end - LongestMargin;
        var half = (end - issued) / 2;
        // A clock that stands well before the issue was set back: the end cannot be trusted then.
        return now >= end - (half < LongestMargin ? half : LongestMargin) || now < issued - Skew;
    }

    private AccessToken Opened(ConnectionRow row)
    {
        if (_cache.TryGetValue(row.Id, out var cached) && cached.CameFrom(row.Credential))
            return cached;
        var credential = Credential.Open(box, row);
        var token = new AccessToken(credential.Access, credential.Realm, row.Credential!.Payload[..12]);
        _cache[row.Id] = token;
        return token;
    }

    private async Task<AccessToken> FlyAsync(ConnectionRow row, AccessToken? refused, CancellationToken cancellationToken)
    {
        // The flight is nobody's in particular: one caller that leaves must not take the others' answer with it.
        var flight = _flights.GetOrAdd(row.Id, _ => new Lazy<Task<AccessToken>>(() => Task.Run(() => LandAsync(row, refused), CancellationToken.None)));
        return await flight.Value.WaitAsync(cancellationToken);
    }

    private async Task<AccessToken> LandAsync(ConnectionRow row, AccessToken? refused)
    {
        try
        {
            return await RefreshAsync(row, refused);
        }
        finally
        {
            _flights.TryRemove(row.Id, out _);
        }
    }

    private async Task<AccessToken> RefreshAsync(ConnectionRow known, AccessToken? refused)
    {
        if (_restUntil.TryGetValue(known.Id, out var until) && time.GetUtcNow() < until)
            return StillGood(known, refused) ?? throw Unavailable(known);
        var deadline = time.GetUtcNow() + Lease + TimeSpan.FromSeconds(5);
        for (var wait = ShortestWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            var now = time.GetUtcNow();
            var leased = await store.TryLeaseAsync(known.Id, _holder, now, now + Lease, CancellationToken.None);
            if (leased is not null)
                return await RefreshLeasedAsync(leased, refused);
            // Another holder is at it. Not getting the lease is never a licence to refresh without it.
            if (await store.FindAsync(known.App, known.Id, CancellationToken.None) is not { } seen)
                throw Gone();
            RefuseUnlessConnected(seen);
            if (IsGood(seen, refused))
                return Opened(seen);
            if (now >= deadline)
                throw Unavailable(seen);
            await Task.Delay(wait, time, CancellationToken.None);
        }
    }

    private bool IsGood(ConnectionRow row, AccessToken? refused) => !NeedsRefresh(row) && refused?.CameFrom(row.Credential) != true;

    private async Task<AccessToken> RefreshLeasedAsync(ConnectionRow row, AccessToken? refused)
    {
        var state = row.State;
        string? problem = row.Problem;
        var holding = true;
        try
        {
            RefuseUnlessConnected(row);
            if (IsGood(row, refused))
                return Opened(row);
            var credential = Credential.Open(box, row);
            var connector = catalog.FindConnector(row.Connector) ?? throw Gone();
            var client = await clients.FindAsync(row.OAuthClient, CancellationToken.None);
            if (client is null || client.Realm != row.Realm)
                throw new ConnectionUnusableException(row.State, "PB2105", $"The OAuth client that {connector.Name} was connected with is gone. An admin must set it up, then connect the account again.");
            if (credential.Refresh is null)
            {
                // Without a refresh token the end of the access token is the end of the connection.
                if (StillGood(row, refused) is { } usable)
                    return usable;
                (state, problem) = (ConnectionState.NeedsReconnect, "PB2106");
                throw new ConnectionUnusableException(state, problem, $"Access to {connector.Name} has ended and the vendor gives no renewal. A teammate must connect the account again.");
            }
            if (!await store.TryWriteIntentAsync(row.Id, row.Fence, time.GetUtcNow(), CancellationToken.None))
                return await RereadAsync(row);
            var asked = time.GetUtcNow();
            var (grant, failure) = await endpoint.RefreshAsync(connector, client, credential.Refresh, CancellationToken.None);
            if (grant is not null)
            {
                // An organisation may have moved to another host: the newest reply says where it is.
                var config = Credential.ConfigOf(connector, grant);
                var fresh = new Credential(grant.Access, grant.Refresh ?? credential.Refresh, row.Realm) { Config = config.Count > 0 ? config : credential.Config };
                var stored = fresh.Seal(box, row.App, row.Id);
                // Stored before it is used: a token that only this process knew would be lost with it.
                if (!await StoreAsync(row, stored, grant.Life is { } life ? asked + life : null, asked, grant.Scopes ?? row.GrantedScopes))
                    return await RereadAsync(row);
                holding = false;
                _restUntil.TryRemove(row.Id, out _);
                var token = new AccessToken(fresh.Access, row.Realm, stored.Payload[..12]);
                _cache[row.Id] = token;
                LogRefreshed(row.Id, row.Connector);
                return token;
            }
            if (failure is { Kind: TokenFailureKind.Refused, Error: { } error } && connector.OAuth.DeadGrantErrors.Contains(error))
            {
                // A sibling may have spent the token and stored its successor: only an unchanged row is dead.
                if (await store.FindAsync(row.App, row.Id, CancellationToken.None) is { } now && now.Fence != row.Fence)
                    return await RereadAsync(row);
                (state, problem) = (ConnectionState.NeedsReconnect, row.RefreshIntentAt is null ? "PB2103" : "PB2104");
                _cache.TryRemove(row.Id, out _);
                LogDead(row.Id, row.Connector, problem);
                throw new ConnectionUnusableException(state, problem, row.RefreshIntentAt is null
                    ? $"{connector.Name} has ended the access. A teammate must connect the account again."
                    : $"A crash interrupted the renewal of the access to {connector.Name}, and the vendor does not accept the earlier token any more. A teammate must connect the account again.");
            }
            _restUntil[row.Id] = time.GetUtcNow() + RestAfterFailure;
            LogFailed(row.Id, row.Connector, failure?.Error ?? "no answer");
            return StillGood(row, refused) ?? throw Unavailable(row);
        }
        finally
        {
            if (holding)
                await store.TryReleaseAsync(row.Id, row.Fence, state, problem, CancellationToken.None);
        }
    }

    /// <summary>Tries thrice: behind a database that hiccups lies a refresh token which the vendor gives only once.</summary>
    private async Task<bool> StoreAsync(ConnectionRow row, SealedSecret credential, DateTimeOffset? end, DateTimeOffset issued, IReadOnlyList<string> scopes)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.TryReplaceCredentialAsync(row.Id, row.Fence, credential, end, issued, scopes, CancellationToken.None);
            }
            catch (Exception e) when (attempt < 3)
            {
                LogStoreFailed(row.Id, row.Connector, e.GetType().Name);
            }
        }
    }

    /// <summary>In the margin before its end a token still works: a vendor that is down for a minute must not stop calls.</summary>
    private AccessToken? StillGood(ConnectionRow row, AccessToken? refused) =>
        refused is null && row.AccessExpiresAt is { } end && time.GetUtcNow() < end && row.Credential is not null ? Opened(row) : null;

    private async Task<AccessToken> RereadAsync(ConnectionRow row)
    {
        if (await store.FindAsync(row.App, row.Id, CancellationToken.None) is not { } now)
            throw Gone();
        RefuseUnlessConnected(now);
        return NeedsRefresh(now) ? throw Unavailable(now) : Opened(now);
    }

    private void RefuseUnlessConnected(ConnectionRow row)
    {
        if (row.State == ConnectionState.Connected)
            return;
        var name = catalog.FindConnector(row.Connector)?.Name ?? row.Connector;
        throw new ConnectionUnusableException(row.State, row.Problem ?? "PB2101", row.State switch
        {
            ConnectionState.CheckNeeded => $"The connection to {name} was restored from a copy and is not proven yet. A teammate must check it on the connections page.",
            ConnectionState.NeedsReconnect => $"{name} has ended the access. A teammate must connect the account again.",
            _ => $"{name} is not connected any more. A teammate must connect an account.",
        });
    }

    private static ConnectionUnusableException Gone() => new(ConnectionState.Disconnected, "PB2101", "The account is not connected any more. A teammate must connect one.");

    private ConnectionUnusableException Unavailable(ConnectionRow row) =>
        new(row.State, "PB2102", $"{catalog.FindConnector(row.Connector)?.Name ?? row.Connector} did not renew the access just now. Nothing is lost: try again in a moment.") { MayWorkLater = true };

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Refreshed connection {Connection} ({Connector})")]
    private partial void LogRefreshed(ConnectionId connection, string connector);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "Refresh of connection {Connection} ({Connector}) failed and will be tried again: {Reason}")]
    private partial void LogFailed(ConnectionId connection, string connector, string reason);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Error, Message = "Refreshed connection {Connection} ({Connector}) could not be stored: {Kind}")]
    private partial void LogStoreFailed(ConnectionId connection, string connector, string kind);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "Connection {Connection} ({Connector}) needs a person: {Problem}")]
    private partial void LogDead(ConnectionId connection, string connector, string problem);
}

/// <summary>No token can be had. Code and message may be shown to people and models.</summary>
internal sealed class ConnectionUnusableException(ConnectionState state, string code, string message) : Exception(message)
{
    public ConnectionState State { get; } = state;
    public string Code { get; } = code;

    /// <summary>True if nobody need act.</summary>
    public bool MayWorkLater { get; init; }
}
