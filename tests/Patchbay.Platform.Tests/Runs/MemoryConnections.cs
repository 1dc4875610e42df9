using Patchbay.Vault;
using Patchbay.Vault.ApiKeys;
using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Which accounts are connected, as a test says.</summary>
internal sealed class MemoryConnections : IConnections
{
    public List<ConnectionView> Views { get; } = [];

    public void Connect(string connector, ConnectionState state = ConnectionState.Connected, params string[] approved)
    {
        Views.RemoveAll(v => v.Connector == connector);
        Views.Add(new ConnectionView
        {
            App = WorkBench.App,
            Id = new ConnectionId($"conn-{connector}"),
            Connector = connector,
            Realm = Realm.Sandbox,
            Client = $"client-{connector}",
            State = state,
            GrantedScopes = approved,
            ApprovedScopes = approved,
            ConnectedBy = "somebody",
            ConnectedAt = WorkBench.Start,
        });
    }

    public Task<IReadOnlyList<ConnectionView>> ListAsync(AppId app, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConnectionView>>([.. Views.Where(v => v.App == app)]);

    public Task<ConnectionView?> FindAsync(AppId app, ConnectionId id, CancellationToken cancellationToken) =>
        Task.FromResult(Views.FirstOrDefault(v => v.App == app && v.Id == id));

    public Task<AuthorizationStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken) => throw NotHere();

    public Task<ConnectOutcome> ConnectWithKeyAsync(KeyConnectRequest request, CancellationToken cancellationToken) => throw NotHere();

    public Task<string?> FindVendorOfAsync(string state, CancellationToken cancellationToken) => throw NotHere();

    public Task<ConnectOutcome> CompleteAsync(CallbackParameters callback, string? browserBinding, string teammate, CancellationToken cancellationToken) => throw NotHere();

    public Task ApproveAsync(AppId app, ConnectionId id, IReadOnlyList<string> scopes, CancellationToken cancellationToken) => throw NotHere();

    public Task<DisconnectOutcome> DisconnectAsync(AppId app, ConnectionId id, CancellationToken cancellationToken) => throw NotHere();

    private static InvalidOperationException NotHere() => new("Flows only look at connections.");
}
