using Patchbay.FunctionHost;
using Patchbay.Vault;
using Patchbay.Vault.Egress;

namespace Patchbay.Platform.Functions;

/// <summary>
/// The function host's doors, each a door of the Vault's egress. Also carries run tickets: which process will serve an
/// invocation is the host's choice, so a ticket is known at every door of the function while its invocation lasts.
/// </summary>
public sealed class EgressDoors(IEgress egress) : IFunctionEgress
{
    private readonly Lock _gate = new();
    // Bounded by bound processes and invocations under way; a key goes when it has neither.
    private readonly Dictionary<FunctionKey, Live> _live = [];

    public async ValueTask<IFunctionDoor> OpenAsync(string directory, CancellationToken cancellationToken) =>
        new Door(this, await egress.OpenAsync(directory, cancellationToken), egress.CaCertificatePem);

    /// <summary>Until disposed, the ticket stands for the run in the call log.</summary>
    internal IDisposable RegisterRun(FunctionKey key, string ticket, string runId)
    {
        lock (_gate)
        {
            var live = Of(key);
            live.Tickets[ticket] = runId;
            foreach (var door in live.Doors)
                door.RegisterRun(ticket, runId);
        }
        return new Registration(() => Forget(key, ticket));
    }

    private void Forget(FunctionKey key, string ticket)
    {
        lock (_gate)
        {
            if (!_live.TryGetValue(key, out var live))
                return;
            live.Tickets.Remove(ticket);
            foreach (var door in live.Doors)
                door.ForgetRun(ticket);
            RemoveIfIdle(key, live);
        }
    }

    private void Bind(FunctionKey key, IEgressDoor door)
    {
        lock (_gate)
        {
            door.Bind(new FunctionIdentity(new AppId(key.App), key.Function, key.Version));
            var live = Of(key);
            live.Doors.Add(door);
            foreach (var (ticket, run) in live.Tickets)
                door.RegisterRun(ticket, run);
        }
    }

    private void Close(FunctionKey? key, IEgressDoor door)
    {
        if (key is null)
            return;
        lock (_gate)
        {
            if (!_live.TryGetValue(key, out var live))
                return;
            live.Doors.Remove(door);
            RemoveIfIdle(key, live);
        }
    }

    private Live Of(FunctionKey key)
    {
        if (!_live.TryGetValue(key, out var live))
            _live[key] = live = new Live();
        return live;
    }

    private void RemoveIfIdle(FunctionKey key, Live live)
    {
        if (live.Doors.Count == 0 && live.Tickets.Count == 0)
            _live.Remove(key);
    }

    private sealed class Live
    {
        public List<IEgressDoor> Doors { get; } = [];

        public Dictionary<string, string> Tickets { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class Door(EgressDoors doors, IEgressDoor inner, string caCertificatePem) : IFunctionDoor
    {
        private FunctionKey? _key;

        public string SocketPath => inner.SocketPath;

        public string CaCertificatePem => caCertificatePem;

        public ValueTask BindAsync(FunctionKey key, CancellationToken cancellationToken)
        {
            doors.Bind(key, inner);
            _key = key;
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            doors.Close(_key, inner);
            await inner.DisposeAsync();
        }
    }
}
