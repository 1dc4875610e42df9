using Patchbay.FunctionHost;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>A run while it runs: its lease, its output, its end.</summary>
public sealed class RunningTests
{
    private readonly WorkBench _bench = new();

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
