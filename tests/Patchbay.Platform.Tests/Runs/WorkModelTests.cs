using FsCheck;
using FsCheck.Fluent;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Vault.Connections;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Events, crashes, restarts, failures, pauses and clock jumps in any order: nothing is lost, nothing is doubled, nothing is stuck.</summary>
public sealed class WorkModelTests
{
    private enum Step
    {
        TicketCreated,
        TicketClosed,
        Dispatch,
        Work,
        WorkFails,
        CrashWhileRunning,
        CrashBeforeStoring,
        Disconnect,
        Connect,
        Minute,
        Hour,
    }

    [Fact]
    public void Every_event_ends_as_exactly_one_run_per_flow_whatever_happens_in_between()
    {
        var steps = Gen.Choose(1, 60).SelectMany(n => Gen.ArrayOf(Gen.Elements(Enum.GetValues<Step>()), n));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(steps), PlayAsync));
    }

    private static async Task PlayAsync(Step[] steps)
    {
        var bench = new WorkBench();
        bench.Connections.Connect("slack");
        var created = bench.OnTicket(connectors: ["slack"]);
        var closed = bench.OnTicket(RecordChangeKind.Update, """[{"field":"status","op":"==","value":"closed"}]""");
        var hourly = bench.Flow(new ScheduleTrigger("0 * * * *", "Europe/Berlin"));
        var expected = new Dictionary<FlowId, int> { [created.Id] = 0, [closed.Id] = 0, [hourly.Id] = 0 };
        var attempted = new List<Run>();
        foreach (var step in steps)
            await TakeAsync(bench, step, expected, attempted, created.Id, closed.Id, hourly.Id);

        // The storm is over: everything works and time goes on.
        bench.Connections.Connect("slack");
        bench.Functions.Answers(ScriptedFunctions.Ok);
        await bench.Dispatcher().DispatchAllAsync(default);
        await bench.RunsService().ConnectionBackAsync(WorkBench.App, "slack", default);
        for (var i = 0; i < 3; i++)
        {
            bench.Time.Advance(TimeSpan.FromMinutes(6));
            await bench.Worker().ExecuteDueAsync(default);
        }

        foreach (var (flow, count) in expected)
        {
            var runs = bench.Store.Runs.Values.Where(r => r.Flow == flow).ToList();
            runs.Count.ShouldBe(count);
            runs.ShouldAllBe(r => r.Status == RunStatus.Succeeded || r.Status == RunStatus.DeadLetter);
            runs.Select(r => r.EventId).Distinct().Count().ShouldBe(count);
        }
        attempted.AddRange(bench.Functions.Calls);
        foreach (var attempts in attempted.GroupBy(r => r.Id))
            attempts.Select(r => r.IdempotencyKey).Distinct().Count().ShouldBe(1);
        attempted.GroupBy(r => r.IdempotencyKey).ShouldAllBe(g => g.Select(r => r.Id).Distinct().Count() == 1);
        bench.Store.Attempts.ShouldAllBe(a => a.Status != AttemptStatus.Running);
        bench.Store.Attempts.GroupBy(a => a.Run).ShouldAllBe(g => g.Count() == bench.Store.Runs[g.Key].Attempts);
    }

    private static async Task TakeAsync(WorkBench bench, Step step, Dictionary<FlowId, int> expected, List<Run> attempted, FlowId created, FlowId closed, FlowId hourly)
    {
        switch (step)
        {
            case Step.TicketCreated:
                await bench.HappenAsync(RecordEvents.Created(bench.Ticket(), bench.Time));
                expected[created]++;
                break;
            case Step.TicketClosed:
                await bench.HappenAsync(RecordEvents.Updated(bench.Ticket("""{"status":"open"}"""), bench.Ticket("""{"status":"closed"}"""), bench.Time));
                await bench.HappenAsync(RecordEvents.Updated(bench.Ticket("""{"status":"closed"}"""), bench.Ticket("""{"status":"closed","a":1}"""), bench.Time));
                expected[closed]++;
                break;
            case Step.Dispatch:
                await bench.Dispatcher().DispatchAllAsync(default);
                break;
            case Step.Work:
                bench.Functions.Answers(ScriptedFunctions.Ok);
                await bench.Worker().ExecuteDueAsync(default);
                break;
            case Step.WorkFails:
                bench.Functions.Answers(ScriptedFunctions.Status(500), ScriptedFunctions.Status(429, TimeSpan.FromMinutes(2)), new FunctionAnswer(FunctionProblem.Failed, null, null, null, "crashed"));
                await bench.Worker().ExecuteDueAsync(default);
                break;
            case Step.CrashWhileRunning or Step.CrashBeforeStoring:
                // A process that dies leaves nothing but its leases.
                var now = bench.Time.GetUtcNow();
                var lost = await bench.Store.LeaseAsync("dead", now, now + bench.Options.Lease, 2, default);
                if (step == Step.CrashBeforeStoring)
                    attempted.AddRange(lost);
                break;
            case Step.Disconnect:
                bench.Connections.Connect("slack", ConnectionState.NeedsReconnect);
                break;
            case Step.Connect:
                bench.Connections.Connect("slack");
                await bench.RunsService().ConnectionBackAsync(WorkBench.App, "slack", default);
                break;
            default:
                bench.Time.Advance(step == Step.Minute ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(2.5));
                expected[hourly] += await bench.Scheduler().FireDueAsync(default);
                break;
        }
    }
}
