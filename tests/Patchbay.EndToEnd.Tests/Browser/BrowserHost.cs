using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;

namespace Patchbay.EndToEnd.Tests.Browser;

/// <summary>A real server with its sandbox, the built dashboard and a real Chromium, for one class of tests.</summary>
public sealed class BrowserHost : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-default-apps", "--disable-domain-reliability",
        "--lang=en-GB",
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("patchbay-browser-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Teammate? _owner;

    public PatchbayServer Server { get; private set; } = null!;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("Chromium is not started.");

    /// <summary>Without the slash at the end.</summary>
    public string Dashboard => Server.Addresses.PublicUrl.GetLeftPart(UriPartial.Authority);

    public string Sandbox => Server.Addresses.SandboxUrl!.GetLeftPart(UriPartial.Authority);

    public WorkspaceService Workspaces => Server.Services.GetRequiredService<WorkspaceService>();

    public async Task InitializeAsync()
    {
        var paths = Paths.Find();
        File.Exists(Path.Combine(paths.Web, "index.html")).ShouldBeTrue("The dashboard is not built. Run `npm ci && npm run build` in web/, or ./test.");
        Server = await PatchbayServer.StartAsync(
            new ServerOptions { Port = 0, SandboxPort = 0, Data = Path.Combine(_directory, "data"), KeyFile = Path.Combine(_directory, "test.key") }, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            // Chromium's own sandbox does not start as root.
            Args = Environment.IsPrivilegedProcess ? [.. Quiet, "--no-sandbox"] : Quiet,
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The install's one owner, made when first asked for.</summary>
    public async Task<Teammate> OwnerAsync() => _owner ??= await Workspaces.CreateOwnerUnattendedAsync("Mara Köhler", "mara@northwind.example", "Northwind", CancellationToken.None);

    /// <summary>Text of axe, as the web's tests use it.</summary>
    public static string Axe()
    {
        var file = Path.Combine(Paths.Find().Web, "..", "node_modules", "axe-core", "axe.min.js");
        File.Exists(file).ShouldBeTrue("Run `npm ci` in web/, or ./test.");
        return File.ReadAllText(file);
    }
}
