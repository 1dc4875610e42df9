using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Tests.Support;
using Patchbay.Vault;

namespace Patchbay.Storage.Tests;

public abstract class FlowConformance(TestEngine engine) : Conformance(engine)
{
    private IFlowStore Flows => Get<IFlowStore>();

    private static Flow Schedule(AppId app, DateTimeOffset? next) => Make.Flow(app, new ScheduleTrigger("0 9 * * 1-5", "Europe/Zurich")) with { NextAt = next };

    [Fact]
    public async Task Flows_of_every_trigger_come_back_as_they_went_in_and_only_to_their_app()
    {
        var app = Make.App();
        var flows = new[] { Make.Flow(app), Schedule(app, Make.Noon), Make.Flow(app, new ManualTrigger()) with { Enabled = false, Retry = new(1, TimeSpan.FromMilliseconds(1500), TimeSpan.FromHours(1)) } };
        foreach (var flow in flows)
            await Flows.InsertAsync(flow, default);
        (await Flows.ListAsync(app, default)).ShouldBeSameAs(flows.OrderBy(f => f.Id.Value, StringComparer.Ordinal).ToArray());
        var changed = flows[0] with { Name = "Other", Enabled = false, Trigger = new ManualTrigger(), Connectors = [], NextAt = Make.Noon };
        await Flows.UpdateAsync(changed, default);
        (await Flows.FindAsync(app, changed.Id, default)).ShouldBeSameAs(changed);
        var stranger = Make.App();
        await Flows.UpdateAsync(changed with { App = stranger, Name = "Stolen" }, default);
        (await Flows.FindAsync(stranger, changed.Id, default)).ShouldBeNull();
        (await Flows.DeleteAsync(stranger, changed.Id, default)).ShouldBeFalse();
        (await Flows.FindAsync(app, changed.Id, default)).ShouldBeSameAs(changed);
        (await Flows.DeleteAsync(app, changed.Id, default)).ShouldBeTrue();
        (await Flows.FindAsync(app, changed.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Enabled_schedules_whose_time_has_come_are_due_earliest_first()
    {
        var app = Make.App();
        (await Flows.NextDueAsync(default)).ShouldBeNull();
        var (late, early) = (Schedule(app, Make.Noon), Schedule(Make.App(), Make.Noon.AddHours(-1)));
        foreach (var flow in new[] { late, early, Schedule(app, Make.Noon.AddTicks(10)), Schedule(app, null), Schedule(app, Make.Noon.AddDays(-1)) with { Enabled = false } })
            await Flows.InsertAsync(flow, default);
        (await Flows.ListDueAsync(Make.Noon, 10, default)).ShouldBeSameAs(early, late);
        (await Flows.ListDueAsync(Make.Noon, 1, default)).ShouldBeSameAs(early);
        (await Flows.NextDueAsync(default)).ShouldBe(early.NextAt);
    }

    [Fact]
    public async Task A_schedule_fires_once_however_many_nodes_see_it_due()
    {
        var flow = Schedule(Make.App(), Make.Noon);
        await Flows.InsertAsync(flow, default);
        var other = (await SecondNodeAsync()).GetRequiredService<IFlowStore>();
        var next = Make.Noon.AddDays(1);
        var fired = await Race.RunAsync(12, n => (n % 2 == 0 ? Flows : other).TryFireAsync(flow, Make.Noon, next, Make.Event(flow.App, flow.Id.Value), default));
        fired.Count(f => f).ShouldBe(1);
        (await Flows.FindAsync(flow.App, flow.Id, default))!.NextAt.ShouldBe(next);
        var events = new List<Event>();
        await Get<IRunStore>().DispatchAsync(10, (some, _) =>
        {
            events.AddRange(some);
            return [];
        }, default);
        events.ShouldHaveSingleItem().FlowId.ShouldBe(flow.Id.Value);
        (await Flows.TryFireAsync(flow, Make.Noon, next, Make.Event(flow.App, flow.Id.Value), default)).ShouldBeFalse();
        await Flows.StopScheduleAsync(flow, Make.Noon, default);
        (await Flows.TryFireAsync(flow, next, next.AddDays(1), Make.Event(flow.App, flow.Id.Value), default)).ShouldBeTrue();
        await Flows.StopScheduleAsync(flow, next.AddDays(1), default);
        (await Flows.NextDueAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_rename_that_read_before_a_firing_does_not_put_the_old_time_back()
    {
        var flow = Schedule(Make.App(), Make.Noon);
        await Flows.InsertAsync(flow, default);
        var readBefore = (await Flows.FindAsync(flow.App, flow.Id, default))!;
        var next = Make.Noon.AddDays(1);
        (await Flows.TryFireAsync(flow, Make.Noon, next, Make.Event(flow.App, flow.Id.Value), default)).ShouldBeTrue();
        await Flows.UpdateAsync(readBefore with { Name = "Renamed" }, default);
        (await Flows.FindAsync(flow.App, flow.Id, default))!.ShouldSatisfyAllConditions(f => f.Name.ShouldBe("Renamed"), f => f.NextAt.ShouldBe(next));
    }

    [Fact]
    public async Task Switching_starts_the_schedule_anew()
    {
        var flow = Schedule(Make.App(), Make.Noon);
        await Flows.InsertAsync(flow, default);
        await Flows.UpdateAsync(flow with { Enabled = false, NextAt = null }, default);
        (await Flows.FindAsync(flow.App, flow.Id, default))!.NextAt.ShouldBeNull();
        await Flows.UpdateAsync(flow with { Enabled = true, NextAt = Make.Noon.AddDays(2) }, default);
        (await Flows.FindAsync(flow.App, flow.Id, default))!.NextAt.ShouldBe(Make.Noon.AddDays(2));
    }

    [Fact]
    public async Task A_firing_whose_event_cannot_be_stored_leaves_the_schedule_due()
    {
        var flow = Schedule(Make.App(), Make.Noon);
        await Flows.InsertAsync(flow, default);
        var happened = Make.Event(flow.App, flow.Id.Value);
        await Get<IRunStore>().InsertEventAsync(happened, default);
        await Should.ThrowAsync<Exception>(() => Flows.TryFireAsync(flow, Make.Noon, Make.Noon.AddDays(1), happened, default));
        (await Flows.FindAsync(flow.App, flow.Id, default))!.NextAt.ShouldBe(Make.Noon);
    }
}

public sealed class SqliteFlowTests() : FlowConformance(new SqliteEngine());

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresFlowTests(PostgresServer server) : FlowConformance(new PostgresEngine(server));
