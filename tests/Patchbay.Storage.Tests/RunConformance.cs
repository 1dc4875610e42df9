using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Tests.Support;
using Patchbay.Vault;

namespace Patchbay.Storage.Tests;

public abstract class RunConformance(TestEngine engine) : Conformance(engine)
{
    private static readonly DateTimeOffset Now = Make.Noon.AddMinutes(1);
    private static readonly DateTimeOffset Until = Now.AddMinutes(1);

    private IRunStore Runs => Get<IRunStore>();

    private static IReadOnlyList<Run> OneEach(IReadOnlyList<Event> events, IFlowLookup flows) =>
        [.. events.SelectMany(e => flows.ForRecord(e.App, e.Entity!).Select(f => Make.Run(e, f.Id)))];

    /// <summary>Queued runs of an app, oldest first.</summary>
    private async Task<IReadOnlyList<Run>> QueueAsync(AppId app, int count, Func<Run, Run>? change = null)
    {
        var flow = new FlowId(Make.Id());
        for (var n = 0; n < count; n++)
            await Runs.InsertEventAsync(Make.Event(app), default);
        var result = await Runs.DispatchAsync(10_000, (events, _) => [.. events.Select(e => Make.Run(e, flow)).Select(change ?? (r => r))], default);
        return result.Runs;
    }

    private static Attempt Attempt(Run run, AttemptStatus status) => new(run.App, run.Id, run.Attempts, Now, Now.AddSeconds(2), status, 200, null);

    private static Run Ended(Run run, RunStatus status) => run with { Status = status, FinishedAt = Now.AddSeconds(2), Result = "{}", LeasedUntil = null };

    [Fact]
    public async Task An_event_becomes_a_run_for_each_flow_that_matches()
    {
        var app = Make.App();
        var (on, off, other) = (Make.Flow(app), Make.Flow(app) with { Enabled = false }, Make.Flow(Make.App()));
        foreach (var flow in new[] { on, off, other, Make.Flow(app, new ManualTrigger()), Make.Flow(app, new RecordTrigger("Deal", RecordChangeKind.Create, null)) })
            await Get<IFlowStore>().InsertAsync(flow, default);
        var happened = Make.Event(app);
        await Runs.InsertEventAsync(happened, default);

        var result = await Runs.DispatchAsync(10, (events, flows) =>
        {
            events.ShouldBeSameAs(happened);
            flows.Find(app, off.Id).ShouldBeSameAs(off);
            flows.Find(app, other.Id).ShouldBeNull();
            return OneEach(events, flows);
        }, default);
        result.Events.ShouldBe(1);
        var run = result.Runs.ShouldHaveSingleItem();
        run.Flow.ShouldBe(on.Id);
        (await Runs.FindAsync(app, run.Id, default)).ShouldBeSameAs(run);
        (await Runs.DispatchAsync(10, OneEach, default)).Events.ShouldBe(0);
    }

    [Fact]
    public async Task Events_are_matched_in_the_order_they_arrived_even_within_a_millisecond()
    {
        var app = Make.App();
        var events = Enumerable.Range(0, 50).Select(_ => Make.Event(app)).ToList();
        foreach (var happened in events)
            await Runs.InsertEventAsync(happened, default);
        var seen = new List<string>();
        while ((await Runs.DispatchAsync(7, (some, _) => Note(some), default)).Events > 0)
        {
        }
        seen.ShouldBe(events.Select(e => e.Id));

        IReadOnlyList<Run> Note(IReadOnlyList<Event> some)
        {
            seen.AddRange(some.Select(e => e.Id));
            return [];
        }
    }

