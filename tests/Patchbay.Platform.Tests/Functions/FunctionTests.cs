using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.FunctionHost;
using Patchbay.Platform.Chat.Code;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Tests.Chat;
using Patchbay.Platform.Tests.Runs;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress;
using Plan = Patchbay.Platform.Workspaces.Plan;

namespace Patchbay.Platform.Tests.Functions;

public sealed class FunctionTests : IDisposable
{
    private readonly FunctionBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Saving_builds_a_new_version_and_an_old_one_comes_back_as_a_version_of_its_own()
    {
        var first = await _bench.SaveAsync("one");
        var second = await _bench.SaveAsync("two");
        (first.Version, second.Version, second.Bundle).ShouldBe((1, 2, "bundle of two"));

        var third = (await _bench.Service.RollBackAsync(WorkBench.App, "hello", 1, "bob", default)).ShouldNotBeNull();
        (third.Version, third.Bundle, third.Author, third.Message).ShouldBe((3, "bundle of one", "bob", "Back to version 1"));
        (await _bench.Service.FindAsync(WorkBench.App, "hello", null, default))!.Version.ShouldBe(3);
        (await _bench.Service.RollBackAsync(WorkBench.App, "hello", 9, "bob", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_who_save_at_once_get_two_versions()
    {
        _bench.Functions.Rivals = 2;
        (await _bench.SaveAsync()).Version.ShouldBe(3);
        _bench.Functions.Versions.Select(v => v.Author).ShouldBe(["rival", "rival", "ann"]);
    }

    [Fact]
    public async Task A_flow_needs_the_accounts_that_the_newest_version_of_its_function_uses()
    {
        var bench = new WorkBench();
        var flow = bench.Flow(new Platform.Flows.Triggers.ManualTrigger()) with { Function = "hello" };
        await _bench.Flows.InsertAsync(flow, default);
        await _bench.SaveAsync("""fetch("https://slack.com/api/chat.postMessage", { method: "POST" })""");
        _bench.Flows.Flows[flow.Id].Connectors.ShouldBe(["slack"]);
        await _bench.SaveAsync();
        _bench.Flows.Flows[flow.Id].Connectors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_build_is_not_saved()
    {
        _bench.Host.BuildFails = new FunctionBuildException("Expected ;", "entry.ts", 3);
        (await Should.ThrowAsync<FunctionBuildException>(() => _bench.SaveAsync())).Line.ShouldBe(3);
        _bench.Functions.Versions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "entry.ts", "name")]
    [InlineData("a//b", "entry.ts", "name")]
    [InlineData("../a", "entry.ts", "name")]
    [InlineData("a\n", "entry.ts", "name")]
    [InlineData("a", "../entry.ts", "files")]
    [InlineData("a", "/etc/passwd", "files")]
    [InlineData("a", "a\\b.ts", "files")]
    public async Task A_name_or_path_that_could_mean_something_else_is_refused(string name, string path, string field)
    {
        var draft = new FunctionDraft(new Dictionary<string, string> { [path] = "" });
        (await Should.ThrowAsync<FunctionInvalidException>(() => _bench.Service.SaveAsync(WorkBench.App, name, draft, "ann", default))).Field.ShouldBe(field);
    }

    [Fact]
    public async Task Deleting_ends_the_processes_too()
    {
        await _bench.SaveAsync();
        (await _bench.Service.DeleteAsync(WorkBench.App, "hello", default)).ShouldBeTrue();
        _bench.Host.Evicted.ShouldBe(["hello"]);
        (await _bench.Service.DeleteAsync(WorkBench.App, "hello", default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""fetch("https://slack.com/api/chat.postMessage", { method: "POST", body })""", "slack.post_message")]
    [InlineData("""const API = "https://slack.com/api"; await fetch(`${API}/chat.postMessage`, { headers: { a: 1 }, method: 'POST' })""", "slack.post_message")]
    [InlineData("""const API: string = 'https://slack.com/api'; await fetch(API + "/chat.postMessage", { "method": "POST" })""", "slack.post_message")]
    [InlineData("""post(`https://slack.com/api/chat.postMessage`, body)""", "slack.post_message")]
    [InlineData("""fetch(`https://gmail.googleapis.com/gmail/v1/users/${encodeURIComponent(`${me}`)}/messages/send?alt=json`, { method: "POST" })""", "gmail.send_email")]
    [InlineData("""fetch(`${connectionConfig.instance_url}/services/data/v62.0/sobjects/Lead`, { method: "POST" })""", "salesforce.create_record")]
    [InlineData("""const base = `${instanceUrl}/services/data/v62.0`; await fetch(`${base}/query?q=${soql}`)""", "salesforce.query")]
    [InlineData("""await fetch(instanceUrl + "/services/data/v62.0/query?q=" + soql)""", "salesforce.query")]
    [InlineData("""await fetch(`https://${domain}.my.salesforce.com/services/data/v62.0/sobjects/Case/${id}`, { method: "PATCH" })""", "salesforce.update_record")]
    [InlineData("""await fetch(`${anywhere}/api/chat.postMessage`, { method: "POST" })""", "")]
    [InlineData("""fetch("https://open.tiktokapis.com/v2/user/info/?fields=open_id_unknown")""", "tiktok.get_basic_info")]
    [InlineData("""fetch("https://open.tiktokapis.com/v2/user/info/?fields=follower_count,likes_count")""", "tiktok.get_stats")]
    [InlineData("""fetch(`https://open.tiktokapis.com/v2/user/info/?fields=${fields}`)""", "tiktok.get_basic_info")]
    [InlineData("""fetch("https://api.hubapi.com/crm/v3/objects/contacts?limit=5")""", "hubspot.list_contacts")]
    [InlineData("""// fetch("https://slack.com/api/chat.postMessage", { method: "POST" })""", "")]
    [InlineData("""/* "https://slack.com/api/chat.postMessage" */ fetch("https://example.com/x", { method: "POST" })""", "")]
    [InlineData("""fetch("https://slack.com.evil.example/api/chat.postMessage", { method: "POST" })""", "")]
    [InlineData("""fetch("https://slack.com/api/chat.postMessage", { method: "DELETE" })""", "")]
    public async Task Operations_are_read_from_the_source(string code, string operation)
    {
        var saved = await _bench.SaveAsync(code);
        saved.Operations.ShouldBe(operation.Length == 0 ? [] : [operation]);
    }

    [Theory]
    [InlineData("When a ticket is created post to #support", "slack.post_message")]
    [InlineData("email me when a lead arrives", "gmail.send_email")]
    public async Task The_operations_of_generated_code_are_those_of_its_plan(string text, string operation)
    {
        var plan = TestApps.Plan(text).ShouldBeOfType<PlanReady>().Plan;
        var saved = await _bench.SaveAsync(FunctionCode.Of(plan, TestApps.HelpDesk));
        saved.Operations.ShouldContain(operation);
        var connector = operation[..operation.IndexOf('.', StringComparison.Ordinal)];
        _bench.Service.ConnectorsOf(saved.Operations).ShouldBe([connector]);
        _bench.Service.RequiredScopes(saved.Operations)[connector].ShouldNotBeEmpty();
    }

    [Fact]
    public void Any_source_can_be_scanned()
    {
        var token = Gen.Elements("`", "${", "}", "\"", "'", "\\", "//", "/*", "*/", "\n", "https://slack.com/api/chat.postMessage", "const A = ", "A + ", "A", "\u0001", "method: 'POST'", "{", "fetch(", "é");
        var source = Gen.Choose(0, 60).SelectMany(n => Gen.ArrayOf(token, n)).Select(string.Concat);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000), Prop.ForAll(Arb.From(source), text =>
            _bench.SaveAsync(text, "fuzz").GetAwaiter().GetResult().Operations.All(o => o.StartsWith("slack.", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_run_gets_the_headers_of_base44_its_payload_and_a_token_that_ends_with_it()
    {
        await _bench.SaveAsync();
        string? token = null;
        ServiceCaller? during = null;
        Dictionary<string, string> headers = [];
        var body = "";
        _bench.Host.Answer = async (invocation, cancellation) =>
        {
            headers = invocation.Request.Headers.ToDictionary(h => h.Key, h => h.Value);
            body = await new StreamReader(invocation.Request.Body!).ReadToEndAsync(cancellation);
            token = headers["Base44-Service-Authorization"]["Bearer ".Length..];
            during = _bench.Tokens.Find(token);
            (await invocation.Bundle(cancellation)).Hash.Length.ShouldBe(64);
            return FakeHost.Reply(201, """{"ok":true}""", ("retry-after", "30"));
        };

        var answer = await _bench.Invoker.RunAsync(Run(), new Silent(), default);

        answer.ShouldBe(new FunctionAnswer(FunctionProblem.None, 201, """{"ok":true}""", TimeSpan.FromSeconds(30), null));
        body.ShouldBe("""{"event":{"depth":2},"data":{"x":1}}""");
        headers["Base44-App-Id"].ShouldBe(WorkBench.App.Value);
        headers["Base44-Api-Url"].ShouldBe("http://patchbay.internal");
        headers["Base44-Idempotency-Key"].ShouldBe("the-key");
        headers["Base44-State"].ShouldBe("patchbay-depth=3");
        during.ShouldBe(new ServiceCaller(new FunctionIdentity(WorkBench.App, "hello", 1), new RunId("run-1")));
        _bench.Tokens.Find(token).ShouldBeNull("the invocation has ended");
        _bench.Tokens.Find(null).ShouldBeNull();
    }

    [Fact]
    public async Task A_run_ticket_is_known_at_every_door_of_the_function_and_nowhere_else_while_the_run_lasts()
    {
        await _bench.SaveAsync();
        var key = new FunctionKey(WorkBench.App.Value, "hello", 1);
        await using var other = await _bench.Doors.OpenAsync("/run/other", default);
        await other.BindAsync(key with { Function = "other" }, default);
        await using var before = await _bench.Doors.OpenAsync("/run/before", default);
        await before.BindAsync(key, default);
        IFunctionDoor? late = null;
        _bench.Host.Answer = async (invocation, cancellation) =>
        {
            var ticket = invocation.Request.Headers.Single(h => h.Key == "X-Patchbay-Run").Value;
            late = await _bench.Doors.OpenAsync("/run/late", cancellation);
            await late.BindAsync(key, cancellation);
            _bench.Egress.Doors[0].Runs.ShouldBeEmpty();
            _bench.Egress.Doors[1].Runs.ShouldBe(new Dictionary<string, string> { [ticket] = "run-1" });
            _bench.Egress.Doors[2].Runs.ShouldBe(new Dictionary<string, string> { [ticket] = "run-1" });
            _bench.Egress.Doors[2].Bound.ShouldBe(new FunctionIdentity(WorkBench.App, "hello", 1));
            return FakeHost.Reply(200, "ok");
        };
        (await _bench.Invoker.RunAsync(Run(), new Silent(), default)).Status.ShouldBe(200);
        _bench.Egress.Doors.ShouldAllBe(d => d.Runs.Count == 0);
        late!.SocketPath.ShouldBe("/run/late/egress.sock");
        late.CaCertificatePem.ShouldBe("the authority");
        await late.DisposeAsync();
        _bench.Egress.Doors[2].Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_direct_caller_can_forge_none_of_our_headers_and_its_cookie_stays_outside()
    {
        await _bench.SaveAsync();
        IReadOnlyList<KeyValuePair<string, string>> got = [];
        _bench.Host.Answer = (invocation, _) =>
        {
            got = invocation.Request.Headers;
            return Task.FromResult(FakeHost.Reply(200, "hi"));
        };
        var request = new FunctionHttpRequest("GET", new Uri("https://app.example/functions/hello?x=1"),
        [
            new("Authorization", "Bearer user"), new("cookie", "patchbay_session=s"), new("BASE44-App-Id", "another"), new("base44-service-authorization", "Bearer forged"),
            new("x-patchbay-run", "forged"), new("Base44-State", "patchbay-depth=4"), new("Accept", "*/*"),
        ], null);
        await using (var call = await _bench.Invoker.CallAsync(WorkBench.App, "hello", request, null, default))
        {
            call.Status.ShouldBe(200);
            (await new StreamReader(call.Body).ReadToEndAsync()).ShouldBe("hi");
            _bench.Tokens.Find(got.Single(h => h.Key == "Base44-Service-Authorization").Value["Bearer ".Length..]).ShouldNotBeNull().Run.ShouldBeNull();
        }
        got.Select(h => h.Key).Order(StringComparer.Ordinal).ShouldBe(["Accept", "Authorization", "Base44-Api-Url", "Base44-App-Id", "Base44-Service-Authorization", "Base44-State"]);
        got.Single(h => h.Key == "Base44-App-Id").Value.ShouldBe(WorkBench.App.Value);
        got.Single(h => h.Key == "Base44-State").Value.ShouldBe("patchbay-depth=4");
    }

    [Fact]
    public async Task Failures_of_the_host_are_values()
    {
        (await _bench.Invoker.RunAsync(Run(), new Silent(), default)).Problem.ShouldBe(FunctionProblem.Missing);
        await _bench.SaveAsync();
        _bench.Host.Answer = (_, _) => Task.FromResult(FakeHost.Failed(FunctionFailure.TimedOut, "too slow"));
        (await _bench.Invoker.RunAsync(Run(), new Silent(), default)).ShouldBe(new FunctionAnswer(FunctionProblem.Failed, null, null, null, "too slow"));
        _bench.Host.Answer = (_, _) => Task.FromResult(FakeHost.Failed(FunctionFailure.Cancelled, "stopped"));
        (await _bench.Invoker.RunAsync(Run(), new Silent(), default)).Problem.ShouldBe(FunctionProblem.Cancelled);
    }

    [Fact]
    public async Task A_result_is_cut_at_64_kib_and_holds_no_nul()
    {
        await _bench.SaveAsync();
        _bench.Host.Answer = (_, _) => Task.FromResult(FakeHost.Reply(200, "\0" + new string('x', 200_000)));
        var answer = await _bench.Invoker.RunAsync(Run(), new Silent(), default);
        Encoding.UTF8.GetByteCount(answer.Body!.Replace('\uFFFD', '?')).ShouldBe(64 * 1024);
        answer.Body.ShouldNotContain('\0');
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Mon, 02 Mar 2026 08:05:00 GMT", 300)]
    [InlineData("Mon, 02 Mar 2020 08:05:00 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("99999999999999999999", null)]
    public async Task Retry_after_is_read_in_both_forms(string header, int? seconds)
    {
        await _bench.SaveAsync();
        _bench.Host.Answer = (_, _) => Task.FromResult(FakeHost.Reply(503, "", ("Retry-After", header)));
        (await _bench.Invoker.RunAsync(Run(), new Silent(), default)).RetryAfter.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
    }

    [Theory]
    [InlineData(true, Plan.Builder, true)]
    [InlineData(true, Plan.Elite, true)]
    [InlineData(true, Plan.Starter, false)]
    [InlineData(false, Plan.Elite, false)]
    public async Task Functions_need_the_switch_and_the_builder_subscription(bool switched, Plan plan, bool allowed)
    {
        await _bench.SaveAsync();
        (_bench.Apps.BackendFunctions, _bench.Apps.Plan) = (switched, plan);
        (await _bench.Invoker.RunAsync(Run(), new Silent(), default)).Problem.ShouldBe(allowed ? FunctionProblem.None : FunctionProblem.NotAllowed);
        (await _bench.Policy.GetAsync(new FunctionIdentity(WorkBench.App, "hello", 1), default) is not null).ShouldBe(allowed);
        (await _bench.Policy.GetAsync(new FunctionIdentity(new AppId("0190000000000000000000bb"), "hello", 1), default)).ShouldBeNull("another app");
    }

    [Fact]
    public async Task A_disconnect_takes_the_account_from_the_function_at_once()
    {
        _bench.Connections.Connect("slack");
        _bench.Connections.Connect("gmail", ConnectionState.NeedsReconnect);
        var identity = new FunctionIdentity(WorkBench.App, "hello", 1);
        (await _bench.Policy.GetAsync(identity, default))!.Connections.ShouldBe([new("slack", new("conn-slack")), new("gmail", new("conn-gmail"))]);
        _bench.Connections.Connect("slack", ConnectionState.Disconnected);
        (await _bench.Policy.GetAsync(identity, default))!.Connections.ShouldBe([new("gmail", new("conn-gmail"))]);
    }

    private static Run Run() => new()
    {
        App = WorkBench.App,
        Id = new RunId("run-1"),
        Flow = new Platform.Flows.FlowId("flow-1"),
        EventId = "event-1",
        Function = "hello",
        Status = RunStatus.Running,
        DueAt = WorkBench.Start,
        IdempotencyKey = "the-key",
        EventKind = EventKind.Record,
        EventLabel = "Ticket created",
        Payload = (JsonObject)JsonNode.Parse("""{"event":{"depth":2},"data":{"x":1}}""")!,
        CreatedAt = WorkBench.Start,
    };

    private sealed class Silent : IFunctionLog
    {
        public void Write(FunctionLogLine line)
        {
        }
    }
}
