using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Commands.Demo;

/// <summary><c>./patchbay demo</c>: the main job, in front of the reader, through the same doors a person and a program use.</summary>
internal sealed partial class DemoCommand(ServerOptions options, string say, bool exit, TextWriter output, TimeProvider time)
{
    public const string DefaultSentence = "Tell #support whenever somebody opens a ticket";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90), Glance = TimeSpan.FromMilliseconds(100);
    private int _step;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        await using var server = await PatchbayServer.StartAsync(options, cancellationToken, time);
        await output.WriteLineAsync($"Patchbay is up at {server.Addresses.PublicUrl.GetLeftPart(UriPartial.Authority)}, its sandbox at {server.Addresses.SandboxUrl?.GetLeftPart(UriPartial.Authority)} ({Seconds(started)}).\n");
        var workspaces = server.Services.GetRequiredService<WorkspaceService>();
        var owner = await workspaces.CreateOwnerUnattendedAsync("Mara Köhler", "mara@northwind.example", "Northwind", cancellationToken);
        int code;
        try
        {
            using var browser = new DemoBrowser(server.Addresses.PublicUrl);
            await browser.SendAsync(HttpMethod.Post, "/api/v1/sign-in/link", new JsonObject { ["token"] = await workspaces.CreateSignInLinkAsync(owner.Id, cancellationToken) }, cancellationToken);
            await JourneyAsync(server, browser, cancellationToken);
            var link = await workspaces.CreateSignInLinkAsync(owner.Id, cancellationToken);
            await output.WriteLineAsync($"\nDone in {Seconds(started)}. Open the dashboard with this one-time link:\n  {new Uri(server.Addresses.PublicUrl, "/sign-in/link")}#{link}");
            code = 0;
        }
        catch (DemoFailure e)
        {
            await output.WriteLineAsync($"\nStep {_step} failed. {e.Message}");
            code = 1;
        }
        if (!exit && code == 0)
        {
            await output.WriteLineAsync("It stays up. Ctrl C ends it.");
            await server.WaitForShutdownAsync(cancellationToken);
        }
        return code;
    }

    private async Task JourneyAsync(PatchbayServer server, DemoBrowser browser, CancellationToken cancellationToken)
    {
        var api = "";
        await StepAsync(async () =>
        {
            var app = await browser.SendAsync(HttpMethod.Post, "/api/v1/apps", new JsonObject { ["name"] = DemoWorld.AppName }, cancellationToken);
            api = $"/api/v1/apps/{app["id"]}";
            foreach (var (name, schema) in DemoWorld.Entities)
            {
                await browser.SendAsync(HttpMethod.Put, $"{api}/entities/{name}", new JsonObject { ["schema"] = schema }, cancellationToken);
                foreach (var record in DemoWorld.Records(name, Today))
                    await browser.SendAsync(HttpMethod.Post, $"{api}/entities/{name}/records", record, cancellationToken);
            }
            return $"The app \"{DemoWorld.AppName}\" exists, with {string.Join(", ", DemoWorld.Entities.Keys)}.";
        });

        var conversation = await browser.SendAsync(HttpMethod.Post, $"{api}/conversations", null, cancellationToken);
        JsonObject? reply = null;
        await StepAsync(async () =>
        {
            var posted = await browser.SendAsync(HttpMethod.Post, $"{api}/conversations/{conversation["id"]}/messages", new JsonObject { ["text"] = say }, cancellationToken);
            reply = posted["messages"]!.AsArray()[^1]!.AsObject();
            return $"The chat gets \"{say}\".";
        });

        JsonObject proposal = [];
        await StepAsync(() =>
        {
            proposal = reply!["proposal"] as JsonObject ?? throw NotBuilt(reply);
            return Task.FromResult(Describe(proposal));
        });

        // The plan's own sentence has the channels that were named in other ways ("the wins channel").
        foreach (var channel in Channels().Matches($"{say} {proposal["sentence"]}").Select(m => m.Groups[1].Value.ToLowerInvariant()).Distinct())
            await ControlAsync(server, browser, HttpMethod.Post, "/_sandbox/slack/channels", new JsonObject { ["name"] = channel }, cancellationToken);
        foreach (var requirement in proposal["requirements"]!.AsArray())
        {
            await StepAsync(async () =>
            {
                var scopes = new JsonArray([.. requirement!["permissions"]!.AsArray().Select(p => (JsonNode)(string)p!["scope"]!)]);
                var start = await browser.SendAsync(HttpMethod.Post, $"{api}/connections/{requirement["connector"]}/connect", new JsonObject { ["scopes"] = scopes, ["proposalId"] = (string)proposal["id"]! }, cancellationToken);
                // What the page does on the person's click; a vendor's address is given to nobody before.
                var handle = new Uri((string)start["connectUrl"]!).Segments[^1];
                var page = await browser.GetAsync($"/api/v1/connect/{handle}", cancellationToken);
                if (page["permissions"]!.AsArray().Count != scopes.Count)
                    throw new DemoFailure($"The page before {requirement["connectorName"]} names other permissions than the proposal.");
                var go = await browser.SendAsync(HttpMethod.Post, $"/api/v1/connect/{handle}", null, cancellationToken);
                var landed = await browser.ConsentAsync(new Uri((string)go["authorizeUrl"]!), cancellationToken);
                if (landed.Query.Contains("error=", StringComparison.Ordinal))
                    throw new DemoFailure($"{requirement["connectorName"]} was not connected: {Uri.UnescapeDataString(landed.Query)}");
                var connected = (await browser.GetAsync($"{api}/connections", cancellationToken))["items"]!.AsArray().First(c => (string)c!["connector"]! == (string)requirement["connector"]!)!;
                return $"{requirement["connectorName"]} is connected as {connected["accountLabel"]}, realm {connected["realm"]}: OAuth code flow with PKCE and state, at the sandbox's consent page.";
            });
        }

        var flowId = "";
        await StepAsync(async () =>
        {
            var accepted = await browser.SendAsync(HttpMethod.Post, $"{api}/proposals/{proposal["id"]}/accept", null, cancellationToken);
            flowId = (string)accepted["flowId"]!;
            var function = await browser.GetAsync($"{api}/functions/{accepted["functionName"]}", cancellationToken);
            var code = (string)function["files"]!.AsArray()[0]!["content"]!;
            return $"The function {accepted["functionName"]} is saved (version {function["version"]}); the flow is on.\n{Indent(code)}";
        });

        await StepAsync(() => WatchAsync(server, browser, api, flowId, cancellationToken));
    }

    /// <summary>Makes the event, waits for its run, and looks for what it did at the vendor.</summary>
    private async Task<string> WatchAsync(PatchbayServer server, DemoBrowser browser, string api, string flowId, CancellationToken cancellationToken)
    {
        var before = await ArrivedAsync(server, browser, cancellationToken);
        var flow = await browser.GetAsync($"{api}/flows/{flowId}", cancellationToken);
        var what = await MakeEventAsync(server, browser, api, flow, cancellationToken);
        var run = await FinishedAsync(browser, api, flowId, cancellationToken);
        if ((string)run["status"]! != "succeeded")
            throw new DemoFailure($"{what}, but its run ended as {run["status"]}: {run["lastError"]}{await OutputAsync(browser, api, run, cancellationToken)}");
        var arrived = (await ArrivedAsync(server, browser, cancellationToken)).Where(m => before.All(b => b.Id != m.Id)).ToList();
        if (arrived.Count == 0)
            throw new DemoFailure($"{what} and the run succeeded, but nothing stands at the vendor.");
        var detail = await browser.GetAsync($"{api}/runs/{run["id"]}", cancellationToken);
        var calls = detail["calls"]!.AsArray().Select(c => $"{c!["method"]} {c["host"]}{c["path"]} {c["status"]}");
        return $"{what}; the run took {Math.Round((double)run["durationMs"]!)} ms in Deno, with a phantom token that the egress swapped ({string.Join("; ", calls)}).\n"
            + string.Join('\n', arrived.Select(m => $"       {m.Where}: {m.Text.ReplaceLineEndings(" / ")}"));
    }

    /// <summary>The last lines that the function wrote: the temporary directory takes its log with it.</summary>
    private static async Task<string> OutputAsync(DemoBrowser browser, string api, JsonObject run, CancellationToken cancellationToken)
    {
        var detail = await browser.GetAsync($"{api}/runs/{run["id"]}", cancellationToken);
        var lines = detail["attempts"]!.AsArray().LastOrDefault()?["log"]?.AsArray().TakeLast(5).Select(l => $"\n       | {l!["message"]}") ?? [];
        return string.Concat(lines);
    }

    private async Task<string> MakeEventAsync(PatchbayServer server, DemoBrowser browser, string api, JsonObject flow, CancellationToken cancellationToken)
    {
        var trigger = flow["trigger"]!;
        if ((string)trigger["kind"]! != "record")
        {
            await browser.SendAsync(HttpMethod.Post, $"{api}/flows/{flow["id"]}/run", null, cancellationToken);
            return (string)trigger["kind"]! == "schedule" ? $"The schedule ({trigger["cron"]}, {trigger["timeZone"]}) is fired once" : "The flow is started by hand";
        }
        var wanted = DemoTrigger.For((string)trigger["entity"]!, (string)trigger["on"]!, (string?)trigger["condition"], Today);
        var key = (string)(await browser.SendAsync(HttpMethod.Post, $"{api}/api-keys", new JsonObject { ["name"] = "Demo" }, cancellationToken))["key"]!;
        var records = new Uri(server.Addresses.PublicUrl, $"/api/apps/{api[(api.LastIndexOf('/') + 1)..]}/entities/{wanted.Entity}");
        var made = await browser.CallAsync(HttpMethod.Post, records, "api_key", key, wanted.Before, cancellationToken);
        var one = new Uri($"{records}/{made["id"]}");
        var name = ("AEIOU".Contains(wanted.Entity[0], StringComparison.Ordinal) ? "An " : "A ") + wanted.Entity.ToLowerInvariant();
        if (wanted.Delete)
        {
            await browser.CallAsync(HttpMethod.Delete, one, "api_key", key, null, cancellationToken);
            return $"{name} is created and deleted through the public API";
        }
        if (wanted.Change is null)
            return $"{name} is created through the public API";
        await browser.CallAsync(HttpMethod.Put, one, "api_key", key, wanted.Change, cancellationToken);
        return $"{name} is created through the public API and changed ({string.Join(", ", wanted.Change.Select(c => $"{c.Key}: {c.Value}"))})";
    }

    private async Task<JsonObject> FinishedAsync(DemoBrowser browser, string api, string flowId, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Patience;
        while (true)
        {
            var runs = (await browser.GetAsync($"{api}/runs?flow={flowId}", cancellationToken))["items"]!.AsArray();
            if (runs.Count > 0 && (string)runs[0]!["status"]! is "succeeded" or "deadLetter" or "paused" or "cancelled")
                return runs[0]!.AsObject();
            if (time.GetUtcNow() > until)
            {
                throw new DemoFailure(runs.Count == 0 ? $"No run began within {Patience.TotalSeconds:0} seconds."
                    : $"The run was not through within {Patience.TotalSeconds:0} seconds: {runs[0]!["status"]}, {runs[0]!["lastError"]}");
            }
            await Task.Delay(Glance, time, cancellationToken);
        }
    }

    /// <summary>Everything that stands in the sandbox's channels and mailboxes.</summary>
    private static async Task<List<(string Id, string Where, string Text)>> ArrivedAsync(PatchbayServer server, DemoBrowser browser, CancellationToken cancellationToken)
    {
        var messages = await ControlAsync(server, browser, HttpMethod.Get, "/_sandbox/slack/messages", null, cancellationToken);
        var mails = await ControlAsync(server, browser, HttpMethod.Get, "/_sandbox/gmail/messages", null, cancellationToken);
        return
        [
            .. messages["items"]!.AsArray().Select(m => ($"slack {m!["channel"]} {m["ts"]}", $"#{((string)m["channel"]!).TrimStart('#')}", (string?)m["text"] ?? "")),
            .. mails["items"]!.AsArray().Where(m => m!["labels"]!.AsArray().Any(l => (string)l! == "SENT"))
                .Select(m => ($"gmail {m!["id"]}", $"mail to {m["to"]}", $"{m["subject"]} / {m["text"]}")),
        ];
    }

    private static Task<JsonObject> ControlAsync(PatchbayServer server, DemoBrowser browser, HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        browser.CallAsync(method, new Uri(server.Addresses.SandboxUrl!, path), "X-Sandbox-Control", server.SandboxControlToken!, body, cancellationToken);

    private static DemoFailure NotBuilt(JsonObject reply)
    {
        if (reply["question"] is JsonObject question)
        {
            var choices = question["choices"]!.AsArray().Select(c => (string)c!["label"]!).ToList();
            return new DemoFailure($"The chat asks: {question["text"]}{(choices.Count > 0 ? $" ({string.Join(", ", choices)})" : "")}{Understood(question["understood"])}");
        }
        return new DemoFailure($"The chat declines: {reply["text"]}{Understood(reply["decline"]?["understood"])}");
    }

    private static string Understood(JsonNode? understood) =>
        understood is JsonArray { Count: > 0 } parts ? $"\nIt understood: {string.Join("; ", parts.Select(p => (string)p!))}." : "\nIt understood nothing of it.";

    private static string Describe(JsonObject proposal)
    {
        var lines = new List<string> { $"The proposal: {proposal["sentence"]} Flow \"{proposal["flowName"]}\", function {proposal["functionName"]}." };
        foreach (var requirement in proposal["requirements"]!.AsArray())
        {
            lines.Add($"       Action required: {requirement!["connectorName"]}");
            lines.AddRange(requirement["permissions"]!.AsArray().Select(p => $"         Can {p!["class"]}: {p["plain"]}  ({p["scope"]})"));
            lines.Add($"         {requirement["cannot"]}");
        }
        return string.Join('\n', lines);
    }

    private async Task StepAsync(Func<Task<string>> act)
    {
        _step++;
        var watch = Stopwatch.StartNew();
        var said = await act();
        var first = said.Split('\n', 2);
        await output.WriteLineAsync($"  {_step,2}  {first[0]}  ({Seconds(watch)}){(first.Length > 1 ? "\n" + first[1] : "")}");
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static string Seconds(Stopwatch watch) => string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.00} s");

    private static string Indent(string code) => string.Join('\n', code.TrimEnd().Split('\n').Select(l => "       | " + l));

    [GeneratedRegex(@"#([A-Za-z0-9][A-Za-z0-9_-]{0,79})")]
    private static partial Regex Channels();
}
