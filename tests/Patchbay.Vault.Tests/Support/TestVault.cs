using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress;
using Patchbay.Vault.Keys;
using Patchbay.Vault.Network;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Tests.Support;

/// <summary>A whole Vault as the server composes it, with fake vendors, a store in memory and a recorder for every sink.</summary>
internal sealed class TestVault : IAsyncDisposable, IEgressPolicy, ILocalApi, ICallLog
{
    public const string Public = "http://localhost:4400";
    public static readonly AppId App = new("a00000000000000000000001");

    private readonly string _root = Directory.CreateTempSubdirectory("pb-vault").FullName;
    private readonly ServiceProvider _services;
    private int _doors;

    private TestVault(FakeVendor vendor, MemoryStore store, TimeProvider time, ConnectorCatalog catalog)
    {
        Catalog = catalog;
        Vendor = vendor;
        Store = store;
        Time = time;
        Key = VaultKey.OpenOrCreate(Path.Combine(_root, "config", "a.key"), Path.Combine(_root, "data"), null);
        _services = Build();
    }

    public FakeVendor Vendor { get; }
    public MemoryStore Store { get; }
    public TimeProvider Time { get; }
    public ConnectorCatalog Catalog { get; }
    public VaultKey Key { get; }
    public ConcurrentQueue<CallLogEntry> Log { get; } = new();

    private readonly SemaphoreSlim _logged = new(0);

    /// <summary>The log once it has as many lines: a line is written when its reply has left, which its reader may see first.</summary>
    public async Task<IReadOnlyList<CallLogEntry>> LoggedAsync(int lines)
    {
        while (Log.Count < lines)
            (await _logged.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue($"{Log.Count} of {lines} lines were logged");
        return [.. Log];
    }
    public ConcurrentQueue<string> Lines { get; } = new();
    public bool SandboxOn { get; set; } = true;

    /// <summary>What a host name resolves to; a public address unless the test says otherwise.</summary>
    public Func<string, IPAddress[]> Resolve { get; set; } = _ => [IPAddress.Parse("93.184.216.34")];

    public FunctionPolicy? Policy { get; set; } = new([], []);
    public Func<HttpContext, IFunctionCaller, Task> LocalApi { get; set; } = (http, _) => http.Response.WriteAsync("own api");

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public IConnections Connections => Get<IConnections>();
    public SecretBox Box => Get<SecretBox>();

    /// <param name="catalog">Null: the one made for tests.</param>
    public static async Task<TestVault> StartAsync(TimeProvider? time = null, ConnectorCatalog? catalog = null)
    {
        var vault = new TestVault(await FakeVendor.StartAsync(), new MemoryStore(), time ?? TimeProvider.System, catalog ?? TestCatalog.Catalog);
        foreach (var vendor in TestCatalog.Vendors)
            await vault.AddClientAsync(vendor, Realm.Sandbox);
        return vault;
    }

    /// <summary>Another process on the same store and key.</summary>
    public ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.AddProvider(new LineProvider(Lines)).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton(Catalog);
        services.AddSingleton<IConnectionStore>(Store);
        services.AddSingleton(Time);
        services.AddSingleton<IEgressPolicy>(this);
        services.AddSingleton<ILocalApi>(this);
        services.AddSingleton<ICallLog>(this);
        services.AddSingleton(new LiveNetwork
        {
            Resolve = (host, _) => Task.FromResult(Resolve(host)),
            Dial = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, Vendor.LivePort, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
            ValidateCertificate = (_, certificate, _, _) => certificate?.GetCertHashString() == Vendor.CertificateHash,
        });
        services.AddVault(o =>
        {
            o.Key = Key;
            o.PublicUrl = new Uri(Public);
            o.SandboxPort = Vendor.SandboxPort;
            o.SandboxControlToken = "control";
        });
        return services.BuildServiceProvider();
    }

    /// <param name="secret">Null for a canary; empty for a client without one.</param>
    public async Task<OAuthClientRow> AddClientAsync(string vendor, Realm realm, string? secret = null)
    {
        var id = $"client-{vendor}-{realm}";
        secret ??= realm == Realm.Sandbox ? "sbxs_CANARYsecret" : "live_CANARYsecret";
        var row = new OAuthClientRow(id, vendor, realm, $"cid-{vendor}", secret.Length == 0 ? null : Box.Seal(new SecretText(secret), AssociatedData.Client(id)), Time.GetUtcNow());
        await Store.SaveClientAsync(row, [], CancellationToken.None);
        return row;
    }

    /// <summary>A live client as an operator sets it for the whole install.</summary>
    public Task<OAuthClientView> AddLiveAsync(string vendor, string clientId, string secret) =>
        Get<IOAuthClients>().AddAsync(new NewOAuthClient(null, vendor, [], "Production", clientId, secret, isDefault: true), CancellationToken.None);

    /// <summary>A connection that is already there, and allowed to the function.</summary>
    public async Task<ConnectionRow> AddConnectionAsync(string connector, string access, string? refresh = null, Realm realm = Realm.Sandbox, TimeSpan? life = null, AppId? app = null, string? account = "acct", string[]? granted = null, params string[] approved)
    {
        var known = Catalog.FindConnector(connector)!;
        var id = new ConnectionId(Ids.New(Time));
        var owner = app ?? App;
        var now = Time.GetUtcNow();
        var client = $"client-{known.Vendor}-{realm}";
        if (await Store.FindClientAsync(client, CancellationToken.None) is null)
            await AddClientAsync(known.Vendor, realm);
        var row = new ConnectionRow
        {
            App = owner,
            Id = id,
            Connector = connector,
            Vendor = known.Vendor,
            Realm = realm,
            OAuthClient = client,
            State = ConnectionState.Connected,
            AccountId = account,
            GrantedScopes = granted ?? approved,
            ApprovedScopes = approved,
            Credential = new Credential(new SecretText(access), refresh is null ? null : new SecretText(refresh), realm).Seal(Box, owner, id),
            AccessExpiresAt = life is { } l ? now + l : null,
            AccessIssuedAt = now,
            ConnectedBy = "t1",
            ConnectedAt = now,
        };
        await Store.InsertAsync(row, null, CancellationToken.None);
        if (owner == App)
            Policy = Policy! with { Connections = [.. Policy.Connections, new AllowedConnection(connector, id)] };
        return row;
    }

    public async Task<FunctionProcess> OpenAsync(bool bound = true, AppId? app = null)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_root, "d" + Interlocked.Increment(ref _doors))).FullName;
        var egress = Get<IEgress>();
        var door = await egress.OpenAsync(directory, CancellationToken.None);
        if (bound)
            door.Bind(new FunctionIdentity(app ?? App, "notify", 1));
        return new FunctionProcess(this, door, egress.CaCertificatePem);
    }

    public ValueTask<FunctionPolicy?> GetAsync(FunctionIdentity function, CancellationToken cancellationToken) => new(Policy);

    public Task HandleAsync(HttpContext context, IFunctionCaller caller) => LocalApi(context, caller);

    public ValueTask AppendAsync(CallLogEntry entry, CancellationToken cancellationToken)
    {
        Log.Enqueue(entry);
        _logged.Release();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Vendor.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private sealed class LineProvider(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
