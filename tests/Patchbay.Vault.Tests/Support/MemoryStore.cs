using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Tests.Support;

/// <summary>The store's contract in a few lines, with hooks for what must happen between two steps.</summary>
internal sealed class MemoryStore : IConnectionStore
{
    private sealed class Slot(ConnectionRow row)
    {
        public ConnectionRow Row = row;
        public DateTimeOffset LeasedUntil;
    }

    private readonly Lock _gate = new();
    private readonly Dictionary<ConnectionId, Slot> _rows = [];
    private readonly Dictionary<string, AuthorizationRow> _authorizations = [];
    private readonly List<OAuthClientRow> _clients = [];

    /// <summary>Runs inside <see cref="TryReplaceCredentialAsync"/> before anything is written; may throw as a crash would.</summary>
    public Action? BeforeReplace { get; set; }

    public List<string> Steps { get; } = [];

    public ConnectionRow Row(ConnectionId id)
    {
        lock (_gate)
            return _rows[id].Row;
    }

    public void Change(ConnectionId id, Func<ConnectionRow, ConnectionRow> change)
    {
        lock (_gate)
            _rows[id].Row = change(_rows[id].Row);
    }

    public void RemoveClients(string vendor)
    {
        lock (_gate)
            _clients.RemoveAll(c => c.Vendor == vendor);
    }

    /// <summary>What a thief of the database would read.</summary>
    public string Dump()
    {
        lock (_gate)
        {
            return string.Join('\n', _rows.Values.Select(s => $"{s.Row} {Bytes(s.Row.Credential)}")
                .Concat(_authorizations.Values.Select(a => $"{a} {Bytes(a.Verifier)}"))
                .Concat(_clients.Select(c => $"{c} {Bytes(c.ClientSecret)}")));
        }
    }

    private static string Bytes(SealedSecret? s) => s is null ? "" : System.Text.Encoding.Latin1.GetString(s.Payload);

