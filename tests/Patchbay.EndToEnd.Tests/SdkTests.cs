using System.Text.Json.Nodes;
using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>The unmodified <c>@base44/sdk</c> in Node against the server: what an existing program does goes on working.</summary>
public sealed class SdkTests
{
    private const string Script = """
        import { createClient } from "@base44/sdk";
        const [serverUrl, appId, api_key] = process.argv.slice(1);
        const client = (key) => createClient({ serverUrl, appId, headers: { api_key: key } });
        const Ticket = client(api_key).entities.Ticket;
        const failure = async (act) => {
          try { await act(); return null; } catch (e) { return { name: e.name, message: e.message, status: e.status, data: e.data ?? null }; }
        };
        const made = await Ticket.create({ subject: "Hinge squeaks", priority: "low" });
        const bulk = await Ticket.bulkCreate([{ subject: "Drawer jams", priority: "high" }, { subject: "Glass cracked", priority: "high" }]);
        const listed = await Ticket.list("-subject", 2);
        const skipped = await Ticket.list("subject", 2, 1);
        const filtered = await Ticket.filter({ priority: "high" }, "subject");
        const updated = await Ticket.update(made.id, { priority: "high" });
        const got = await Ticket.get(made.id);
        await Ticket.delete(made.id);
        const out = {
          made, bulk: bulk.length, listed: listed.map((t) => t.subject), skipped: skipped.map((t) => t.subject), filtered: filtered.map((t) => t.subject),
          updated: updated.priority, kept: got.subject,
          gone: await failure(() => Ticket.get(made.id)),
          unknownEntity: await failure(() => client(api_key).entities.Giraffe.list()),
          missingField: await failure(() => Ticket.create({ priority: "low" })),
          wrongValue: await failure(() => Ticket.create({ subject: "x", priority: "purple" })),
          wrongKey: await failure(() => client("nonsense").entities.Ticket.list()),
        };
        console.log(JSON.stringify(out));
        process.exit(0);
        """;

    [Fact]
    public async Task Records_are_made_listed_filtered_changed_and_deleted_and_errors_say_what_is_wrong()
    {
        await using var bench = await Bench.StartAsync();

        var run = await ProgramRun.RunAsync(Clone.InPath("node"), ["--input-type=module", "-e", Script, bench.Server.Address.GetLeftPart(UriPartial.Authority), bench.App, bench.Key], Clone.Runtime);

        run.Code.ShouldBe(0, run.All);
        // The SDK tells failed calls on the console too; the last line is ours.
        var said = JsonNode.Parse(run.Output.Split('\n')[^1])!;
        ((string)said["made"]!["subject"]!).ShouldBe("Hinge squeaks");
        ((string)said["made"]!["id"]!).Length.ShouldBe(24);
        ((string?)said["made"]!["created_date"]).ShouldNotBeNull();
        ((int)said["bulk"]!).ShouldBe(2);
        Texts(said["listed"]).ShouldBe(["Hinge squeaks", "Glass cracked"]);
        Texts(said["skipped"]).ShouldBe(["Glass cracked", "Hinge squeaks"]);
        Texts(said["filtered"]).ShouldBe(["Drawer jams", "Glass cracked"]);
        ((string)said["updated"]!).ShouldBe("high");
        ((string)said["kept"]!).ShouldBe("Hinge squeaks");
        Fails(said["gone"], 404, "no such Ticket");
        Fails(said["unknownEntity"], 404, "Giraffe");
        Fails(said["missingField"], 422, "subject");
        Fails(said["wrongValue"], 422, "priority");
        Fails(said["wrongKey"], 401, "credential");
    }

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(t => (string)t!)];

    private static void Fails(JsonNode? failure, int status, string word)
    {
        failure.ShouldNotBeNull();
        ((string)failure["name"]!).ShouldBe("Base44Error");
        ((int)failure["status"]!).ShouldBe(status, failure.ToJsonString());
        ((string)failure["message"]!).ShouldContain(word, Case.Insensitive);
    }
}
