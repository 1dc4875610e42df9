using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Tests.Runs;
using ScheduleTrigger = Patchbay.Platform.Flows.Triggers.ScheduleTrigger;

namespace Patchbay.Platform.Tests.Flows;

public sealed class ScheduleTests
{
    private readonly WorkBench _bench = new();

    [Fact]
    public async Task A_schedule_fires_at_nine_on_the_clock_across_the_change_to_summer_time()
    {
        // 2 March is a Monday; Berlin changes on the 29th.
        var flow = _bench.Flow(new ScheduleTrigger("0 9 * * 1", "Europe/Berlin"));
        flow.NextAt.ShouldBe(WorkBench.Start.AddDays(7));
        var fired = new List<DateTimeOffset>();
        while (_bench.Time.GetUtcNow() < WorkBench.Start.AddDays(36))
        {
            _bench.Time.Advance(TimeSpan.FromHours(1));
            if (await _bench.Scheduler().FireDueAsync(default) == 1)
                fired.Add(_bench.Time.GetUtcNow());
        }
        fired.Select(t => t.Hour).ShouldBe([8, 8, 8, 7, 7], "09:00 is 08:00 UTC in winter and 07:00 in summer");
    }

    [Fact]
    public async Task Times_that_passed_while_down_run_once()
    {
        var flow = _bench.Flow(new ScheduleTrigger("*/10 * * * *", "UTC"));
        _bench.Time.Advance(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(3));
        (await _bench.Scheduler().FireDueAsync(default)).ShouldBe(1);
        await _bench.Dispatcher().DispatchAllAsync(default);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
        _bench.Store.Only.EventLabel.ShouldBe("Schedule, 2026-03-02 08:10 UTC");
        _bench.Store.Flows[flow.Id].NextAt.ShouldBe(WorkBench.Start.AddHours(5).AddMinutes(10));
    }

