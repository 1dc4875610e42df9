using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Patchbay.Catalog;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Workspaces;

namespace Patchbay.EndToEnd.Tests.Browser;

/// <summary>Every connector of the catalog through its vendor's whole OAuth, clicked by a person in the sandbox.</summary>
[Trait("Needs", "Browser")]
public sealed class EveryVendorTests(BrowserHost host) : IClassFixture<BrowserHost>, IAsyncLifetime
{
    private IBrowserContext _context = null!;
    private IPage _page = null!;
    private string _app = "";

    /// <summary>Read from the folders, so that a new connector is in it by itself.</summary>
    /// <summary>Those that the sandbox plays; the others say "proof: shapes" and are tried against a scripted server.</summary>
    public static TheoryData<string> Connectors() =>
    [
        .. Directory.GetDirectories(Path.Combine(Support.Clone.Root, "connectors"))
            .Where(d => File.ReadLines(Path.Combine(d, "connector.yaml")).Contains("proof: sandbox")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal),
    ];

    public async Task InitializeAsync()
    {
        var owner = await host.OwnerAsync();
        _app = (await host.Server.Services.GetRequiredService<AppService>().CreateAsync(owner, "Help desk", null, "UTC", CancellationToken.None)).Id.Value;
        _context = await host.Browser.NewContextAsync();
        _page = await _context.NewPageAsync();
        await _page.GotoAsync($"{host.Dashboard}/sign-in/link#{await host.Workspaces.CreateSignInLinkAsync(owner.Id, CancellationToken.None)}");
        await _page.GetByRole(AriaRole.Heading, new() { Name = "Apps" }).WaitForAsync();
    }

    public async Task DisposeAsync() => await _context.DisposeAsync();

    [Theory]
    [MemberData(nameof(Connectors))]
    public async Task Denied_first_then_connected_then_disconnected(string connector)
    {
        var known = host.Server.Services.GetRequiredService<ConnectorCatalog>().FindConnector(connector)!;

        await OpenConsentAsync(known);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await _page.GetByRole(AriaRole.Heading, new() { Name = "The account was not connected" }).WaitForAsync();
        (await ConnectionAsync(connector)).ShouldBeNull();

        await OpenConsentAsync(known);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await _page.GetByRole(AriaRole.Heading, new() { Name = $"{known.Name} is connected" }).WaitForAsync();

        var connection = (await ConnectionAsync(connector)).ShouldNotBeNull();
        ((string)connection["state"]!, (string)connection["realm"]!).ShouldBe(("connected", "sandbox"));
        ((string?)connection["accountLabel"]).ShouldNotBeNullOrWhiteSpace("whose account it is must be shown");

        await CallAsync("DELETE", $"/connections/{connection["id"]}", null);
        (await ConnectionAsync(connector)).ShouldBeNull();
    }

    /// <summary>As far as the vendor's page, which says that it is none.</summary>
    private async Task OpenConsentAsync(Connector connector)
    {
        var first = connector.Operations.First(o => o.Scopes.Count > 0);
        var start = await CallAsync("POST", $"/connections/{connector.Id}/connect", new JsonObject { ["scopes"] = new JsonArray([.. first.Scopes.Select(s => (JsonNode)s)]) });
        var address = new Uri((string)start["connectUrl"]!);
        address.GetLeftPart(UriPartial.Authority).ShouldBe(host.Dashboard, "a link never leads straight to a vendor");
        await _page.GotoAsync(address.AbsoluteUri);
        foreach (var scope in first.Scopes)
            await _page.GetByText(connector.Scopes.First(s => s.Id == scope).Plain, new() { Exact = true }).First.WaitForAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = $"Continue to {connector.Name}" }).ClickAsync();
        await _page.WaitForURLAsync(url => url.StartsWith(host.Sandbox + "/", StringComparison.Ordinal));
        await _page.GetByText("Patchbay sandbox.").First.WaitForAsync();
    }

    private async Task<JsonNode?> ConnectionAsync(string connector) =>
        (await CallAsync("GET", "/connections", null))["items"]!.AsArray().FirstOrDefault(c => (string)c!["connector"]! == connector && (string)c["state"]! != "disconnected");

    /// <summary>What the dashboard's own page would send.</summary>
    private async Task<JsonNode> CallAsync(string method, string path, JsonObject? body)
    {
        await _page.GotoAsync(host.Dashboard + "/");
        var answer = await _page.EvaluateAsync<JsonElement>(
            "async ([method, path, body]) => { const r = await fetch(path, { method, headers: body ? { 'Content-Type': 'application/json' } : { 'X-Patchbay': '1' }, body }); return { status: r.status, text: await r.text() } }",
            new object?[] { method, $"/api/v1/apps/{_app}{path}", body?.ToJsonString() });
        var text = answer.GetProperty("text").GetString()!;
        answer.GetProperty("status").GetInt32().ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }
}
