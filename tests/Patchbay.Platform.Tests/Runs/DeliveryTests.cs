using Patchbay.FunctionHost;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Vault.Connections;

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

    [Theory]
    [InlineData("Uncaught (in handler) Error: Slack refused the message: channel_not_found\n    at post (entry.ts:50)", "The function threw an error: Slack refused the message: channel_not_found")]
    [InlineData("Uncaught (in handler) TypeError: x is undefined", "The function threw an error: TypeError: x is undefined")]
    [InlineData("a\0b", "The function threw an error: a\uFFFDb")]
    [InlineData("\n", "The function threw an error; its log says which.")]
    public async Task A_function_that_threw_says_what_in_the_run(string logged, string shown)
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        _bench.Functions.Script.Add((_, log, _) =>
        {
            log.Write(new(_bench.Time.GetUtcNow(), FunctionLogLevel.Error, logged));
            log.Write(new(_bench.Time.GetUtcNow(), FunctionLogLevel.Info, "later"));
            return Task.FromResult(new FunctionAnswer(FunctionProblem.None, 500, null, null, FunctionAnswer.Threw));
        });
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.LastError.ShouldBe(shown);
    }

    [Fact]
    public async Task Retries_back_off_and_end_as_a_dead_letter_that_can_be_replayed_with_the_same_key()
    {
        _bench.OnTicket();
        var key = (await _bench.TicketAsync()).IdempotencyKey;
        _bench.Functions.Answers(ScriptedFunctions.Status(500));
        var waits = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            (await _bench.Worker().ExecuteDueAsync(default)).ShouldBe(1);
            if (_bench.Store.Only.Status != RunStatus.Retrying)
                break;
            var wait = _bench.Store.Only.DueAt - _bench.Time.GetUtcNow();
            waits.Add(Math.Round(wait.TotalSeconds));
            _bench.Time.Advance(wait - TimeSpan.FromSeconds(1));
            (await _bench.Worker().ExecuteDueAsync(default)).ShouldBe(0, "not before its time");
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        waits.ShouldBe([10, 20]);
        var dead = _bench.Store.Only;
        dead.Status.ShouldBe(RunStatus.DeadLetter);
        dead.Attempts.ShouldBe(3);
        dead.LastError.ShouldBe("The function answered 500.");
        dead.FinishedAt.ShouldNotBeNull();

        _bench.Functions.Answers(ScriptedFunctions.Ok);
        (await _bench.RunsService().ReplayAsync(WorkBench.App, dead.Id, default)).ShouldNotBeNull();
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
        _bench.Functions.Calls.Select(c => c.IdempotencyKey).Distinct().ShouldBe([key]);
    }

    [Fact]
    public async Task A_replayed_run_that_fails_again_gets_its_retries_again()
    {
        _bench.OnTicket();
        var run = await _bench.TicketAsync();
        _bench.Functions.Answers(ScriptedFunctions.Status(500));
        await ExhaustAsync();
        await _bench.RunsService().ReplayAsync(WorkBench.App, run.Id, default);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Retrying);
        await ExhaustAsync();
        _bench.Store.Only.Status.ShouldBe(RunStatus.DeadLetter);
        _bench.Store.Only.Attempts.ShouldBe(6);
    }

    [Fact]
    public async Task Waiting_for_a_person_or_a_stopped_server_uses_up_no_retry()
    {
        _bench.OnTicket(connectors: ["slack"]);
        await _bench.TicketAsync();
        _bench.Connections.Connect("slack", ConnectionState.NeedsReconnect);
        _bench.Functions.Answers(ScriptedFunctions.Status(500));
        for (var i = 0; i < 5; i++)
        {
            await _bench.Worker().ExecuteDueAsync(default);
            _bench.Store.Only.Status.ShouldBe(RunStatus.Paused);
            _bench.Connections.Connect("slack");
            await _bench.RunsService().ConnectionBackAsync(WorkBench.App, "slack", default);
            _bench.Connections.Connect("slack", ConnectionState.NeedsReconnect);
        }
        _bench.Connections.Connect("slack");
        for (var i = 0; i < 5; i++)
        {
            (await ((IRunStore)_bench.Store).LeaseAsync("dies", _bench.Time.GetUtcNow(), _bench.Time.GetUtcNow().AddSeconds(30), 1, default)).Count.ShouldBe(1);
            _bench.Time.Advance(TimeSpan.FromSeconds(30));
        }

        await _bench.Worker().ExecuteDueAsync(default);

        _bench.Store.Only.ShouldSatisfyAllConditions(r => r.Status.ShouldBe(RunStatus.Retrying), r => r.Failures.ShouldBe(1), r => r.Attempts.ShouldBe(11));
        (_bench.Store.Only.DueAt - _bench.Time.GetUtcNow()).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10), "the first delay, not the sixth");
    }

    [Fact]
    public async Task A_run_under_which_servers_die_again_and_again_is_put_aside()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        for (var i = 0; i < 100; i++)
        {
            (await ((IRunStore)_bench.Store).LeaseAsync("dies", _bench.Time.GetUtcNow(), _bench.Time.GetUtcNow().AddSeconds(30), 1, default)).Count.ShouldBe(1);
            _bench.Time.Advance(TimeSpan.FromSeconds(30));
        }

        await _bench.Worker().ExecuteDueAsync(default);

        _bench.Store.Only.Status.ShouldBe(RunStatus.DeadLetter);
        _bench.Store.Only.LastError.ShouldBe("The server ended 100 times in a row while it ran this. Find out why before you replay it.");
        _bench.Functions.Calls.ShouldBeEmpty();
        await _bench.RunsService().ReplayAsync(WorkBench.App, _bench.Store.Only.Id, default);
        _bench.Functions.Answers(ScriptedFunctions.Ok);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Retry_after_is_honoured_when_it_is_longer_than_the_backoff()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        _bench.Functions.Answers(ScriptedFunctions.Status(429, TimeSpan.FromMinutes(7)), ScriptedFunctions.Status(429, TimeSpan.FromSeconds(1)));

        await _bench.Worker().ExecuteDueAsync(default);
        (_bench.Store.Only.DueAt - _bench.Time.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(7));
        _bench.Time.Advance(TimeSpan.FromMinutes(7));
        await _bench.Worker().ExecuteDueAsync(default);
        Math.Round((_bench.Store.Only.DueAt - _bench.Time.GetUtcNow()).TotalSeconds).ShouldBe(20, "the backoff is longer");
    }

    [Fact]
    public async Task A_missing_connection_pauses_the_run_and_it_goes_on_when_the_account_is_connected()
    {
        _bench.OnTicket(connectors: ["slack"]);
        await _bench.TicketAsync();
        _bench.Connections.Connect("slack", ConnectionState.NeedsReconnect);
        _bench.Functions.Answers(ScriptedFunctions.Status(500), ScriptedFunctions.Ok);

        await _bench.Worker().ExecuteDueAsync(default);
        var paused = _bench.Store.Only;
        paused.Status.ShouldBe(RunStatus.Paused);
        paused.LastError.ShouldBe("Waiting for Slack: a teammate must connect or approve it. The run goes on by itself then.");
        _bench.Time.Advance(TimeSpan.FromDays(3));
        (await _bench.Worker().ExecuteDueAsync(default)).ShouldBe(0);

        (await _bench.RunsService().ConnectionBackAsync(WorkBench.App, "slack", default)).ShouldBe(0, "it is not back yet");
        _bench.Connections.Connect("slack");
        (await _bench.RunsService().ConnectionBackAsync(WorkBench.App, "gmail", default)).ShouldBe(0);
        (await _bench.RunsService().ConnectionBackAsync(WorkBench.App, "slack", default)).ShouldBe(1);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
        _bench.Store.Only.IdempotencyKey.ShouldBe(paused.IdempotencyKey);
    }

    [Fact]
    public async Task A_function_that_calls_more_than_was_approved_waits_for_the_approval()
    {
        var flow = _bench.OnTicket(connectors: ["slack"]);
        await _bench.Versions.TryInsertAsync(new FunctionVersion
        {
            App = WorkBench.App, Name = flow.Function, Version = 1, Entry = "entry.ts", Files = new Dictionary<string, string>(), Bundle = "",
            Operations = ["slack.post_message", "slack.list_channels"], Author = "somebody", CreatedAt = WorkBench.Start,
        }, default);
        _bench.Connections.Connect("slack", approved: ["chat:write"]);
        await _bench.TicketAsync();
        _bench.Functions.Answers(ScriptedFunctions.Status(500), ScriptedFunctions.Ok);

        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Paused);
        _bench.Store.Only.LastError.ShouldNotBeNull().ShouldContain("more permissions in Slack");

        _bench.Connections.Connect("slack", approved: ["chat:write", "channels:read"]);
        (await _bench.RunsService().ConnectionBackAsync(WorkBench.App, "slack", default)).ShouldBe(1);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task A_function_that_answers_424_pauses_its_run()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        _bench.Functions.Answers(ScriptedFunctions.Status(424));
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Paused);
    }

    [Fact]
    public async Task A_failure_while_every_account_works_is_retried_not_paused()
    {
        _bench.OnTicket(connectors: ["slack"]);
        await _bench.TicketAsync();
        _bench.Connections.Connect("slack");
        _bench.Functions.Answers(ScriptedFunctions.Status(500));
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Retrying);
    }

    [Fact]
    public async Task Shutdown_gives_back_what_has_not_ended_and_another_worker_goes_on_at_once()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        var entered = new TaskCompletionSource();
        _bench.Functions.Script.Add(async (_, _, token) =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            return ScriptedFunctions.Ok;
        });
        _bench.Functions.Script.Add((_, _, _) => Task.FromResult(ScriptedFunctions.Ok));
        using var stopping = new CancellationTokenSource();
        var worker = _bench.Worker().RunAsync(stopping.Token);
        await entered.Task;

        await stopping.CancelAsync();
        await AdvanceUntilAsync(worker, _bench.Options.Grace);

        var given = _bench.Store.Only;
        given.Status.ShouldBe(RunStatus.Queued);
        given.LeasedUntil.ShouldBeNull();
        _bench.Store.Attempts.ShouldHaveSingleItem().Status.ShouldBe(AttemptStatus.Interrupted);
        (await _bench.Worker("next").ExecuteDueAsync(default)).ShouldBe(1);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
        _bench.Store.Only.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Shutdown_lets_an_attempt_finish_within_the_grace()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        var entered = new TaskCompletionSource();
        var answer = new TaskCompletionSource<FunctionAnswer>();
        _bench.Functions.Script.Add((_, _, _) =>
        {
            entered.SetResult();
            return answer.Task;
        });
        using var stopping = new CancellationTokenSource();
        var worker = _bench.Worker().RunAsync(stopping.Token);
        await entered.Task;
        await stopping.CancelAsync();
        answer.SetResult(ScriptedFunctions.Ok);
        await worker;
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

    [Fact]
    public async Task A_long_attempt_keeps_its_lease()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        var entered = new TaskCompletionSource();
        var answer = new TaskCompletionSource<FunctionAnswer>();
        _bench.Functions.Script.Add((_, _, _) =>
        {
            entered.SetResult();
            return answer.Task;
        });
        var working = _bench.Worker().ExecuteDueAsync(default);
        await entered.Task;
        for (var i = 0; i < 9; i++)
        {
            _bench.Time.Advance(_bench.Options.Lease / 3);
            var now = _bench.Time.GetUtcNow();
            await Eventually.HoldsAsync(() => _bench.Store.Only.LeasedUntil == now + _bench.Options.Lease);
        }

        var after = _bench.Time.GetUtcNow();
        (await _bench.Store.LeaseAsync("thief", after, after + _bench.Options.Lease, 1, default)).ShouldBeEmpty();
        answer.SetResult(ScriptedFunctions.Ok);
        await working;
        _bench.Store.Only.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_stops_a_running_function_and_its_result_does_not_count()
    {
        _bench.OnTicket();
        var run = await _bench.TicketAsync();
        var entered = new TaskCompletionSource();
        _bench.Functions.Script.Add(async (_, _, token) =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            return ScriptedFunctions.Ok;
        });
        var working = _bench.Worker().ExecuteDueAsync(default);
        await entered.Task;
        (await _bench.RunsService().CancelAsync(WorkBench.App, run.Id, default)).ShouldNotBeNull();
        await working;
        _bench.Store.Only.Status.ShouldBe(RunStatus.Cancelled);
    }

    [Fact]
    public async Task Output_is_kept_in_order_with_its_attempt_and_shown_live()
    {
        _bench.OnTicket();
        var run = await _bench.TicketAsync();
        using var dashboard = _bench.Live.Subscribe(WorkBench.App);
        _bench.Functions.Script.Add((_, log, _) =>
        {
            for (var i = 0; i < 100; i++)
                log.Write(new FunctionLogLine(_bench.Time.GetUtcNow(), FunctionLogLevel.Warn, $"line {i}"));
            return Task.FromResult(ScriptedFunctions.Ok);
        });
        await _bench.Worker().ExecuteDueAsync(default);

        var detail = (await _bench.RunsService().FindAsync(WorkBench.App, run.Id, default)).ShouldNotBeNull();
        detail.Log.Select(l => l.Message).ShouldBe(Enumerable.Range(0, 100).Select(i => $"line {i}"));
        detail.Log.ShouldAllBe(l => l.Level == "warn" && l.Attempt == 1);
        var live = 0;
        while (dashboard.Signals.TryRead(out var signal))
            if (signal.Kind == "log") live++;
        live.ShouldBe(100);
    }

    [Fact]
    public async Task A_run_of_a_deleted_flow_is_cancelled_and_one_of_a_flow_that_is_off_waits_for_it()
    {
        var flow = _bench.OnTicket();
        await _bench.TicketAsync();
        await _bench.FlowService().ChangeAsync(WorkBench.App, flow.Id, enabled: false, null, default);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Paused);
        _bench.Functions.Calls.ShouldBeEmpty();

        await _bench.FlowService().ChangeAsync(WorkBench.App, flow.Id, enabled: true, null, default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Queued);
        await _bench.FlowService().DeleteAsync(WorkBench.App, flow.Id, default);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Cancelled);
        _bench.Functions.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_exception_of_the_server_itself_costs_an_attempt_and_not_the_run()
    {
        _bench.OnTicket();
        await _bench.TicketAsync();
        _bench.Functions.Script.Add((_, _, _) => throw new InvalidOperationException("the disk is gone"));
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Retrying);
        _bench.Store.Only.LastError!.ShouldNotContain("disk");
    }

    private async Task ExhaustAsync()
    {
        while (_bench.Store.Only.Status is RunStatus.Queued or RunStatus.Retrying)
        {
            await _bench.Worker().ExecuteDueAsync(default);
            _bench.Time.Advance(TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>Moves the clock until the task ends: the timer it waits for may not have been set when the clock first moves.</summary>
    private async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        await Eventually.HoldsAsync(() =>
        {
            _bench.Time.Advance(step);
            return task.IsCompleted;
        });
        await task;
    }
}
