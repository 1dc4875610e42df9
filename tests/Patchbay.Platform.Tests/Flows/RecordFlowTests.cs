using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Tests.Runs;
using Record = Patchbay.Platform.Apps.Entities.Record;

namespace Patchbay.Platform.Tests.Flows;

/// <summary>Which changes of records start which flows.</summary>
public sealed class RecordFlowTests
{
    private const string Closed = """[{"field":"status","op":"==","value":"closed"}]""";
    private readonly WorkBench _bench = new();

    [Fact]
    public async Task An_update_fires_once_per_transition()
    {
        _bench.OnTicket(RecordChangeKind.Update, Closed);
        var states = new[] { """{"status":"open"}""", """{"status":"closed"}""", """{"status":"closed","note":"x"}""", """{"status":"open"}""", """{"status":"closed"}""" };
        for (var i = 1; i < states.Length; i++)
            await _bench.HappenAsync(RecordEvents.Updated(_bench.Ticket(states[i - 1]), _bench.Ticket(states[i]), _bench.Time));
        await _bench.Dispatcher().DispatchAllAsync(default);
        _bench.Store.Runs.Count.ShouldBe(2, "open to closed, twice");
    }

    [Fact]
    public async Task A_change_starts_only_enabled_flows_of_its_app_entity_and_kind()
    {
        var flow = _bench.OnTicket();
        _bench.OnTicket(RecordChangeKind.Delete);
        _bench.OnTicket(RecordChangeKind.Update);
        _bench.Flow(new Platform.Flows.Triggers.RecordTrigger("Deal", RecordChangeKind.Create, null));
        var off = _bench.OnTicket();
        _bench.Store.Flows[off.Id] = off with { Enabled = false };
        (await _bench.TicketAsync()).Flow.ShouldBe(flow.Id);
    }

    [Fact]
    public async Task A_condition_that_cannot_be_read_shows_as_a_dead_letter_and_stops_nobody_else()
    {
        var broken = _bench.OnTicket(condition: """[{"field":"status","op":"~","value":"x"}]""");
        _bench.OnTicket();
        await _bench.HappenAsync(RecordEvents.Created(_bench.Ticket(), _bench.Time));
        await _bench.Dispatcher().DispatchAllAsync(default);
        await _bench.Worker().ExecuteDueAsync(default);
        var dead = _bench.Store.Runs.Values.Single(r => r.Flow == broken.Id);
        dead.Status.ShouldBe(RunStatus.DeadLetter);
        dead.LastError!.ShouldContain("'~' on 'status' is no comparison");
        _bench.Store.Runs.Values.Count(r => r.Status == RunStatus.Succeeded).ShouldBe(1);
    }

    [Fact]
    public async Task Flows_that_cause_each_other_are_stopped_visibly()
    {
        _bench.OnTicket();
        var depth = 0;
        RunStatus status;
        do
        {
            _bench.Store.Runs.Clear();
            await _bench.HappenAsync(RecordEvents.Created(_bench.Ticket(), _bench.Time, depth));
            await _bench.Dispatcher().DispatchAllAsync(default);
            // What the function writes carries the header that it was given.
            depth = FlowDepth.Read($"patchbay-depth={((int?)_bench.Store.Only.Payload["event"]!["depth"] ?? 0) + 1}");
            status = _bench.Store.Only.Status;
        }
        while (status == RunStatus.Queued && depth < 100);
        status.ShouldBe(RunStatus.DeadLetter);
        depth.ShouldBe(FlowDepth.Most + 2);
    }

    [Fact]
    public void The_payload_is_what_functions_written_for_base44_expect()
    {
        var before = _bench.Ticket("""{"subject":"Printer","status":"open"}""");
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        var after = before with { Data = (JsonObject)JsonNode.Parse("""{"subject":"Printer","status":"closed"}""")!, UpdatedAt = _bench.Time.GetUtcNow() };
        var happened = RecordEvents.Updated(before, after, _bench.Time).ShouldNotBeNull();
        JsonNode.DeepEquals(happened.Payload, JsonNode.Parse("""
            {"event":{"type":"update","entity_name":"Ticket","entity_id":"019000000000000000000001"},
            "data":{"id":"019000000000000000000001","created_date":"2026-03-02T08:00:00.000Z","updated_date":"2026-03-02T08:01:00.000Z","created_by":"ann@acme.io","subject":"Printer","status":"closed"},
            "old_data":{"id":"019000000000000000000001","created_date":"2026-03-02T08:00:00.000Z","updated_date":"2026-03-02T08:00:00.000Z","created_by":"ann@acme.io","subject":"Printer","status":"open"},
            "changed_fields":["status"]}
            """)).ShouldBeTrue(happened.Payload.ToJsonString());
        happened.Label.ShouldBe("Ticket 000001 updated");
    }