    [Fact]
    public async Task A_match_that_throws_leaves_the_event_for_the_next_time()
    {
        var app = Make.App();
        await Runs.InsertEventAsync(Make.Event(app), default);
        (await Should.ThrowAsync<TimeZoneNotFoundException>(() => Runs.DispatchAsync(10, (_, _) => throw new TimeZoneNotFoundException("x"), default))).Message.ShouldBe("x");
        (await Runs.DispatchAsync(10, (e, _) => [Make.Run(e[0], new(Make.Id()))], default)).Runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_exists_for_flow_and_event_is_not_inserted_again()
    {
        var happened = Make.Event(Make.App());
        await Runs.InsertEventAsync(happened, default);
        var flow = new FlowId(Make.Id());
        (await Runs.DispatchAsync(10, (e, _) => [Make.Run(e[0], flow), Make.Run(e[0], flow)], default)).Runs.Count.ShouldBe(1);
        await Runs.InsertEventAsync(Make.Event(happened.App), default);
        (await Runs.DispatchAsync(10, (_, _) => [Make.Run(happened, flow)], default)).Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Racing_dispatchers_match_each_event_once()
    {
        const int count = 200;
        var app = Make.App();
        await Get<IFlowStore>().InsertAsync(Make.Flow(app), default);
        await Get<Patchbay.Platform.Apps.Entities.IRecordStore>().CreateAsync([], [.. Enumerable.Range(0, count).Select(_ => Make.Event(app))], default);
        var other = (await SecondNodeAsync()).GetRequiredService<IRunStore>();
        var found = await Race.RunAsync(8, async n =>
        {
            var runs = new List<Run>();
            DispatchResult result;
            do
            {
                result = await (n % 2 == 0 ? Runs : other).DispatchAsync(9, OneEach, default);
                runs.AddRange(result.Runs);
            }
            while (result.Events > 0);
            return runs;
        });
        // One may see nothing while others still hold events; what they leave is found here.
        var rest = await Runs.DispatchAsync(count, OneEach, default);
        var all = found.SelectMany(r => r).Concat(rest.Runs).ToList();
        all.Select(r => r.EventId).Distinct().Count().ShouldBe(count);
        all.Count.ShouldBe(count);
    }

    [Fact]
    public async Task A_lease_raises_fence_and_attempts_and_begins_an_attempt()
    {
        var app = Make.App();
        var queued = (await QueueAsync(app, 1))[0];
        (await Runs.NextDueAsync(default)).ShouldBe(Make.Noon);
        (await Runs.LeaseAsync("a", Make.Noon.AddTicks(-10), Until, 5, default)).ShouldBeEmpty();
        var leased = (await Runs.LeaseAsync("a", Now, Until, 5, default)).ShouldHaveSingleItem();
        leased.ShouldBeSameAs(queued with { Status = RunStatus.Running, Fence = 1, Attempts = 1, LeasedUntil = Until, StartedAt = Now });
        (await Runs.ListAttemptsAsync(app, leased.Id, default)).ShouldBe([new Attempt(app, leased.Id, 1, Now, null, AttemptStatus.Running, null, null)]);
        (await Runs.LeaseAsync("b", Until.AddTicks(-10), Until.AddMinutes(1), 5, default)).ShouldBeEmpty();
        (await Runs.NextDueAsync(default)).ShouldBe(Until);
    }

    [Fact]
    public async Task An_ended_lease_comes_back_with_its_attempt_interrupted_and_the_old_holder_can_do_nothing()
    {
        var app = Make.App();
        await QueueAsync(app, 1);
        var first = (await Runs.LeaseAsync("a", Now, Until, 5, default))[0];
        var second = (await Runs.LeaseAsync("b", Until, Until.AddMinutes(1), 5, default)).ShouldHaveSingleItem();
        (second.Fence, second.Attempts, first.Lost, second.Lost).ShouldBe((2, 2, 0, 1));
        (await Runs.ListAttemptsAsync(app, first.Id, default)).Select(a => (a.Number, a.Status, a.FinishedAt))
            .ShouldBe([(1, AttemptStatus.Interrupted, Until), (2, AttemptStatus.Running, null)]);

        (await Runs.TryExtendAsync(app, first.Id, first.Fence, Until.AddHours(1), default)).ShouldBeFalse();
        (await Runs.TryFinishAsync(Ended(first, RunStatus.Succeeded), Attempt(first, AttemptStatus.Succeeded), default)).ShouldBeFalse();
        (await Runs.FindAsync(app, first.Id, default)).ShouldBeSameAs(second);
        (await Runs.TryExtendAsync(app, first.Id, second.Fence, Until.AddHours(1), default)).ShouldBeTrue();
        (await Runs.LeaseAsync("c", Until.AddMinutes(30), Until.AddHours(2), 5, default)).ShouldBeEmpty();
        (await Runs.TryFinishAsync(Ended(second, RunStatus.Succeeded), Attempt(second, AttemptStatus.Succeeded), default)).ShouldBeTrue();
        (await Runs.FindAsync(app, first.Id, default)).ShouldBeSameAs(Ended(second, RunStatus.Succeeded));
        (await Runs.ListAttemptsAsync(app, first.Id, default))[1].ShouldBe(Attempt(second, AttemptStatus.Succeeded) with { StartedAt = Until });
        (await Runs.TryFinishAsync(Ended(second, RunStatus.DeadLetter), Attempt(second, AttemptStatus.Failed), default)).ShouldBeFalse();
        (await Runs.NextDueAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_run_is_never_with_two_holders()
    {
        const int count = 150;
        foreach (var app in new[] { Make.App(), Make.App(), Make.App() })
            await QueueAsync(app, count / 3);
        var other = (await SecondNodeAsync()).GetRequiredService<IRunStore>();
        var leased = await Race.RunAsync(8, async n =>
        {
            var mine = new List<Run>();
            for (var empty = 0; empty < 3;)
            {
                var some = await (n % 2 == 0 ? Runs : other).LeaseAsync($"holder{n}", Now, Until, 4, default);
                empty = some.Count == 0 ? empty + 1 : 0;
                mine.AddRange(some);
            }
            return mine;
        });
        var all = leased.SelectMany(r => r).Concat(await Runs.LeaseAsync("last", Now, Until, count, default)).ToList();
        all.Count.ShouldBe(count);
        all.Select(r => r.Id).Distinct().Count().ShouldBe(count);
        all.ShouldAllBe(r => r.Fence == 1);
    }

    [Fact]
    public async Task An_app_with_a_flood_does_not_starve_another()
    {
        var (flood, quiet) = (Make.App(), Make.App());
        await QueueAsync(flood, 300, r => r with { DueAt = Make.Noon.AddHours(-1) });
        await QueueAsync(quiet, 3);
        (await Runs.LeaseAsync("a", Now, Until, 10, default)).Count(r => r.App == quiet).ShouldBe(3);
        await QueueAsync(quiet, 2);
        var singles = new List<AppId>();
        for (var n = 0; n < 4; n++)
            singles.Add((await Runs.LeaseAsync("a", Now, Until, 1, default))[0].App);
        singles.Count(a => a == quiet).ShouldBe(2);
    }

    [Fact]
    public async Task A_lease_takes_as_many_as_it_may_even_if_one_app_has_few()
    {
        await QueueAsync(Make.App(), 1);
        await QueueAsync(Make.App(), 30);
        (await Runs.LeaseAsync("a", Now, Until, 20, default)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_retrying_run_waits_for_its_time()
    {
        var app = Make.App();
        await QueueAsync(app, 1);
        var run = (await Runs.LeaseAsync("a", Now, Until, 1, default))[0];
        var again = Now.AddMinutes(5);
        (await Runs.TryFinishAsync(run with { Status = RunStatus.Retrying, DueAt = again, LastError = "HTTP 500" }, Attempt(run, AttemptStatus.Failed), default)).ShouldBeTrue();
        (await Runs.NextDueAsync(default)).ShouldBe(again);
        (await Runs.LeaseAsync("a", again.AddTicks(-10), again.AddMinutes(1), 1, default)).ShouldBeEmpty();
        (await Runs.LeaseAsync("a", again, again.AddMinutes(1), 1, default)).ShouldHaveSingleItem().Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_cancelled_run_stays_cancelled_whatever_its_holder_says()
    {
        var app = Make.App();
        await QueueAsync(app, 1);
        var run = (await Runs.LeaseAsync("a", Now, Until, 1, default))[0];
        (await Runs.CancelAsync(app, run.Id, Now, default))!.Status.ShouldBe(RunStatus.Cancelled);
        (await Runs.TryFinishAsync(Ended(run, RunStatus.Succeeded), Attempt(run, AttemptStatus.Succeeded), default)).ShouldBeFalse();
        (await Runs.CancelAsync(app, run.Id, Now, default)).ShouldBeNull();
        (await Runs.ListAttemptsAsync(app, run.Id, default))[0].Status.ShouldBe(AttemptStatus.Interrupted);
    }

    [Theory]
    [InlineData(RunStatus.DeadLetter)]
    [InlineData(RunStatus.Paused)]
    [InlineData(RunStatus.Succeeded)]
    public async Task What_has_ended_or_paused_can_be_queued_again_with_its_attempts_and_key(RunStatus end)
    {
        var app = Make.App();
        await QueueAsync(app, 1);
        var run = (await Runs.LeaseAsync("a", Now, Until, 1, default))[0];
        (await Runs.RequeueAsync(app, run.Id, Now, default)).ShouldBeNull();
        await Runs.TryFinishAsync(Ended(run, end) with { Failures = 3 }, Attempt(run, AttemptStatus.Failed), default);
        (await Runs.FindAsync(app, run.Id, default))!.Failures.ShouldBe(3);
        var again = await Runs.RequeueAsync(app, run.Id, Until, default);
        (again!.Failures, again.Lost).ShouldBe((0, 0));
        (again!.Status, again.Attempts, again.IdempotencyKey, again.DueAt, again.FinishedAt).ShouldBe((RunStatus.Queued, 1, run.IdempotencyKey, Until, (DateTimeOffset?)null));
        (await Runs.LeaseAsync("a", Until, Until.AddMinutes(1), 1, default)).ShouldHaveSingleItem().Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Resuming_a_flow_queues_its_paused_runs_only()
    {
        var app = Make.App();
        var runs = await QueueAsync(app, 3, r => r with { Status = RunStatus.Paused });
        await QueueAsync(app, 1, r => r with { Status = RunStatus.Paused });
        (await Runs.LeaseAsync("a", Now, Until, 9, default)).ShouldBeEmpty();
        (await Runs.ResumeAsync(app, runs[0].Flow, Now, default)).ShouldBe(3);
        (await Runs.LeaseAsync("a", Now, Until, 9, default)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Runs_are_found_by_status_flow_time_words_and_key_from_the_newest()
    {
        var app = Make.App();
        var runs = (await QueueAsync(app, 3)).OrderByDescending(r => r.Id.Value).ToList();
        var odd = (await QueueAsync(app, 1, r => r with { EventLabel = "Über ÄRGER 100%", Status = RunStatus.DeadLetter, CreatedAt = Now }))[0];
        (await Runs.QueryAsync(new(app), default)).Select(r => r.Id).ShouldBe([odd.Id, .. runs.Select(r => r.Id)]);
        (await Runs.QueryAsync(new(app) { Limit = 2, Before = runs[0].Id.Value }, default)).Select(r => r.Id).ShouldBe([runs[1].Id, runs[2].Id]);
        (await Runs.QueryAsync(new(app) { Status = RunStatus.DeadLetter }, default)).ShouldBeSameAs(odd);
        (await Runs.QueryAsync(new(app) { Flow = odd.Flow }, default)).ShouldBeSameAs(odd);
        (await Runs.QueryAsync(new(app) { Since = Now }, default)).ShouldBeSameAs(odd);
        (await Runs.QueryAsync(new(app) { Text = " ärger  ÜBER " }, default)).ShouldBeSameAs(odd);
        (await Runs.QueryAsync(new(app) { Text = odd.IdempotencyKey }, default)).ShouldBeSameAs(odd);
        (await Runs.QueryAsync(new(app) { Text = runs[1].Id.Value }, default)).ShouldBeSameAs(runs[1]);
        (await Runs.QueryAsync(new(app) { Text = "%" }, default)).ShouldBeSameAs(odd);
        (await Runs.QueryAsync(new(app) { Text = "nothing\0" }, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_summary_counts_buckets_and_nearest_rank_percentiles()
    {
        var app = Make.App();
        var n = 0;
        await QueueAsync(app, 20, r => r with
        {
            Status = ++n > 18 ? RunStatus.DeadLetter : RunStatus.Succeeded, CreatedAt = Make.Noon.AddMinutes(n - 1), StartedAt = Make.Noon, FinishedAt = Make.Noon.AddMilliseconds(n * 10),
        });
        await QueueAsync(app, 1, r => r with { CreatedAt = Make.Noon.AddMinutes(-1) });
        await QueueAsync(app, 1);
        await Runs.LeaseAsync("a", Now, Until, 1, default);
        var summary = await Runs.SummarizeAsync(app, null, Make.Noon, Make.Noon.AddMinutes(20), 2, default);
        (summary.Total, summary.Succeeded, summary.Failed, summary.P50Ms, summary.P95Ms).ShouldBe((21, 18, 2, 100.0, 190.0));
        summary.Buckets.ShouldBe([new(Make.Noon, 10, 0), new(Make.Noon.AddMinutes(10), 8, 2)]);
        (await Runs.SummarizeAsync(Make.App(), null, Make.Noon, Now, 2, default)).ShouldBeSameAs(new(0, 0, 0, 0, null, null, [new(Make.Noon, 0, 0), new(Make.Noon.AddSeconds(30), 0, 0)]));
    }

    [Fact]
    public async Task A_summary_of_one_flow_leaves_the_others_out()
    {
        var app = Make.App();
        var (one, other) = (new FlowId("flow-one"), new FlowId("flow-other"));
        await QueueAsync(app, 2, r => r with { Flow = one, Status = RunStatus.Succeeded, CreatedAt = Make.Noon, StartedAt = Make.Noon, FinishedAt = Make.Noon.AddMilliseconds(10) });
        await QueueAsync(app, 3, r => r with { Flow = other, Status = RunStatus.DeadLetter, CreatedAt = Make.Noon, StartedAt = Make.Noon, FinishedAt = Make.Noon.AddMilliseconds(90) });
        var summary = await Runs.SummarizeAsync(app, one, Make.Noon, Make.Noon.AddMinutes(20), 1, default);
        (summary.Total, summary.Succeeded, summary.Failed, summary.P95Ms).ShouldBe((2, 2, 0, 10.0));
        summary.Buckets.ShouldBe([new(Make.Noon, 2, 0)]);
        (await Runs.SummarizeAsync(app, null, Make.Noon, Make.Noon.AddMinutes(20), 1, default)).Total.ShouldBe(5);
    }

    [Fact]
    public async Task Another_apps_runs_are_out_of_reach()
    {
        var app = Make.App();
        var run = (await QueueAsync(app, 1))[0];
        var stranger = Make.App();
        (await Runs.FindAsync(stranger, run.Id, default)).ShouldBeNull();
        (await Runs.ListAttemptsAsync(stranger, run.Id, default)).ShouldBeEmpty();
        (await Runs.CancelAsync(stranger, run.Id, Now, default)).ShouldBeNull();
        (await Runs.ResumeAsync(stranger, run.Flow, Now, default)).ShouldBe(0);
        (await Runs.QueryAsync(new(stranger) { Text = run.Id.Value }, default)).ShouldBeEmpty();
        var leased = (await Runs.LeaseAsync("a", Now, Until, 1, default))[0];
        (await Runs.TryExtendAsync(stranger, run.Id, leased.Fence, Until.AddHours(1), default)).ShouldBeFalse();
        (await Runs.TryFinishAsync(Ended(leased, RunStatus.Succeeded) with { App = stranger }, Attempt(leased, AttemptStatus.Succeeded), default)).ShouldBeFalse();
        (await Runs.RequeueAsync(stranger, run.Id, Now, default)).ShouldBeNull();
        (await Runs.FindAsync(app, run.Id, default)).ShouldBeSameAs(leased);
    }

    [Fact]
    public async Task Text_that_no_database_holds_is_stored_with_a_replacement()
    {
        var app = Make.App();
        await QueueAsync(app, 1);
        var run = (await Runs.LeaseAsync("a", Now, Until, 1, default))[0];
        (await Runs.TryFinishAsync(Ended(run, RunStatus.DeadLetter) with { LastError = "a\0b\ud800c" }, Attempt(run, AttemptStatus.Failed), default)).ShouldBeTrue();
        (await Runs.FindAsync(app, run.Id, default))!.LastError.ShouldBe("a\uFFFDb\uFFFDc");
    }
}

public sealed class SqliteRunTests() : RunConformance(new SqliteEngine());

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresRunTests(PostgresServer server) : RunConformance(new PostgresEngine(server));