    public Task<ConnectionRow?> FindAsync(AppId app, ConnectionId id, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_rows.TryGetValue(id, out var slot) && slot.Row.App == app ? slot.Row : null);
    }

    public Task<IReadOnlyList<ConnectionRow>> ListAsync(AppId app, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<ConnectionRow>>([.. _rows.Values.Select(s => s.Row).Where(r => r.App == app && r.State != ConnectionState.Disconnected)]);
    }

    public Task InsertAsync(ConnectionRow fresh, ConnectionId? replaced, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_rows.Values.Any(s => s.Row.App == fresh.App && s.Row.Connector == fresh.Connector && s.Row.State != ConnectionState.Disconnected && s.Row.Id != replaced))
                throw new ConnectionConflictException("taken");
            _rows[fresh.Id] = new Slot(fresh);
            if (replaced is { } old)
                _rows[old].Row = _rows[old].Row with { State = ConnectionState.Disconnected, Credential = null };
            return Task.CompletedTask;
        }
    }

    public Task<bool> DisconnectAsync(AppId app, ConnectionId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(id, out var slot) || slot.Row.App != app || slot.Row.State == ConnectionState.Disconnected)
                return Task.FromResult(false);
            slot.Row = slot.Row with { State = ConnectionState.Disconnected, Credential = null, Fence = slot.Row.Fence + 1 };
            return Task.FromResult(true);
        }
    }

    public Task<ConnectionRow?> TryLeaseAsync(ConnectionId id, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var slot = _rows[id];
            if (slot.LeasedUntil > now)
                return Task.FromResult<ConnectionRow?>(null);
            slot.LeasedUntil = until;
            slot.Row = slot.Row with { Fence = slot.Row.Fence + 1 };
            Steps.Add("lease");
            return Task.FromResult<ConnectionRow?>(slot.Row);
        }
    }

    public Task<bool> TryWriteIntentAsync(ConnectionId id, long fence, DateTimeOffset now, CancellationToken cancellationToken) =>
        Fenced(id, fence, "intent", slot => slot.Row = slot.Row with { RefreshIntentAt = now });

    public Task<bool> TryReplaceCredentialAsync(ConnectionId id, long fence, SealedSecret credential, DateTimeOffset? expiresAt, DateTimeOffset issuedAt, IReadOnlyList<string> grantedScopes, CancellationToken cancellationToken)
    {
        BeforeReplace?.Invoke();
        return Fenced(id, fence, "replace", slot =>
        {
            slot.Row = slot.Row with { Credential = credential, AccessExpiresAt = expiresAt, AccessIssuedAt = issuedAt, GrantedScopes = grantedScopes, RefreshIntentAt = null };
            slot.LeasedUntil = default;
        });
    }

    public Task<bool> TryReleaseAsync(ConnectionId id, long fence, ConnectionState state, string? problem, CancellationToken cancellationToken) =>
        Fenced(id, fence, "release", slot =>
        {
            slot.Row = slot.Row with { State = state, Problem = problem };
            slot.LeasedUntil = default;
        });

    private Task<bool> Fenced(ConnectionId id, long fence, string step, Action<Slot> write)
    {
        lock (_gate)
        {
            if (_rows[id].Row.Fence != fence)
                return Task.FromResult(false);
            write(_rows[id]);
            Steps.Add(step);
            return Task.FromResult(true);
        }
    }

    public Task ApproveAsync(AppId app, ConnectionId id, IReadOnlyList<string> approvedScopes, CancellationToken cancellationToken)
    {
        Change(id, r => r with { ApprovedScopes = approvedScopes });
        return Task.CompletedTask;
    }

    public Task SaveClientAsync(OAuthClientRow client, IReadOnlyList<string> noLongerDefault, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            for (var i = 0; i < _clients.Count; i++)
            {
                if (noLongerDefault.Contains(_clients[i].Id))
                    _clients[i] = _clients[i] with { IsDefault = false };
            }
            _clients.RemoveAll(c => c.Id == client.Id);
            _clients.Add(client);
        }
        return Task.CompletedTask;
    }

    public Task<OAuthClientRow?> FindClientAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_clients.Find(c => c.Id == id));
    }

    public Task<bool> TryDeleteClientAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(!_rows.Values.Any(s => s.Row.OAuthClient == id && s.Row.State != ConnectionState.Disconnected) && _clients.RemoveAll(c => c.Id == id) == 1);
    }

    /// <summary>It knows no apps and so no workspaces: a test has one.</summary>
    public Task<IReadOnlyList<ConnectionRow>> ListByClientAsync(string client, string? workspace, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<ConnectionRow>>([.. _rows.Values.Select(s => s.Row).Where(r => r.OAuthClient == client && r.State != ConnectionState.Disconnected).Take(limit)]);
    }

    public async Task<int> CountByClientAsync(string client, string? workspace, CancellationToken cancellationToken) =>
        (await ListByClientAsync(client, workspace, int.MaxValue, cancellationToken)).Count;

    public Task InsertAuthorizationAsync(AuthorizationRow authorization, CancellationToken cancellationToken)
    {
        lock (_gate)
            _authorizations.Add(authorization.StateHash, authorization);
        return Task.CompletedTask;
    }

    public Task<AuthorizationRow?> FindAuthorizationAsync(string stateHash, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_authorizations.GetValueOrDefault(stateHash));
    }

    public Task<AuthorizationRow?> TakeAuthorizationAsync(string stateHash, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_authorizations.Remove(stateHash, out var row) ? row : null);
    }

    public async IAsyncEnumerable<ConnectionRow> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ConnectionRow> rows;
        lock (_gate)
            rows = [.. _rows.Values.Select(s => s.Row)];
        foreach (var row in rows)
            yield return row;
        await Task.CompletedTask;
    }

    public Task<IReadOnlyList<OAuthClientRow>> ListClientsAsync(string? workspace, string? vendor, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<OAuthClientRow>>([.. _clients.Where(c => (c.Workspace is null || c.Workspace == workspace) && (vendor is null || c.Vendor == vendor))]);
    }
}
