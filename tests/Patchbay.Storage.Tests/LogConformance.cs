using Patchbay.Platform.Runs;
using Patchbay.Storage.Tests.Support;
using Patchbay.Vault;
using Patchbay.Vault.Egress;

namespace Patchbay.Storage.Tests;

public abstract class LogConformance(TestEngine engine) : Conformance(engine)
{
    private static CallLogEntry Call(AppId app) => new()
    {
        Id = Make.Id(), App = app, Time = Make.Noon, Connection = new(Make.Id()), Connector = "slack", Operation = "slack.post_message", Method = "POST", Host = "slack.com",
        Path = "/api/chat.postMessage", Status = 200, DurationMs = 12.5, RequestBytes = 10, ResponseBytes = 5_000_000_000, Function = "notify", RunId = Make.Id(), Outcome = CallOutcome.Sent,
    };

    [Fact]
    public async Task Calls_are_read_from_the_newest_by_app_connection_and_run()
    {
        var (log, reader, app) = (Get<ICallLog>(), Get<ICallLogReader>(), Make.App());
        var calls = new[]
        {
            Call(app), Call(app), Call(Make.App()),
            Call(app) with { Connection = null, Connector = null, Operation = null, Status = null, Function = null, RunId = null, Outcome = CallOutcome.Refused, Reason = "unknown host" },
        };
        foreach (var call in calls)
            await log.AppendAsync(call, default);
        (await reader.ListAsync(app, null, null, 10, default)).ShouldBeSameAs(calls[3], calls[1], calls[0]);
        (await reader.ListAsync(app, null, null, 1, default)).ShouldBeSameAs(calls[3]);
        (await reader.ListAsync(app, calls[0].Connection, null, 10, default)).ShouldBeSameAs(calls[0]);
        (await reader.ListAsync(app, null, new(calls[1].RunId!), 10, default)).ShouldBeSameAs(calls[1]);
        (await reader.ListAsync(app, calls[0].Connection, new(calls[1].RunId!), 10, default)).ShouldBeEmpty();
        (await reader.ListAsync(Make.App(), calls[0].Connection, null, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_of_a_run_keep_their_order_and_survive_a_stop()
    {
        var (log, app, run) = (Get<IRunLog>(), Make.App(), new RunId(Make.Id()));
        var lines = Enumerable.Range(0, 6000).Select(n => new RunLogLine(app, run, 1, Make.Noon, n % 2 == 0 ? "info" : "error", $"line {n}")).ToList();
        foreach (var line in lines)
            await log.AppendAsync(line, default);
        await Get<ICallLog>().AppendAsync(Call(app), default);
        await RestartAsync();
        (await Get<IRunLog>().ListAsync(app, run, 10_000, default)).ShouldBe(lines);
        (await Get<IRunLog>().ListAsync(app, run, 3, default)).ShouldBe(lines.Take(3));
        (await Get<IRunLog>().ListAsync(Make.App(), run, 3, default)).ShouldBeEmpty();
        (await Get<ICallLogReader>().ListAsync(app, null, null, 10, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_with_any_character_is_stored()
    {
        var (app, run) = (Make.App(), new RunId(Make.Id()));
        await Get<IRunLog>().AppendAsync(new(app, run, 1, Make.Noon, "info", "a\0\udc00 😀 ü"), default);
        (await Get<IRunLog>().ListAsync(app, run, 3, default))[0].Message.ShouldBe("a\uFFFD\uFFFD 😀 ü");
    }
}

public sealed class SqliteLogTests() : LogConformance(new SqliteEngine());

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresLogTests(PostgresServer server) : LogConformance(new PostgresEngine(server));
