using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Promise 4: no lost events, no silent duplicates.</summary>
public sealed class DeliveryTests
{
    private readonly WorkBench _bench = new();

    [Fact]
    public async Task A_created_record_runs_the_flow_once_with_its_arguments()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();

        (await _bench.Worker().ExecuteDueAsync(default)).ShouldBe(1);

        var run = _bench.Store.Only;
        run.Status.ShouldBe(RunStatus.Succeeded);
        run.Result.ShouldBe("""{"ok":true}""");
        run.FinishedAt.ShouldNotBeNull();
        run.LeasedUntil.ShouldBeNull();
        run.Payload["args"]!["channel"]!.GetValue<string>().ShouldBe("#support");
        run.Payload["data"]!["subject"]!.GetValue<string>().ShouldBe("Printer");
        _bench.Store.Attempts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(AttemptStatus.Succeeded), a => a.HttpStatus.ShouldBe(200), a => a.Number.ShouldBe(1));
    }

    [Fact]
    public async Task A_crash_between_lease_and_finish_leads_to_one_more_attempt_with_the_same_key()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        var now = _bench.Time.GetUtcNow();
        // A node takes the run and is never heard of again.
        var lost = (await _bench.Store.LeaseAsync("dead", now, now + _bench.Options.Lease, 1, default)).ShouldHaveSingleItem();

        (await _bench.Worker().ExecuteDueAsync(default)).ShouldBe(0);
        _bench.Time.Advance(_bench.Options.Lease);
        (await _bench.Worker().ExecuteDueAsync(default)).ShouldBe(1);

        var call = _bench.Functions.Calls.ShouldHaveSingleItem();
        call.IdempotencyKey.ShouldBe(lost.IdempotencyKey);
        call.Attempts.ShouldBe(2);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
        _bench.Store.Attempts.Select(a => a.Status).ShouldBe([AttemptStatus.Interrupted, AttemptStatus.Succeeded]);
    }

    [Fact]
    public async Task A_holder_that_was_paused_past_its_lease_cannot_overwrite_what_its_successor_stored()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        var entered = new TaskCompletionSource();
        var slow = new TaskCompletionSource<FunctionAnswer>();
        _bench.Functions.Script.Add((_, _, _) =>
        {
            entered.SetResult();
            return slow.Task;
        });
        _bench.Functions.Script.Add((_, _, _) => Task.FromResult(ScriptedFunctions.Ok));
        var first = _bench.Worker("first").ExecuteDueAsync(default);
        await entered.Task;
        // As the store sees it, the first one's lease has ended.
        var later = _bench.Time.GetUtcNow() + _bench.Options.Lease;
        var second = (await _bench.Store.LeaseAsync("second", later, later + _bench.Options.Lease, 1, default)).ShouldHaveSingleItem();
        await _bench.Store.TryFinishAsync(second with { Status = RunStatus.Succeeded, Result = "second", LeasedUntil = null },
            new Attempt(second.App, second.Id, 2, later, later, AttemptStatus.Succeeded, 200, null), default);

        slow.SetResult(ScriptedFunctions.Status(500));
        await first;

        _bench.Store.Only.Result.ShouldBe("second");
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Two_dispatchers_and_two_workers_never_run_an_event_twice()
    {
        _bench.OnTicket();
        _bench.OnTicket();
        for (var i = 0; i < 40; i++)
            await _bench.HappenAsync(RecordEvents.Created(_bench.Ticket(id: $"0190000000000000000001{i:00}"), _bench.Time));

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => _bench.Dispatcher().DispatchAllAsync(default))));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => _bench.Worker($"w{i}").ExecuteDueAsync(default))));

        _bench.Store.Runs.Count.ShouldBe(80);
        _bench.Store.Runs.Values.ShouldAllBe(r => r.Status == RunStatus.Succeeded && r.Attempts == 1);
        _bench.Functions.Calls.Select(c => c.IdempotencyKey).Distinct().Count().ShouldBe(80);
        _bench.Functions.Calls.Count.ShouldBe(80);
    }

    [Fact]
    public async Task An_event_that_is_matched_again_causes_no_second_run()
    {
        _bench.OnTicket();
        var happened = RecordEvents.Created(_bench.Ticket(), _bench.Time);
        await _bench.HappenAsync(happened);
        await _bench.HappenAsync(happened);
        (await _bench.Dispatcher().DispatchAllAsync(default)).ShouldBe(2);
        _bench.Store.Runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_loops_wake_by_signals_from_event_to_success()
    {
        _bench.OnTicket();
        using var stopping = new CancellationTokenSource();
        using var dashboard = _bench.Live.Subscribe(WorkBench.App);
        var loops = Task.WhenAll(_bench.Dispatcher().RunAsync(stopping.Token), _bench.Worker().RunAsync(stopping.Token), _bench.Scheduler().RunAsync(stopping.Token));
        await _bench.HappenAsync(RecordEvents.Created(_bench.Ticket(), _bench.Time));
        _bench.Signals.Events.Set();

        var seen = new List<RunStatus>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var signal in dashboard.Signals.ReadAllAsync(deadline.Token))
            if (signal is { Kind: "run", Body: Run run })
            {
                seen.Add(run.Status);
                if (run.Status == RunStatus.Succeeded)
                    break;
            }

        seen.ShouldContain(RunStatus.Running);
        await stopping.CancelAsync();
        await loops;
    }
}
