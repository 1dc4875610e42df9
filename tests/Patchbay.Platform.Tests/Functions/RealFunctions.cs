using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.FunctionHost;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Tests.Chat;
using Patchbay.Platform.Tests.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress;
using Patchbay.Vault.Keys;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;

namespace Patchbay.Platform.Tests.Functions;

/// <summary>The slice with a real function host and the Vault's real egress; only the stores and the server's own pipeline are the test's.</summary>
internal sealed class RealFunctions : IAsyncDisposable, ILocalApi, ICallLog
{
    private readonly ServiceProvider _services;
    private readonly string _folder = Directory.CreateTempSubdirectory("pb").FullName;

    private RealFunctions()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TestApps.Catalog)
            .AddVault(o => o.Key = VaultKey.OpenOrCreate(Path.Combine(_folder, "k.key"), Path.Combine(_folder, "data"), null))
            .AddSingleton<IFunctionStore>(new MemoryFunctions())
            .AddSingleton<IFlowStore>(new MemoryWork())
            .AddSingleton<IAppStore>(new OneApp())
            .AddSingleton<IWorkspaceStore>(new OneApp())
            .AddSingleton<IConnections>(Connections)
            .AddSingleton<IConnectionStore>(new SlackStore())
            .AddSingleton<ILocalApi>(this)
            .AddSingleton<ICallLog>(this)
            .AddSingleton(new FunctionHostOptions { RuntimeDirectory = RuntimeDirectory(), Isolation = FunctionIsolation.Unsafe, PoolSize = 1 })
            .AddFunctions()
            .BuildServiceProvider();
    }

    public static RealFunctions Start() => new();

    public MemoryConnections Connections { get; } = new();

    /// <summary>What the function asked of this server.</summary>
    public ConcurrentQueue<LocalCall> Calls { get; } = new();

    public FunctionService Service => _services.GetRequiredService<FunctionService>();

    public IFunctionInvoker Invoker => _services.GetRequiredService<IFunctionInvoker>();

    public async Task HandleAsync(HttpContext context, IFunctionCaller caller)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        Calls.Enqueue(new LocalCall(
            context.Request.Path, caller.Identity, caller.RunId, _services.GetRequiredService<ServiceTokens>().Find(token),
            context.Request.Headers["Base44-State"].ToString(), await caller.GetPhantomAsync("slack", context.RequestAborted)));
        await context.Response.WriteAsJsonAsync(new { id = "1", subject = "Printer" });
    }

    public ValueTask AppendAsync(CallLogEntry entry, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string RuntimeDirectory()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Patchbay.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "src", "Patchbay.FunctionHost", "runtime");
    }

    internal sealed record LocalCall(string Path, FunctionIdentity Identity, string? Run, ServiceCaller? Token, string State, string? Phantom);

    /// <summary>One working Slack connection; nothing here opens it.</summary>
    private sealed class SlackStore : IConnectionStore
    {
        public Task<ConnectionRow?> FindAsync(AppId app, ConnectionId id, CancellationToken cancellationToken) => Task.FromResult<ConnectionRow?>(new()
        {
            App = app,
            Id = id,
            Connector = "slack",
            Vendor = "slack",
            Realm = Realm.Sandbox,
            OAuthClient = "client",
            State = ConnectionState.Connected,
            GrantedScopes = [],
            ApprovedScopes = [],
            ConnectedBy = "ann",
            ConnectedAt = WorkBench.Start,
        });

        public Task<IReadOnlyList<ConnectionRow>> ListAsync(AppId app, CancellationToken cancellationToken) => throw NotHere();
        public Task InsertAsync(ConnectionRow fresh, ConnectionId? replaced, CancellationToken cancellationToken) => throw NotHere();
        public Task<bool> DisconnectAsync(AppId app, ConnectionId id, CancellationToken cancellationToken) => throw NotHere();
        public Task<ConnectionRow?> TryLeaseAsync(ConnectionId id, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => throw NotHere();
        public Task<bool> TryWriteIntentAsync(ConnectionId id, long fence, DateTimeOffset now, CancellationToken cancellationToken) => throw NotHere();
        public Task<bool> TryReplaceCredentialAsync(ConnectionId id, long fence, SealedSecret credential, DateTimeOffset? expiresAt, DateTimeOffset issuedAt, IReadOnlyList<string> grantedScopes, CancellationToken cancellationToken) => throw NotHere();
        public Task<bool> TryReleaseAsync(ConnectionId id, long fence, ConnectionState state, string? problem, CancellationToken cancellationToken) => throw NotHere();
        public Task ApproveAsync(AppId app, ConnectionId id, IReadOnlyList<string> approvedScopes, CancellationToken cancellationToken) => throw NotHere();
        public Task SaveClientAsync(OAuthClientRow client, IReadOnlyList<string> noLongerDefault, CancellationToken cancellationToken) => throw NotHere();
        public Task<OAuthClientRow?> FindClientAsync(string id, CancellationToken cancellationToken) => throw NotHere();
        public Task<bool> TryDeleteClientAsync(string id, CancellationToken cancellationToken) => throw NotHere();
        public Task<IReadOnlyList<ConnectionRow>> ListByClientAsync(string client, string? workspace, int limit, CancellationToken cancellationToken) => throw NotHere();
        public Task<int> CountByClientAsync(string client, string? workspace, CancellationToken cancellationToken) => throw NotHere();
        public Task<AuthorizationRow?> FindAuthorizationAsync(string stateHash, CancellationToken cancellationToken) => throw NotHere();
        public Task InsertAuthorizationAsync(AuthorizationRow authorization, CancellationToken cancellationToken) => throw NotHere();
        public Task<AuthorizationRow?> TakeAuthorizationAsync(string stateHash, CancellationToken cancellationToken) => throw NotHere();
        public IAsyncEnumerable<ConnectionRow> ReadAllAsync(CancellationToken cancellationToken) => throw NotHere();
        public Task<IReadOnlyList<OAuthClientRow>> ListClientsAsync(string? workspace, string? vendor, CancellationToken cancellationToken) => throw NotHere();

        private static InvalidOperationException NotHere() => new("No credential is opened in these tests.");
    }
}