    [Fact]
    public void Saving_the_same_again_is_no_event() => RecordEvents.Updated(_bench.Ticket(), _bench.Ticket(), _bench.Time).ShouldBeNull();

    [Fact]
    public void A_deleted_record_travels_with_its_last_state()
    {
        var payload = RecordEvents.Deleted(_bench.Ticket(), _bench.Time).Payload;
        payload["event"]!["type"]!.GetValue<string>().ShouldBe("delete");
        payload["data"]!["subject"]!.GetValue<string>().ShouldBe("Printer");
    }

    [Fact]
    public async Task A_large_record_travels_without_data_and_its_condition_still_decides()
    {
        var large = new string('x', RecordEvents.LargestPayload);
        Record Sized(string status) => _bench.Ticket($$"""{"status":"{{status}}","body":"{{large}}"}""");
        _bench.OnTicket(RecordChangeKind.Update, Closed);
        await _bench.HappenAsync(RecordEvents.Updated(Sized("open"), Sized("pending"), _bench.Time));
        await _bench.HappenAsync(RecordEvents.Updated(Sized("open"), Sized("closed"), _bench.Time));
        await _bench.Dispatcher().DispatchAllAsync(default);

        var payload = _bench.Store.Only.Payload;
        payload["payload_too_large"]!.GetValue<bool>().ShouldBeTrue();
        payload["data"].ShouldBeNull();
        payload.ToJsonString().Length.ShouldBeLessThan(1000);
        payload.Select(p => p.Key).ShouldBe(["event", "data", "old_data", "changed_fields", "payload_too_large", "args"]);
    }

    [Theory]
    [InlineData("status", "==", "\"open\"", true)]
    [InlineData("status", "!=", "\"open\"", false)]
    [InlineData("missing", "!=", "\"open\"", true)]
    [InlineData("missing", "==", "null", true)]
    [InlineData("amount", ">", "\"1000\"", true)]
    [InlineData("amount", ">", "1500.5", false)]
    [InlineData("amount", ">=", "1500.50", true)]
    [InlineData("amount", "<", "\"15000\"", true)]
    [InlineData("amount", "<=", "\"abc\"", false)]
    [InlineData("amount", "==", "\"1500.5\"", true)]
    [InlineData("paid", "==", "\"true\"", true)]
    [InlineData("paid", "==", "false", false)]
    [InlineData("status", "==", "1", false)]
    [InlineData("tags", "==", "\"a\"", false)]
    [InlineData("due", "<", "\"2026-12-31\"", true)]
    public void Values_compare_within_one_kind(string field, string op, string value, bool holds)
    {
        FlowCondition.TryParse($$"""[{"field":"{{field}}","op":"{{op}}","value":{{value}}}]""", out var condition, out _).ShouldBeTrue();
        condition!.Fires(null, (JsonObject)JsonNode.Parse("""{"status":"open","amount":1500.5,"paid":true,"tags":["a"],"due":"2026-03-02"}""")!).ShouldBe(holds);
        condition.Fires(null, new JsonObject { ["status"] = "open", ["amount"] = 1500.5, ["paid"] = true, ["tags"] = new JsonArray("a"), ["due"] = "2026-03-02" }).ShouldBe(holds, "made in code");
    }

