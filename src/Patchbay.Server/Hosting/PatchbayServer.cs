using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Patchbay.Catalog;
using Patchbay.FunctionHost;
using Patchbay.Platform;
using Patchbay.Platform.Files;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Api;
using Patchbay.Server.Base44;
using Patchbay.Server.Configuration;
using Patchbay.Server.Security;
using Patchbay.Storage;
using Patchbay.Vault;
using Patchbay.Vault.Keys;
using Patchbay.Vault.OAuth;

namespace Patchbay.Server.Hosting;

/// <summary>One running node: storage, vault, function host, sandbox and the web server. Commands and tests start it alike.</summary>
public sealed class PatchbayServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private SandboxProcess? _sandbox;

    private PatchbayServer(WebApplication app, ServerOptions options) => (_app, Options) = (app, options);

    public ServerOptions Options { get; }

    public Addresses Addresses => Services.GetRequiredService<Addresses>();

    public IServiceProvider Services => _app.Services;

    /// <summary>Where the master key lies, and whether this start made it: then the person must be told to save it.</summary>
    public string KeyFile { get; private set; } = "";

    public bool KeyCreated { get; private set; }

    /// <summary>Token that opens the sandbox's control API; null without a sandbox.</summary>
    public string? SandboxControlToken => _sandbox?.ControlToken;

    /// <exception cref="StartException">What is wrong and who must do what.</exception>
    public static async Task<PatchbayServer> StartAsync(ServerOptions options, CancellationToken cancellationToken, TimeProvider? time = null, FunctionHostOptions? functions = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var paths = Paths.Find();
        var app = Build(options, paths, time ?? TimeProvider.System, functions);
        var server = new PatchbayServer(app, options);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw e switch
            {
                StorageStartException storage => new StartException($"{storage.Message} ({storage.Code})", e),
                VaultStartException vault => new StartException($"{vault.Message} ({vault.Code})", e),
                IOException { InnerException: AddressInUseException } => new StartException($"Port {options.Port} is in use. Stop the program that has it, or choose another with --port.", e),
                SocketException { SocketErrorCode: SocketError.AddressNotAvailable } or IOException { InnerException: SocketException { SocketErrorCode: SocketError.AddressNotAvailable } } =>
                    new StartException($"This machine has no address {options.Listen}. Correct --listen.", e),
                SocketException { SocketErrorCode: SocketError.AccessDenied } => new StartException($"Port {options.Port} needs more rights. Choose one above 1023 with --port.", e),
                _ => e,
            };
        }
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
    }

    private static WebApplication Build(ServerOptions options, Paths paths, TimeProvider time, FunctionHostOptions? functions)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(PatchbayServer).Assembly.GetName().Name, EnvironmentName = Environments.Production });
        // A failed start is told once, in plain words, by whoever started it; from then on the host's complaints count.
        var listening = new StrongBox<bool>();
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", level => listening.Value && level >= LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 25 << 20;
            k.Listen(options.Listen, options.Port);
        });
        var services = builder.Services;
        services.AddSingleton(time);
        services.AddSingleton(options);
        services.AddSingleton(paths);
        services.AddSingleton<Addresses>();
        services.AddSingleton<ServerStatus>();
        // Read before anything listens: a fault of a connector is told at the start, all of them at once.
        services.AddSingleton(LoadCatalog(options, paths));
        services.AddStorage(new StorageOptions { DataDirectory = options.Data, ConnectionString = options.Database });
        services.AddSingleton(new FilesOptions(Path.Combine(options.Data, "files")));
        services.AddVault(_ => { });
        services.AddSingleton<IFunctionHost>(s => new DenoFunctionHost(
            functions ?? new FunctionHostOptions { RuntimeDirectory = paths.Runtime, Isolation = options.UnsafeFunctions ? FunctionIsolation.Unsafe : FunctionIsolation.Bubblewrap, PoolSize = 2 },
            s.GetRequiredService<IFunctionEgress>(), time));
        services.AddPlatform().AddFunctions().AddRuns().AddRunLoops().AddFlows();
        services.AddApi().AddBase44();
        FunctionPipeline.Wrap(services);
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => listening.Value = true);
        UsePipeline(app, options, paths);
        return app;
    }

    private static ConnectorCatalog LoadCatalog(ServerOptions options, Paths paths)
    {
        var loaded = CatalogLoader.Load(paths.Connectors, options.Connectors);
        return loaded.Catalog ?? throw new StartException($"The connectors have faults. Correct them, then start again (`./patchbay connector check` lists them too):\n{string.Join('\n', loaded.Errors)}");
    }

    private static void UsePipeline(WebApplication app, ServerOptions options, Paths paths)
    {
        if (options.TrustedProxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in options.TrustedProxies)
                forwarded.KnownProxies.Add(proxy);
            app.UseForwardedHeaders(forwarded);
        }
        app.UseMiddleware<HostMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        app.MapApi();
        app.MapBase44();
        app.MapSpa(paths.Web);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        PrepareData();
        var vault = Services.GetRequiredService<VaultOptions>();
        await Services.GetRequiredService<IStorage>().OpenAsync(cancellationToken);
        var instances = Services.GetRequiredService<IInstanceStore>();
        var instance = await instances.GetOrCreateInstanceIdAsync(cancellationToken);
        KeyFile = Options.KeyFile ?? VaultKey.DefaultPath(instance);
        var key = VaultKey.OpenOrCreate(KeyFile, Options.Data, await instances.GetKeyCheckAsync(cancellationToken));
        await instances.SaveKeyCheckAsync(key.Check, cancellationToken);
        (vault.Key, KeyCreated) = (key, key.Created);
        // Known before anything can call in, unless the system chooses the port.
        vault.PublicUrl = Options.PublicUrl ?? (Options.Port != 0 ? new Uri($"http://localhost:{Options.Port}") : null);
        if (Options.SandboxPort is { } port)
        {
            _sandbox = await SandboxProcess.StartAsync(Services.GetRequiredService<Paths>().Sandbox, Options.Data, port, cancellationToken);
            (vault.SandboxPort, vault.SandboxControlToken) = (_sandbox.Address.Port, _sandbox.ControlToken);
            Addresses.SandboxUrl = _sandbox.Address;
        }
        await _app.StartAsync(cancellationToken);
        var bound = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Addresses.Listening(BindingAddress.Parse(bound).Port);
        vault.PublicUrl = Addresses.PublicUrl;
        if (_sandbox is not null)
            await Services.GetRequiredService<IOAuthClients>().EnsureSandboxAsync(cancellationToken);
    }

    private void PrepareData()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Options.Data);
            else
                Directory.CreateDirectory(Options.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {Options.Data} cannot be made or used. Choose another with --data, or correct its owner.", e);
        }
    }
}
