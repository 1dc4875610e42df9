using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Apps.Entities.Filters;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Tests.Support;
using Patchbay.Vault;
using Record = Patchbay.Platform.Apps.Entities.Record;

namespace Patchbay.Storage.Tests;

public abstract class RecordConformance(TestEngine engine) : Conformance(engine)
{
    private IRecordStore Records => Get<IRecordStore>();

    private async Task<IReadOnlyList<Event>> EventsAsync()
    {
        var events = new List<Event>();
        await Get<IRunStore>().DispatchAsync(10_000, (some, _) =>
        {
            events.AddRange(some);
            return [];
        }, default);
        return events;
    }

    private static RecordChange Counted(Record before)
    {
        var data = (JsonObject)before.Data.DeepClone();
        data["n"] = data["n"]!.GetValue<int>() + 1;
        return new(before, before with { Data = data, UpdatedAt = before.UpdatedAt.AddSeconds(1) }, [Make.Event(before.App)]);
    }

    [Fact]
    public async Task Entities_are_saved_over_and_deleted_with_their_records()
    {
        var (entities, app) = (Get<IEntityStore>(), Make.App());
        var entity = new Entity(app, "Ticket", (JsonObject)JsonNode.Parse("""{"type":"object","properties":{"title":{"type":"string"}}}""")!, Make.Noon);
        await entities.SaveAsync(entity, default);
        await entities.SaveAsync(entity with { Name = "ticket" }, default);
        await entities.SaveAsync(entity with { UpdatedAt = Make.Noon.AddDays(1) }, default);
        (await entities.ListAsync(app, default)).ShouldBeSameAs(entity with { UpdatedAt = Make.Noon.AddDays(1) }, entity with { Name = "ticket" });
        var (record, kept) = (Make.Record(app), Make.Record(app, entity: "ticket"));
        await Records.CreateAsync([record, kept], [], default);
        (await entities.DeleteAsync(Make.App(), "Ticket", default)).ShouldBeFalse();
        (await entities.DeleteAsync(app, "Ticket", default)).ShouldBeTrue();
        (await entities.FindAsync(app, "Ticket", default)).ShouldBeNull();
        (await Records.FindAsync(app, "Ticket", record.Id, default)).ShouldBeNull();
        (await Records.FindAsync(app, "ticket", kept.Id, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_record_and_its_event_are_stored_together_or_not_at_all()
    {
        var app = Make.App();
        var (record, happened) = (Make.Record(app, """{"title":"Größe 😀","n":1.5,"none":null,"list":[1,{"a":true}]}"""), Make.Event(app));
        await Records.CreateAsync([record], [happened], default);
        var found = (await Records.FindAsync(app, "Ticket", record.Id, default))!;
        JsonNode.DeepEquals(found.Data, record.Data).ShouldBeTrue();
        (found with { Data = record.Data }).ShouldBe(record);
        (await EventsAsync()).ShouldBeSameAs(happened);

        var (second, third) = (Make.Record(app), Make.Record(app));
        await Should.ThrowAsync<Exception>(() => Records.CreateAsync([second], [Make.Event(app), happened], default));
        await Should.ThrowAsync<Exception>(() => Records.CreateAsync([third, record], [Make.Event(app)], default));
        (await Records.CountAsync(app, "Ticket", null, default)).ShouldBe(1);
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_update_whose_change_or_event_fails_changes_nothing()
    {
        var app = Make.App();
        var (record, happened) = (Make.Record(app, """{"n":1}"""), Make.Event(app));
        await Records.CreateAsync([record], [happened], default);
        await Should.ThrowAsync<Exception>(() => Records.UpdateAsync(app, "Ticket", record.Id, r => Counted(r) with { Events = [happened] }, default));
        (await Should.ThrowAsync<TimeZoneNotFoundException>(() => Records.UpdateAsync(app, "Ticket", record.Id, _ => throw new TimeZoneNotFoundException("mine"), default))).Message.ShouldBe("mine");
        await Should.ThrowAsync<Exception>(() => Records.DeleteAsync(app, "Ticket", record.Id, _ => [happened], default));
        (await Records.FindAsync(app, "Ticket", record.Id, default)).ShouldBeSameAs(record);
        (await EventsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Updates_at_once_lose_none()
    {
        const int count = 60;
        var app = Make.App();
        var record = Make.Record(app, """{"n":0}""");
        await Records.CreateAsync([record], [], default);
        var other = (await SecondNodeAsync()).GetRequiredService<IRecordStore>();
        await Race.RunAsync(count, n => (n % 2 == 0 ? Records : other).UpdateAsync(app, "Ticket", record.Id, Counted, default));
        var last = (await Records.FindAsync(app, "Ticket", record.Id, default))!;
        last.Data["n"]!.GetValue<int>().ShouldBe(count);
        last.UpdatedAt.ShouldBe(record.UpdatedAt.AddSeconds(count));
        (await EventsAsync()).Count.ShouldBe(count);
    }

    [Fact]
    public async Task A_record_is_deleted_once_and_handed_back()
    {
        var app = Make.App();
        var record = Make.Record(app);
        await Records.CreateAsync([record], [], default);
        var other = (await SecondNodeAsync()).GetRequiredService<IRecordStore>();
        var gone = await Race.RunAsync(8, n => (n % 2 == 0 ? Records : other).DeleteAsync(app, "Ticket", record.Id, r => [Make.Event(r.App)], default));
        gone.Where(g => g is not null).ShouldBeSameAs(record);
        (await EventsAsync()).Count.ShouldBe(1);
        (await Records.UpdateAsync(app, "Ticket", record.Id, Counted, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_app_or_entity_reaches_no_record()
    {
        var app = Make.App();
        var record = Make.Record(app, """{"n":1}""");
        await Records.CreateAsync([record], [], default);
        foreach (var (other, entity) in new[] { (Make.App(), "Ticket"), (app, "ticket"), (app, "Ticket\0") })
        {
            (await Records.FindAsync(other, entity, record.Id, default)).ShouldBeNull();
            (await Records.UpdateAsync(other, entity, record.Id, Counted, default)).ShouldBeNull();
            (await Records.DeleteAsync(other, entity, record.Id, _ => [], default)).ShouldBeNull();
            (await Records.CountAsync(other, entity, new RecordFilter.Any([new RecordFilter.Exists("n", true), new RecordFilter.Exists("n", false)]), default)).ShouldBe(0);
            (await Records.QueryAsync(new(other, entity, null, RecordSort.NewestFirst, 10, 0), default)).ShouldBeEmpty();
        }
        (await Records.FindAsync(app, "Ticket", record.Id, default)).ShouldBeSameAs(record);
    }

    [Theory]
    [InlineData("""{"a":"x\u0000"}""")]
    [InlineData("""{"a":["\ud800"]}""")]
    [InlineData("""{"x\u0000":1}""")]
    [InlineData("""{"a":{"b":1e400}}""")]
    [InlineData("""{"a":1e-320}""")]
    public async Task What_one_engine_could_not_keep_neither_does(string json)
    {
        var app = Make.App();
        await Should.ThrowAsync<RecordRefusedException>(() => Records.CreateAsync([Make.Record(app, json)], [], default));
        (await Records.CountAsync(app, "Ticket", null, default)).ShouldBe(0);
    }

    [Fact]
    public async Task Server_owned_fields_are_filtered_and_sorted_like_others()
    {
        var app = Make.App();
        var records = Enumerable.Range(0, 4).Select(n => Make.Record(app) with { CreatedAt = Make.Noon.AddMilliseconds(n), UpdatedAt = Make.Noon.AddHours(-n), CreatedBy = n == 0 ? null : $"u{n}@example.com" }).ToList();
        await Records.CreateAsync(records, [], default);
        (await IdsAsync("""{"created_date":{"$gt":"2026-03-01T13:00:00.001+01:00"}}""", "created_date")).ShouldBe([records[2].Id, records[3].Id]);
        (await IdsAsync("""{"created_date":"2026-03-01T12:00:00Z"}""", "id")).ShouldBe([records[0].Id]);
        (await IdsAsync("""{"created_by":null}""", "id")).ShouldBe([records[0].Id]);
        (await IdsAsync("""{"created_by":{"$in":["u2@example.com","u3@example.com"]}}""", "updated_date")).ShouldBe([records[3].Id, records[2].Id]);
        (await IdsAsync($$"""{"id":"{{records[1].Id}}"}""", "id")).ShouldBe([records[1].Id]);
        (await IdsAsync("{}", "created_by")).ShouldBe(records.Select(r => r.Id));

        async Task<IEnumerable<string>> IdsAsync(string filter, string sort) =>
            (await Records.QueryAsync(new(app, "Ticket", FilterParser.Parse(filter), new(sort, false), 100, 0), default)).Select(r => r.Id);
    }

    [Fact]
    public async Task A_filter_as_large_as_the_parser_allows_runs()
    {
        var app = Make.App();
        await Records.CreateAsync([Make.Record(app, """{"n":7}""")], [], default);
        string[] filters =
        [
            $$"""{"n":[{{string.Join(",", Enumerable.Range(1, 990))}}]}""",
            $$"""{"$or":[{{string.Join(",", Enumerable.Range(1, 990).Select(n => $$"""{"n":{{n}}}"""))}}]}""",
            string.Concat(Enumerable.Repeat("""{"$not":{"$not":""", 10)) + """{"n":7}""" + new string('}', 20),
        ];
        foreach (var filter in filters)
            (await Records.CountAsync(app, "Ticket", FilterParser.Parse(filter), default)).ShouldBe(1);
    }

    [Fact]
    public async Task Filters_and_sorts_mean_on_the_engine_what_the_evaluator_says()
    {
        var round = 0;
        foreach (var (documents, filters) in Documents.Rounds(100))
        {
            var app = Make.App();
            // Ids in shuffled order and times that often tie.
            var records = documents.Select((d, n) => Make.Record(app) with { Data = d, CreatedAt = Make.Noon.AddSeconds(n / 3), CreatedBy = n % 4 == 0 ? null : "ada" }).ToList();
            await Records.CreateAsync(records, [], default);
            foreach (var filter in filters)
            {
                var sort = new RecordSort(Documents.Fields[round % Documents.Fields.Length], round++ % 2 == 0);
                var expected = records.Where(r => FilterEvaluator.Matches(filter, r)).Order(new RecordOrder(sort)).Select(r => r.Id).ToList();
                var about = $"filter {Documents.Show(filter)}, sort {sort}, over {string.Join(' ', records.Select(r => $"{r.Id}={r.Data.ToJsonString()}"))}";
                (await Records.QueryAsync(new(app, "Ticket", filter, sort, 5000, 0), default)).Select(r => r.Id).ShouldBe(expected, about);
                (await Records.CountAsync(app, "Ticket", filter, default)).ShouldBe(expected.Count, about);
                var pages = new List<string>();
                for (var skip = 0; skip <= expected.Count; skip += 4)
                    pages.AddRange((await Records.QueryAsync(new(app, "Ticket", filter, sort, 4, skip), default)).Select(r => r.Id));
                pages.ShouldBe(expected, about);
            }
        }
    }
}

public sealed class SqliteRecordTests() : RecordConformance(new SqliteEngine());

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresRecordTests(PostgresServer server) : RecordConformance(new PostgresEngine(server));
