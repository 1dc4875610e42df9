using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Patchbay.FunctionHost;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Tests.Chat;
using Patchbay.Platform.Tests.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Patchbay.Vault.Egress;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Tests.Functions;

/// <summary>The slice as it is composed, over stores in memory, a host that runs nothing and doors that lead nowhere.</summary>
internal sealed class FunctionBench : IDisposable
{
    private readonly ServiceProvider _services;

    public FunctionBench()
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(TestApps.Catalog)
            .AddSingleton<IFunctionStore>(Functions)
            .AddSingleton<IFlowStore>(Flows)
            .AddSingleton<IFunctionHost>(Host)
            .AddSingleton<IConnections>(Connections)
            .AddSingleton<IAppStore>(Apps)
            .AddSingleton<IWorkspaceStore>(Apps)
            .AddSingleton<IEgress>(Egress)
            .AddFunctions()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public FakeTimeProvider Time { get; } = new(WorkBench.Start);
    public MemoryFunctions Functions { get; } = new();
    public MemoryWork Flows { get; } = new();
    public FakeHost Host { get; } = new();
    public MemoryConnections Connections { get; } = new();
    public OneApp Apps { get; } = new();
    public FakeEgress Egress { get; } = new();

    public FunctionService Service => _services.GetRequiredService<FunctionService>();
    public IFunctionInvoker Invoker => _services.GetRequiredService<IFunctionInvoker>();
    public ServiceTokens Tokens => _services.GetRequiredService<ServiceTokens>();
    public IFunctionEgress Doors => _services.GetRequiredService<IFunctionEgress>();
    public IEgressPolicy Policy => _services.GetRequiredService<IEgressPolicy>();

    public Task<FunctionVersion> SaveAsync(string code = "Deno.serve(() => new Response('ok'));", string name = "hello") =>
        Service.SaveAsync(WorkBench.App, name, new FunctionDraft(new Dictionary<string, string> { ["entry.ts"] = code }), "ann", default);

    public void Dispose() => _services.Dispose();
}

/// <summary>One app of one workspace. What else the contracts offer is not asked for here.</summary>
internal sealed class OneApp : IAppStore, IWorkspaceStore
{
    public bool BackendFunctions { get; set; } = true;

    public Plan Plan { get; set; } = Plan.Builder;

    public Task<App?> FindAsync(AppId id, CancellationToken cancellationToken) => Task.FromResult(id != WorkBench.App ? null : new App
    {
        Id = id,
        Workspace = new WorkspaceId("w"),
        Name = "Help desk",
        BackendFunctions = BackendFunctions,
        TimeZone = "UTC",
        CreatedAt = WorkBench.Start,
    });

    public Task<Workspace?> FindAsync(WorkspaceId id, CancellationToken cancellationToken) =>
        Task.FromResult<Workspace?>(new Workspace(id, "Acme", Plan, WorkBench.Start));

    public Task InsertAsync(App app, CancellationToken cancellationToken) => throw NotHere();
    public Task<IReadOnlyList<App>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken) => throw NotHere();
    public Task UpdateAsync(App app, CancellationToken cancellationToken) => throw NotHere();
    public Task<AppCounts> CountAsync(AppId id, DateTimeOffset since, CancellationToken cancellationToken) => throw NotHere();
    public Task InsertKeyAsync(ApiKey key, CancellationToken cancellationToken) => throw NotHere();
    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(AppId app, CancellationToken cancellationToken) => throw NotHere();
    public Task<ApiKey?> FindKeyAsync(string keyHash, CancellationToken cancellationToken) => throw NotHere();
    public Task<bool> DeleteKeyAsync(AppId app, string id, CancellationToken cancellationToken) => throw NotHere();
    public Task<bool> AnyAsync(CancellationToken cancellationToken) => throw NotHere();
    Task<IReadOnlyList<Workspace>> IWorkspaceStore.ListAsync(CancellationToken cancellationToken) => throw NotHere();
    public Task CreateAsync(Workspace workspace, Teammate owner, CancellationToken cancellationToken) => throw NotHere();
    public Task UpdateAsync(Workspace workspace, CancellationToken cancellationToken) => throw NotHere();
    public Task<IReadOnlyList<Teammate>> ListTeammatesAsync(WorkspaceId workspace, CancellationToken cancellationToken) => throw NotHere();
    public Task<Teammate?> FindTeammateAsync(TeammateId id, CancellationToken cancellationToken) => throw NotHere();
    public Task<Teammate?> FindTeammateByEmailAsync(string email, CancellationToken cancellationToken) => throw NotHere();
    public Task<bool> TryInsertTeammateAsync(Teammate teammate, CancellationToken cancellationToken) => throw NotHere();
    public Task<bool> TrySetRoleAsync(TeammateId id, Role role, CancellationToken cancellationToken) => throw NotHere();
    public Task<bool> TryChangePasswordAsync(TeammateId id, string? was, string becomes, string sessionHash, CancellationToken cancellationToken) => throw NotHere();
    public Task<bool> TryForgetPasswordAsync(TeammateId id, CancellationToken cancellationToken) => throw NotHere();
    public Task<bool> TryDeleteTeammateAsync(TeammateId id, CancellationToken cancellationToken) => throw NotHere();

    private static InvalidOperationException NotHere() => new("Functions only look at the app and its workspace.");
}

/// <summary>Doors that note what they are told.</summary>
internal sealed class FakeEgress : IEgress
{
    public List<FakeDoor> Doors { get; } = [];

    public string CaCertificatePem => "the authority";

    public ValueTask<IEgressDoor> OpenAsync(string directory, CancellationToken cancellationToken)
    {
        var door = new FakeDoor(directory);
        Doors.Add(door);
        return ValueTask.FromResult<IEgressDoor>(door);
    }

    internal sealed class FakeDoor(string directory) : IEgressDoor
    {
        public string SocketPath => $"{directory}/egress.sock";
        public FunctionIdentity? Bound { get; private set; }
        public Dictionary<string, string> Runs { get; } = [];
        public bool Closed { get; private set; }

        public void Bind(FunctionIdentity function) => Bound = function;

        public void RegisterRun(string ticket, string runId) => Runs.Add(ticket, runId);

        public void ForgetRun(string ticket) => Runs.Remove(ticket);

        public ValueTask DisposeAsync()
        {
            Closed = true;
            return ValueTask.CompletedTask;
        }
    }
}