    [Fact]
    public async Task Two_schedulers_fire_a_time_once()
    {
        for (var i = 0; i < 20; i++)
            _bench.Flow(new ScheduleTrigger("0 * * * *", "UTC"));
        _bench.Time.Advance(TimeSpan.FromHours(1));
        var fired = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => _bench.Scheduler().FireDueAsync(default))));
        fired.Sum().ShouldBe(20);
        await _bench.Dispatcher().DispatchAllAsync(default);
        _bench.Store.Runs.Count.ShouldBe(20);
    }

    [Fact]
    public async Task The_loop_wakes_at_the_due_time_and_for_a_new_schedule()
    {
        using var stopping = new CancellationTokenSource();
        var loop = _bench.Scheduler().RunAsync(stopping.Token);
        var flow = await _bench.FlowService().CreateAsync(WorkBench.App, Draft(new ScheduleTrigger("1 8 * * *", "UTC")), "somebody", default);
        await Eventually.HoldsAsync(() =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            return _bench.Store.Flows[flow.Id].NextAt > WorkBench.Start.AddHours(1);
        });
        await stopping.CancelAsync();
        await loop;
        (await _bench.Dispatcher().DispatchAllAsync(default)).ShouldBe(1);
    }

    [Fact]
    public async Task Switching_on_goes_on_from_now_and_off_stays_silent()
    {
        var flow = _bench.Flow(new ScheduleTrigger("0 * * * *", "UTC"));
        var off = (await _bench.FlowService().ChangeAsync(WorkBench.App, flow.Id, false, null, default)).ShouldNotBeNull();
        off.State.ShouldBe(FlowState.Off);
        off.Flow.NextAt.ShouldBeNull();
        _bench.Time.Advance(TimeSpan.FromHours(3.5));
        (await _bench.Scheduler().FireDueAsync(default)).ShouldBe(0);
        var on = (await _bench.FlowService().ChangeAsync(WorkBench.App, flow.Id, true, "Hourly", default)).ShouldNotBeNull();
        on.State.ShouldBe(FlowState.On);
        on.Flow.Name.ShouldBe("Hourly");
        on.Flow.NextAt.ShouldBe(WorkBench.Start.AddHours(4));
        (await _bench.Scheduler().FireDueAsync(default)).ShouldBe(0, "what it missed while off is not made up for");
    }

    [Fact]
    public async Task Run_now_gives_the_run_even_when_the_flow_is_off()
    {
        var flow = _bench.Flow(new ScheduleTrigger("0 9 * * *", "UTC"));
        await _bench.FlowService().ChangeAsync(WorkBench.App, flow.Id, false, null, default);
        var run = (await _bench.FlowService().RunNowAsync(WorkBench.App, flow.Id, null, "ann", default)).ShouldNotBeNull();
        run.EventKind.ShouldBe(EventKind.Manual);
        await _bench.Worker().ExecuteDueAsync(default);
        _bench.Store.Only.Status.ShouldBe(RunStatus.Succeeded);
        var view = (await _bench.FlowService().FindAsync(WorkBench.App, flow.Id, default)).ShouldNotBeNull();
        view.LastRun!.Id.ShouldBe(run.Id);
        view.Runs24Hours.ShouldBe(1);
    }

    [Fact]
    public async Task Run_now_of_a_record_flow_takes_the_newest_record_that_fits()
    {
        var flow = _bench.OnTicket(RecordChangeKind.Update, """[{"field":"status","op":"==","value":"closed"}]""");
        (await Should.ThrowAsync<FlowInvalidException>(() => _bench.FlowService().RunNowAsync(WorkBench.App, flow.Id, null, "ann", default)))
            .Message.ShouldBe("There is no Ticket yet to run this with. Create one first.");
        _bench.Records.Records.AddRange([_bench.Ticket("""{"status":"open"}""", "a"), _bench.Ticket("""{"status":"closed"}""", "b"), _bench.Ticket("""{"status":"closed"}""", "c")]);
        var run = (await _bench.FlowService().RunNowAsync(WorkBench.App, flow.Id, null, "ann", default)).ShouldNotBeNull();
        run.Payload["event"]!.ToJsonString().ShouldBe("""{"type":"update","entity_name":"Ticket","entity_id":"b"}""");
        run.Payload["data"]!["status"]!.GetValue<string>().ShouldBe("closed");
        run.Payload["args"]!["channel"]!.GetValue<string>().ShouldBe("#support");
    }

    [Fact]
    public async Task Run_now_takes_the_record_that_was_chosen_from_the_newest()
    {
        var flow = _bench.OnTicket(RecordChangeKind.Update, """[{"field":"status","op":"==","value":"closed"}]""");
        _bench.Records.Records.AddRange([_bench.Ticket("""{"status":"open"}""", "a"), _bench.Ticket("""{"status":"closed"}""", "b")]);
        var samples = (await _bench.FlowService().SamplesAsync(WorkBench.App, flow.Id, default)).ShouldNotBeNull();
        samples.Select(s => ((string?)s.Record["id"], s.Fits)).ShouldBe([("a", false), ("b", true)], ignoreOrder: true);
        var run = (await _bench.FlowService().RunNowAsync(WorkBench.App, flow.Id, "a", "ann", default)).ShouldNotBeNull();
        run.Payload["event"]!["entity_id"]!.GetValue<string>().ShouldBe("a");
        (await Should.ThrowAsync<FlowInvalidException>(() => _bench.FlowService().RunNowAsync(WorkBench.App, flow.Id, "gone", "ann", default)))
            .Message.ShouldBe("This Ticket does not exist any more. Choose another one.");
        (await _bench.FlowService().SamplesAsync(WorkBench.App, new("none"), default)).ShouldBeNull();
        (await _bench.FlowService().SamplesAsync(WorkBench.App, _bench.Flow(new ScheduleTrigger("0 9 * * *", "UTC")).Id, default)).ShouldBe([]);
    }

    [Fact]
    public async Task A_flow_says_which_account_it_waits_for()
    {
        var flow = _bench.OnTicket(connectors: ["slack"]);
        var view = (await _bench.FlowService().FindAsync(WorkBench.App, flow.Id, default)).ShouldNotBeNull();
        view.State.ShouldBe(FlowState.WaitingForConnection);
        view.Reason!.ShouldContain("Slack");
        _bench.Connections.Connect("slack");
        (await _bench.FlowService().FindAsync(WorkBench.App, flow.Id, default))!.State.ShouldBe(FlowState.On);
    }

    [Theory]
    [InlineData("0 9 * *", "UTC", "five fields")]
    [InlineData("0 9 * * *", "Mars/Olympus", "time zone")]
    public async Task A_flow_that_cannot_work_is_not_saved(string cron, string zone, string reason)
    {
        var wrong = await Should.ThrowAsync<FlowInvalidException>(() => _bench.FlowService().CreateAsync(WorkBench.App, Draft(new ScheduleTrigger(cron, zone)), "x", default));
        wrong.Message.ShouldContain(reason);
        _bench.Store.Flows.ShouldBeEmpty();
    }

    private static FlowDraft Draft(Trigger trigger) => new("Digest", "Post the digest.", trigger, "digest", [], []);
}
