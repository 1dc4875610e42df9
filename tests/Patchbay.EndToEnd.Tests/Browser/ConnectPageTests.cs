using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Patchbay.Catalog;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Workspaces;

namespace Patchbay.EndToEnd.Tests.Browser;

/// <summary>Our own page before a vendor's, as people meet it: the requester, somebody else, nobody, too late, twice.</summary>
[Trait("Needs", "Browser")]
public sealed class ConnectPageTests(BrowserHost host) : IClassFixture<BrowserHost>, IAsyncLifetime
{
    private IBrowserContext _context = null!;
    private IPage _page = null!;
    private Teammate _owner = null!;
    private App _app = null!;

    public async Task InitializeAsync()
    {
        _owner = await host.OwnerAsync();
        _app = await Get<AppService>().CreateAsync(_owner, "Help desk", null, "UTC", CancellationToken.None);
        _context = await host.Browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        _page = await SignInAsync(_context, _owner);
    }

    public async Task DisposeAsync() => await _context.DisposeAsync();

    private T Get<T>() where T : notnull => host.Server.Services.GetRequiredService<T>();

    private async Task<IPage> SignInAsync(IBrowserContext context, Teammate teammate)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{host.Dashboard}/sign-in/link#{await host.Workspaces.CreateSignInLinkAsync(teammate.Id, CancellationToken.None)}");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Apps" }).WaitForAsync();
        return page;
    }

    private async Task<string> LinkAsync(string connector = "slack", params string[] scopes) =>
        $"{host.Dashboard}/connect/{await Get<ConnectStarts>().AskAsync(_owner, _app, new ConnectWish(connector, scopes.Length > 0 ? scopes : ["chat:write"], null, null, false, null), CancellationToken.None)}";

    private static Task HeadingAsync(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 }).WaitForAsync();

    [Fact]
    public async Task It_says_for_which_app_who_asked_what_is_allowed_and_where_and_leads_on_only_by_a_click()
    {
        var left = new List<string>();
        _context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Dashboard + "/", StringComparison.Ordinal))
                left.Add(request.Url);
        };
        await _page.GotoAsync(await LinkAsync("slack", "chat:write", "channels:read"));
        await HeadingAsync(_page, "Connect Slack");
        var text = await _page.GetByRole(AriaRole.Main).InnerTextAsync();
        var slack = Get<ConnectorCatalog>().FindConnector("slack")!;
        foreach (var said in new[] { "Help desk", _owner.Name, "Sandbox", "No OAuth client is set up for Slack", slack.Scopes.First(s => s.Id == "chat:write").Plain, slack.Scopes.First(s => s.Id == "channels:read").Plain })
            text.ShouldContain(said);
        left.ShouldBeEmpty();
        (await _context.CookiesAsync()).ShouldNotContain(c => c.Name.Contains("connect"), "the browser is bound by the click and not by the look");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Continue to Slack" }).ClickAsync();
        await _page.WaitForURLAsync(new Regex(Regex.Escape(host.Sandbox)));
        var cookie = (await _context.CookiesAsync()).Single(c => c.Name.Contains("connect"));
        (cookie.HttpOnly, cookie.SameSite).ShouldBe((true, SameSiteAttribute.Lax));
    }

    [Fact]
    public async Task Another_teammate_nobody_a_second_use_and_a_stranger_link_end_there_with_a_page_that_says_why()
    {
        var link = await LinkAsync();
        var (admin, _) = await host.Workspaces.InviteAsync(_owner, "Jonas Weber", $"{Guid.NewGuid():N}@northwind.example", Role.Admin, CancellationToken.None);
        await using (var theirs = await host.Browser.NewContextAsync())
        {
            var page = await SignInAsync(theirs, admin);
            await page.GotoAsync(link);
            await HeadingAsync(page, "This link is not yours");
            (await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Continue") }).CountAsync()).ShouldBe(0);
        }
        await using (var empty = await host.Browser.NewContextAsync())
        {
            var page = await empty.NewPageAsync();
            await page.GotoAsync(link);
            await HeadingAsync(page, "Sign in to go on");
            await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
            await page.WaitForURLAsync(url => url.Contains("next=%2Fconnect%2F", StringComparison.Ordinal));
        }
        await _page.GotoAsync(link);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Continue to Slack" }).ClickAsync();
        await _page.WaitForURLAsync(new Regex(Regex.Escape(host.Sandbox)));
        await _page.GotoAsync(link);
        await HeadingAsync(_page, "This link was used already");
        await _page.GotoAsync($"{host.Dashboard}/connect/{Tokens.New()}");
        await HeadingAsync(_page, "This link leads nowhere");
        await _page.GotoAsync($"{host.Dashboard}/connect-failed?error=SignedOut");
        await _page.GetByText("Nobody is signed in to this dashboard here").WaitForAsync();
    }

    [Fact]
    public async Task Switched_off_functions_are_switched_on_where_they_are_missed()
    {
        var link = await LinkAsync();
        await Get<AppService>().UpdateAsync(_owner, _app.Id, null, null, backendFunctions: false, null, CancellationToken.None);
        foreach (var path in new[] { "", "/integrations/browse", "/integrations/browse/slack" })
        {
            await _page.GotoAsync($"{host.Dashboard}/apps/{_app.Id}{path}");
            await _page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).WaitForAsync();
        }
        await _page.GotoAsync(link);
        var go = _page.GetByRole(AriaRole.Button, new() { Name = "Continue to Slack" });
        (await go.IsDisabledAsync()).ShouldBeTrue();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Assertions.Expect(go).ToBeEnabledAsync();
        await go.ClickAsync();
        await _page.WaitForURLAsync(new Regex(Regex.Escape(host.Sandbox)));
    }

    [Fact]
    public async Task An_admin_adds_a_client_of_their_own_on_the_connectors_page_and_the_next_connect_goes_to_the_vendor_itself()
    {
        await _page.GotoAsync($"{host.Dashboard}/apps/{_app.Id}/integrations/browse/notion");
        var section = _page.GetByRole(AriaRole.Region, new() { Name = "OAuth clients" });
        await section.GetByText($"{host.Dashboard}/oauth/callback/notion").WaitForAsync();
        (await section.GetByRole(AriaRole.List).Locator("li").Filter(new() { HasText = "https://www.notion.so/" }).CountAsync()).ShouldBe(1, "the steps at the vendor");
        await section.GetByRole(AriaRole.Button, new() { Name = "Add OAuth client…" }).ClickAsync();
        await _page.GetByLabel("Client id").FillAsync("notion-client");
        await _page.GetByLabel("Client secret").FillAsync("notion-CANARY");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Add client" }).ClickAsync();
        await section.GetByText("Real Notion accounts connect with “Production”.").WaitForAsync();
        (await _page.ContentAsync()).ShouldNotContain("CANARY");

        // Stays on our page: what is real is not called from a test.
        await _page.GotoAsync(await LinkAsync("notion", Get<ConnectorCatalog>().FindConnector("notion")!.Scopes[0].Id));
        await _page.GetByText("Notion itself").First.WaitForAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Use the sandbox instead" }).ClickAsync();
        await _page.GetByText("A look-alike of Notion").WaitForAsync();

        await _page.GotoAsync($"{host.Dashboard}/apps/{_app.Id}/integrations/browse/notion");
        await section.GetByRole(AriaRole.Button, new() { Name = "More for Production" }).ClickAsync();
        await _page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove…" }).ClickAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Remove client" }).ClickAsync();
        await section.GetByText("No client yet.").WaitForAsync();
    }
}
