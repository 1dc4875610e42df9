using Patchbay.FunctionHost;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Vault.Connections;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>What fails, and when it is tried again.</summary>
public sealed class RetryTests
{
    private readonly WorkBench _bench = new();

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
}