    [Fact]
    public void Changed_holds_when_the_value_differs_and_fires_each_time()
    {
        FlowCondition.TryParse("""[{"field":"stage","op":"changed"},{"field":"open","op":"==","value":true}]""", out var condition, out _).ShouldBeTrue();
        static JsonObject Deal(string stage, bool open) => new() { ["stage"] = stage, ["open"] = open };
        condition!.Fires(Deal("a", true), Deal("b", true)).ShouldBeTrue();
        condition.Fires(Deal("b", true), Deal("c", true)).ShouldBeTrue();
        condition.Fires(Deal("c", true), Deal("c", true)).ShouldBeFalse();
        condition.Fires(Deal("c", true), Deal("d", false)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("open", "urgent", "closed", "urgent", true)]
    [InlineData("closed", "normal", "closed", "urgent", false)]
    [InlineData("open", "normal", "closed", "urgent", true)]
    [InlineData("open", "urgent", "closed", "normal", false)]
    [InlineData("closed", "urgent", "closed", "urgent", false)]
    public void Only_the_part_that_turns_makes_an_event(string status, string priority, string newStatus, string newPriority, bool fires)
    {
        // "when an urgent ticket is closed"
        static JsonObject Ticket(string status, string priority) => new() { ["status"] = status, ["priority"] = priority };
        FlowCondition.TryParse("""[{"field":"priority","op":"==","value":"urgent"},{"field":"status","op":"==","value":"closed","turns":true}]""", out var condition, out _).ShouldBeTrue();
        condition!.Fires(Ticket(status, priority), Ticket(newStatus, newPriority)).ShouldBe(fires);
    }

    [Fact]
    public void A_paid_invoice_that_grows_is_no_large_invoice_being_paid()
    {
        static JsonObject Invoice(int amount, string status) => new() { ["amount"] = amount, ["status"] = status };
        var written = FlowCondition.Write([new("amount", ">", "1000"), new("status", "==", "paid", Turns: true)]);
        FlowCondition.TryParse(written, out var condition, out _).ShouldBeTrue();
        condition!.Fires(Invoice(1100, "sent"), Invoice(1100, "paid")).ShouldBeTrue();
        condition.Fires(Invoice(900, "paid"), Invoice(1100, "paid")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","turns":false""")]
    public void Conditions_without_the_mark_turn_true_together_as_they_always_did(string mark)
    {
        static JsonObject Ticket(string status, string priority) => new() { ["status"] = status, ["priority"] = priority };
        FlowCondition.TryParse($$"""[{"field":"priority","op":"==","value":"urgent"{{mark}}},{"field":"status","op":"==","value":"closed"{{mark}}}]""", out var condition, out _).ShouldBeTrue();
        condition!.Fires(Ticket("closed", "normal"), Ticket("closed", "urgent")).ShouldBeTrue();
        condition.Fires(Ticket("open", "urgent"), Ticket("closed", "urgent")).ShouldBeTrue();
        condition.Fires(Ticket("closed", "urgent"), Ticket("closed", "urgent")).ShouldBeFalse();
    }

    [Fact]
    public void Every_condition_that_the_planner_writes_can_be_read()
    {
        var conditions = ConditionOperators.All.Select(op => new Condition("field", op, op == ConditionOperators.Changed ? "" : "x")).ToList();
        FlowCondition.TryParse(FlowCondition.Write(conditions), out var condition, out _).ShouldBeTrue();
        condition!.Fields.ShouldBe(["field"]);
        FlowCondition.Write([]).ShouldBeNull();
        FlowCondition.TryParse(null, out condition, out _).ShouldBeTrue();
        condition!.Fires([], []).ShouldBeTrue("every change");
    }

    [Theory]
    [InlineData("{}", "no JSON array")]
    [InlineData("[", "no JSON")]
    [InlineData("[1]", "object with field")]
    [InlineData("""[{"field":"a","op":"like","value":"x"}]""", "'like' on 'a' is no comparison")]
    [InlineData("""[{"field":"a","op":"=="}]""", "compared with text")]
    [InlineData("""[{"field":"a","op":"==","value":{}}]""", "compared with text")]
    [InlineData("""[{"field":"a","op":"==","value":"\ud800"}]""", "no JSON")]
    [InlineData("""[{"field":"a","op":"==","value":"x","turns":"yes"}]""", "'turns' on 'a'")]
    [InlineData("[[[[[[[[[[]]]]]]]]]]", "no JSON")]
    public void A_wrong_condition_is_refused_with_the_reason(string text, string reason)
    {
        FlowCondition.TryParse(text, out _, out var error).ShouldBeFalse();
        error!.ShouldContain(reason);
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_any_record_can_be_asked()
    {
        var token = Gen.Elements("[", "]", "{", "}", ",", ":", "\"field\"", "\"op\"", "\"value\"", "\"==\"", "\"<\"", "\"changed\"", "1e999", "1", "null", "true", "\"\\ud800\"", "\"a\"", " ");
        var loose = Gen.Choose(0, 25).SelectMany(n => Gen.ArrayOf(token, n)).Select(string.Concat);
        var near = from f in token from o in token from v in token select $$"""[{"field":{{f}},"op":{{o}},"value":{{v}}}]""";
        JsonObject[] records = [[], (JsonObject)JsonNode.Parse("""{"a":1e999,"field":{"x":1},"value":"1","op":[],"==":true}""")!, new() { ["a"] = decimal.MaxValue, ["op"] = 1L }];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Arb.From(Gen.OneOf(loose, near)), text =>
        {
            if (!FlowCondition.TryParse(text, out var condition, out var error))
                return error.Length > 0;
            foreach (var record in records)
            {
                condition.Fires(null, record);
                condition.Fires(records[1], record);
            }
            return true;
        }));
    }
}
