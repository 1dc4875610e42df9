using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox;

/// <summary>
/// The look-alike of the vendors, over real HTTP on 127.0.0.1. A vendor's address
/// <c>https://slack.com/api/auth.test</c> is <c>{BaseAddress}slack.com/api/auth.test</c> here.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private SandboxServer(WebApplication app, Uri baseAddress) => (this.app, BaseAddress) = (app, baseAddress);

    /// <summary>Such as <c>http://127.0.0.1:4410/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Opens the state, writes the seed on first use, and listens.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 40 * 1024 * 1024; // Gmail takes 25 MB, more once encoded.
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        if (options.LogToConsole)
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
                .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // a failed start is told once, by whoever started it
            builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.Services.AddRoutingCore().AddSingleton(options).AddSingleton(options.TimeProvider)
            .AddSingleton(_ => new Store(options.DataDirectory))
            .AddSingleton<OAuthStore>().AddSingleton<PendingConsents>()
            .AddSingleton<LiveFeed>().AddSingleton<RequestLog>().AddSingleton<FormGuard>()
            .AddSingleton<Faults>().AddSingleton<GrantFaults>().AddSingleton<Worlds>().AddSingleton<ControlApi>()
            .AddSingleton<WorldShell>().AddSingleton<WorldEndpoints>().AddSingleton<VendorGate>();
        VendorList.Register(builder.Services);

        var app = builder.Build();
        try
        {
            var services = app.Services;
            services.GetRequiredService<OAuthStore>().Prune();
            services.GetRequiredService<Worlds>().Seed();
            Map(app);
            await app.StartAsync(cancellationToken);
            var address = services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            return new SandboxServer(app, new Uri(address));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends when the process is told to stop (Ctrl C, SIGTERM) or the token is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static void Map(WebApplication app)
    {
        var control = app.Services.GetRequiredService<ControlApi>();
        var gate = app.Services.GetRequiredService<VendorGate>();

        app.Use(next => context => HostCheck.RunAsync(context, next));
        app.Use(next => context =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return context.Request.Path.StartsWithSegments("/_sandbox", StringComparison.OrdinalIgnoreCase) ? control.GuardAsync(context, next) : next(context);
        });
        app.Use(next => context => gate.RunAsync(context, next));
        app.UseRouting();

        app.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok\n", context.RequestAborted)));
        app.MapAssets();
        control.Map(app);
        app.Services.GetRequiredService<WorldEndpoints>().Map(app);
        foreach (var vendor in app.Services.GetRequiredService<VendorList>().All)
            vendor.Map(new VendorRoutes(app, vendor));
        app.MapFallback("/{**path}", (RequestDelegate)gate.UnknownAsync);
        app.UseEndpoints(_ => { });
    }
}
