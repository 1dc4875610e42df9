using System.Net;
using System.Text.Json.Nodes;
using Patchbay.EndToEnd.Tests.Support;
using Patchbay.Storage.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>kill -9 at every moment that matters: what was acknowledged is delivered, and nothing twice without its key.</summary>
[Trait("Speed", "Slow")]
public sealed class CrashOnSqliteTests : CrashTests
{
    private protected override Task<Bench> StartAsync() => Bench.StartAsync();
}

[Trait("Needs", "PostgreSQL")]
[Collection(PostgresServer.Collection)]
public sealed class CrashOnPostgresTests(PostgresServer postgres) : CrashTests
{
    private protected override async Task<Bench> StartAsync() => await Bench.StartAsync(postgres.ConnectionString(await postgres.CreateDatabaseAsync()));
}

public abstract class CrashTests
{
    private const string Sentence = "Tell #support whenever somebody opens a ticket";

    private protected abstract Task<Bench> StartAsync();

    [Fact]
    public async Task Killed_before_the_vendor_saw_anything_the_message_is_delivered_once()
    {
        await using var bench = await StartAsync();
        var flow = await BuildAsync(bench);
        var held = bench.Wire.Hold("/chat.postMessage");
        await bench.OpenTicketAsync("Kettle leaks");
        await held.ArrivedAsync();

        await bench.KillAsync();
        held.Drop();
        await bench.StartServerAsync();

        (await DeliveredAsync(bench, flow, "Kettle leaks")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Killed_right_after_the_record_was_acknowledged_the_message_is_delivered_once()
    {
        await using var bench = await StartAsync();
        var flow = await BuildAsync(bench);
        // Whatever the worker had begun by then stands before the vendor and dies with the server.
        var held = bench.Wire.Hold("/chat.postMessage");
        await bench.OpenTicketAsync("Lid is stuck");

        await bench.KillAsync();
        held.Drop();
        await bench.StartServerAsync();

        // If the worker had not begun, the held place is still free and the first call of the new server meets it: that is a
        // cut connection, tried again with the same key.
        (await DeliveredAsync(bench, flow, "Lid is stuck")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Killed_after_the_vendor_acted_and_before_its_answer_a_repeat_carries_the_same_key()
    {
        await using var bench = await StartAsync();
        var flow = await BuildAsync(bench);
        var held = bench.Wire.Hold("/chat.postMessage", afterAnswer: true);
        await bench.OpenTicketAsync("Handle came off");
        await held.ArrivedAsync();

        await bench.KillAsync();
        held.Drop();
        await bench.StartServerAsync();

        var delivered = await DeliveredAsync(bench, flow, "Handle came off");
        delivered.Count.ShouldBeInRange(1, 2);
        delivered.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Killed_after_the_vendor_renewed_a_token_and_before_it_was_stored_the_connection_goes_on()
    {
        await using var bench = await StartAsync();
        await bench.SaveFunctionAsync("mail", Functions.Mail);
        // A token that is told to live a second needs a renewal at the next call.
        bench.Wire.TokenLife = 1;
        await bench.ConnectAsync("gmail", ["https://www.googleapis.com/auth/gmail.send"]);
        var held = bench.Wire.Hold("/token", afterAnswer: true);
        bench.Wire.TokenLife = null;
        var calls = Wait.UntilAsync("a call needs a renewal", async () => (await TryMailAsync(bench)) is null);
        await held.ArrivedAsync();

        await bench.KillAsync();
        held.Drop();
        await calls;
        await bench.StartServerAsync();

        // The dead server's lease has to end first; until then a call is told to come again.
        await Wait.UntilAsync("a mail goes out again", async () => await TryMailAsync(bench) == HttpStatusCode.OK);
        ((string)(await bench.Owner.GetAsync($"{bench.Api}/connections"))["items"]!.AsArray().Single()!["state"]!).ShouldBe("connected");
    }

    [Fact]
    public async Task Twenty_kills_under_a_stream_of_tickets_lose_none_and_leave_no_run_behind()
    {
        await using var bench = await StartAsync();
        var flow = await BuildAsync(bench);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var acknowledged = new List<string>();
        var number = 0;
        for (var kill = 0; kill < 20; kill++)
        {
            var last = random.Next(1, 6);
            var tickets = Enumerable.Range(0, last + 1).Select(_ => $"Crate {number++}").ToList();
            foreach (var ticket in tickets[..^1])
            {
                await bench.OpenTicketAsync(ticket);
                acknowledged.Add(ticket);
            }
            // One more is under way when the kill comes: it may or may not be kept, and counts only if acknowledged.
            var underWay = TryOpenAsync(bench, tickets[^1]);
            await bench.KillAsync();
            if (await underWay)
                acknowledged.Add(tickets[^1]);
            await bench.StartServerAsync();
        }

        await Wait.UntilAsync($"every run ended (seed {seed})", async () => (await bench.RunsAsync(flow)) is { Count: > 0 } runs && runs.All(r => (string)r["status"]! is "succeeded") && runs.Count >= acknowledged.Count);
        var messages = await bench.SlackAsync();
        foreach (var ticket in acknowledged)
        {
            var own = messages.Where(m => m.Text.Split('\n').Any(l => l.EndsWith(ticket, StringComparison.Ordinal) || l.EndsWith(ticket + "*", StringComparison.Ordinal))).ToList();
            own.ShouldNotBeEmpty($"{ticket} (seed {seed})");
            own.Select(m => m.Key).Distinct().Count().ShouldBe(1, $"{ticket} (seed {seed})");
        }
    }

    private static async Task<string> BuildAsync(Bench bench)
    {
        await bench.ControlAsync(HttpMethod.Post, "slack/channels", new JsonObject { ["name"] = "support" });
        return await bench.BuildAsync(Sentence);
    }

    /// <summary>What stands at the vendor about the ticket, once its run has ended well.</summary>
    private static async Task<IReadOnlyList<(string Text, string? Key)>> DeliveredAsync(Bench bench, string flow, string subject)
    {
        await Wait.UntilAsync("the run succeeded", async () => (await bench.RunsAsync(flow)) is [var run] && (string)run["status"]! == "succeeded");
        return [.. (await bench.SlackAsync()).Where(m => m.Text.Contains(subject, StringComparison.Ordinal))];
    }

    /// <returns>Null if the server died.</returns>
    private static async Task<HttpStatusCode?> TryMailAsync(Bench bench)
    {
        try
        {
            using var answer = await bench.CallAsync(HttpMethod.Post, "functions/mail", new JsonObject());
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static async Task<bool> TryOpenAsync(Bench bench, string subject)
    {
        try
        {
            await bench.OpenTicketAsync(subject);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }
}
