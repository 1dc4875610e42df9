using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Workspaces;

namespace Patchbay.EndToEnd.Tests.Browser;

/// <summary>The main job with nothing but a browser, from the first owner's link to the message at the vendor.</summary>
[Trait("Needs", "Browser")]
public sealed partial class JourneyTests : IAsyncLifetime
{
    private const string Sentence = "Tell #support whenever somebody opens a ticket";
    private const string Password = "a sentence is a good one";
    private readonly BrowserHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task From_the_first_owners_link_to_the_message_in_the_channel()
    {
        // Without motion: axe would measure the contrast of a row that is still fading in.
        await using var context = await _host.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        var watch = await Watch.OverAsync(context, _host.Dashboard, _host.Sandbox);
        var page = await context.NewPageAsync();
        var violations = new List<string>();
        var axe = BrowserHost.Axe();
        async Task LookAsync(string screen) => violations.AddRange(await SeriousAsync(page, axe, screen));

        var token = await _host.Workspaces.CreateFirstOwnerLinkAsync(CancellationToken.None);
        await page.GotoAsync($"{_host.Dashboard}/welcome#{token}");
        await page.GetByLabel("Workspace").FillAsync("Northwind");
        await page.GetByLabel("Your name").FillAsync("Mara Köhler");
        await page.GetByLabel("E-mail").FillAsync("mara@northwind.example");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await LookAsync("welcome");
        page.Url.ShouldNotContain(token!, customMessage: "The token leaves the address at once.");
        await ButtonAsync(page, "Create workspace");

        await ButtonAsync(page, "New app…");
        await page.GetByLabel("Name").FillAsync("Help desk");
        await ButtonAsync(page, "Create app");
        await page.WaitForURLAsync(AppAddress());
        var app = new Uri(page.Url).AbsolutePath;

        await page.GetByRole(AriaRole.Link, new() { Name = "Data", Exact = true }).ClickAsync();
        await ButtonAsync(page, "New entity…", first: true);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ticket");
        await page.GetByLabel("Field name").FillAsync("subject");
        await ButtonAsync(page, "Create entity");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Ticket" }).WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Build", Exact = true }).ClickAsync();
        await page.GetByLabel("What should this app do?").FillAsync(Sentence);
        await LookAsync("build, empty");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect to Slack" }).WaitForAsync();
        await LookAsync("build, proposal");
        await ButtonAsync(page, "Connect to Slack");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Connect Slack" }).WaitForAsync();
        await LookAsync("connect");
        await ButtonAsync(page, "Continue to Slack");
        await ButtonAsync(page, "Allow");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Slack is connected" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Article, new() { Name = "Accepted change" }).WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "New record…" }).ClickAsync();
        await page.GetByLabel("Subject", new() { Exact = false }).FillAsync("The label printer prints blank pages");
        await LookAsync("record");
        await ButtonAsync(page, "Create");
        await page.GetByRole(AriaRole.Button, new() { Name = "The label printer prints blank pages" }).WaitForAsync();
        await LookAsync("entity");

        await page.GetByRole(AriaRole.Link, new() { Name = "Build", Exact = true }).ClickAsync();
        var latest = page.GetByRole(AriaRole.Region, new() { Name = "Latest runs" });
        await latest.GetByText("Succeeded").WaitForAsync();
        await LookAsync("build, accepted");
        await latest.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByText("slack.post_message").First.WaitForAsync();
        await LookAsync("run");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open flow" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "When it runs" }).WaitForAsync();
        await LookAsync("flow");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameRegex = FunctionName() }).First.ClickAsync();
        await page.Locator(".cm-content").WaitForAsync();
        await LookAsync("function");

        foreach (var (path, heading) in new[] { ("/integrations", "Integrations"), ("/integrations/browse", "Integrations"), ("/integrations/browse/slack", "Slack"), ("/flows", "Flows"), ("/runs", "Runs"), ("/settings", "Settings") })
        {
            await page.GotoAsync(_host.Dashboard + app + path);
            await page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true, Level = 1 }).WaitForAsync();
            await LookAsync(path);
        }
        foreach (var path in new[] { "/", "/team", "/audit" })
        {
            await page.GotoAsync(_host.Dashboard + path);
            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await LookAsync(path);
        }

        await page.GotoAsync($"{_host.Sandbox}/world/slack?channel=support");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Support() }).First.ClickAsync();
        await page.GetByText("The label printer prints blank pages").First.WaitForAsync();

        watch.Problems.ShouldBeEmpty();
        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sign_in_say_connect_and_accept_with_the_keyboard_alone()
    {
        await _host.Workspaces.CreateFirstOwnerAsync((await _host.Workspaces.CreateFirstOwnerLinkAsync(CancellationToken.None))!, "Mara Köhler", "mara@northwind.example", Password, "Northwind", CancellationToken.None);
        await using var context = await _host.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(_host.Dashboard + "/");
        await TabToAsync(page, "E-mail");
        await page.Keyboard.TypeAsync("mara@northwind.example");
        await TabToAsync(page, "Password");
        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Apps" }).WaitForAsync();

        await TabToAsync(page, "New app…");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Name");
        await page.Keyboard.TypeAsync("Help desk");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(AppAddress());
        var app = new Uri(page.Url).Segments[2].TrimEnd('/');
        await _host.Server.Services.GetRequiredService<RecordService>().SaveEntityAsync(
            new(app), "Ticket", new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["subject"] = new JsonObject { ["type"] = "string" } } }, CancellationToken.None);

        await TabToAsync(page, "What should this app do?");
        await page.Keyboard.TypeAsync(Sentence);
        await page.Keyboard.PressAsync("Control+Enter");
        await TabToAsync(page, "Connect to Slack");
        await page.Keyboard.PressAsync("Enter");
        // The page in between is one key for whoever has read it: its button has the focus.
        await page.Locator("button:focus", new() { HasText = "Continue to Slack" }).WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex(Regex.Escape(_host.Sandbox)));
        await TabToAsync(page, "Allow");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Accept");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Article, new() { Name = "Accepted change" }).WaitForAsync();
        (await page.EvaluateAsync<bool>("document.activeElement !== document.body || document.hasFocus()")).ShouldBeTrue();
    }

    private static Task ButtonAsync(IPage page, string name, bool first = false)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        return (first ? button.First : button).ClickAsync();
    }

    /// <summary>Presses Tab until what is focused has that name; waits for it to exist first, so that order alone decides.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).Or(page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true })).First.WaitForAsync();
        for (var i = 0; i < 80; i++)
        {
            var focused = page.Locator("*:focus");
            if (await focused.CountAsync() > 0 && await focused.First.EvaluateAsync<string>("e => (e.labels?.[0]?.textContent ?? e.getAttribute('aria-label') ?? e.textContent ?? '').trim()") == name)
            {
                (await focused.First.EvaluateAsync<bool>("e => e.matches(':focus-visible')")).ShouldBeTrue($"{name} shows that it has the focus.");
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"{name} cannot be reached with Tab.");
    }

    private static async Task<IEnumerable<string>> SeriousAsync(IPage page, string axe, string screen)
    {
        var text = await page.EvaluateAsync<string>($"async () => {{ {axe}; const r = await axe.run(); return JSON.stringify(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes[0].html.slice(0, 200))) }}");
        return JsonSerializer.Deserialize<List<string>>(text)!.Select(v => $"{screen}: {v}");
    }

    [GeneratedRegex("/apps/[0-9a-f]{24}$")]
    private static partial Regex AppAddress();

    [GeneratedRegex("^postToSupport")]
    private static partial Regex FunctionName();

    [GeneratedRegex("support")]
    private static partial Regex Support();
}
