using System.Text.Json.Nodes;
using Patchbay.FunctionHost;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Tests.Runs;
using Patchbay.Vault.Egress;

namespace Patchbay.Platform.Tests.Functions;

/// <summary>Function host, doors, egress and invoker together, with Deno and the SDK.</summary>
public sealed class RealFunctionTests : IAsyncLifetime
{
    private readonly RealFunctions _real = RealFunctions.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _real.DisposeAsync();

    [Fact]
    public async Task A_run_reaches_this_server_through_its_door_as_its_function_and_as_its_run()
    {
        await SaveAsync("""
            import { createClientFromRequest } from "npm:@base44/sdk";
            Deno.serve(async (req) => {
              const base44 = createClientFromRequest(req);
              const { event } = await req.json();
              const ticket = await base44.asServiceRole.entities.Ticket.get(event.entity_id);
              console.log("read", ticket.subject);
              return Response.json({ subject: ticket.subject, key: req.headers.get("Base44-Idempotency-Key") });
            });
            """);
        _real.Connections.Connect("slack");
        var lines = new Lines();

        var answer = await _real.Invoker.RunAsync(Run(), lines, default);

        answer.Status.ShouldBe(200, answer.Message ?? string.Join('\n', lines.Texts));
        answer.Body.ShouldBe("""{"subject":"Printer","key":"the-key"}""");
        lines.Texts.ShouldBe(["read Printer"]);
        var identity = new FunctionIdentity(WorkBench.App, "hello", 1);
        var call = _real.Calls.ShouldHaveSingleItem();
        call.Path.ShouldEndWith("/entities/Ticket/8fd21c");
        (call.Identity, call.Run, call.State).ShouldBe((identity, "run-1", "patchbay-depth=1"));
        call.Token.ShouldBe(new ServiceCaller(identity, new RunId("run-1")));
        call.Phantom.ShouldNotBeNull().Length.ShouldBeGreaterThanOrEqualTo(64);
    }

    [Fact]
    public async Task A_function_that_throws_answers_500_and_says_so_in_its_log()
    {
        await SaveAsync("Deno.serve(() => { throw new Error('no channel'); });");
        var lines = new Lines();
        var answer = await _real.Invoker.RunAsync(Run(), lines, default);
        (answer.Problem, answer.Status, answer.Message).ShouldBe((FunctionProblem.None, 500, "The function threw an error; its log says which."));
        lines.Texts.ShouldContain(t => t.Contains("no channel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_a_run_stops_the_function_and_is_told_apart_from_a_failure()
    {
        await SaveAsync("Deno.serve(async () => { console.log('in'); await new Promise((done) => setTimeout(done, 60000)); return new Response('late'); });");
        using var stop = new CancellationTokenSource();
        var answer = await _real.Invoker.RunAsync(Run(), new Lines { OnLine = stop.Cancel }, stop.Token);
        answer.Problem.ShouldBe(FunctionProblem.Cancelled);
    }

    [Fact]
    public async Task What_does_not_build_says_where()
    {
        var fault = await Should.ThrowAsync<FunctionBuildException>(() => SaveAsync("Deno.serve(() => {\n  const = 1;\n});"));
        (fault.File, fault.Line).ShouldBe(("entry.ts", 2));
    }

    private Task<FunctionVersion> SaveAsync(string code) =>
        _real.Service.SaveAsync(WorkBench.App, "hello", new FunctionDraft(new Dictionary<string, string> { ["entry.ts"] = code }), "ann", default);

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
        Payload = (JsonObject)JsonNode.Parse("""{"event":{"type":"create","entity_name":"Ticket","entity_id":"8fd21c"},"data":null}""")!,
        CreatedAt = WorkBench.Start,
    };

    private sealed class Lines : IFunctionLog
    {
        private readonly Lock _gate = new();
        private readonly List<string> _texts = [];

        public Action? OnLine { get; init; }

        public IReadOnlyList<string> Texts
        {
            get { lock (_gate) return [.. _texts]; }
        }

        public void Write(FunctionLogLine line)
        {
            lock (_gate) _texts.Add(line.Text);
            OnLine?.Invoke();
        }
    }
}
