using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Vault.Connections;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Runs that wait for a person.</summary>
public sealed class PauseTests
{
    private readonly WorkBench _bench = new();

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
}
