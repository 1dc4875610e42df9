using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Vendors.Google;
using Patchbay.Sandbox.Vendors.Google.Calendar;
using Patchbay.Sandbox.Vendors.Google.Calendar.Methods;
using Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

namespace Patchbay.Sandbox.Tests.Fuzz;

public sealed class CalendarFuzzTests
{
    private static readonly string[] Shards =
    [
        "RRULE:", "EXDATE;TZID=Europe/Berlin:", "RDATE:", "FREQ=DAILY", "FREQ=YEARLY", "FREQ=MONTHLY", ";", "INTERVAL=9999", "COUNT=3", "UNTIL=20260701T000000Z", "BYDAY=-1MO", "BYMONTHDAY=31", "BYMONTH=2",
        "BYSETPOS=-366", "=", ",", "20260619", "T090000Z", "-", "+", ":", "Z", "2026-06-19T09:00:00", "+25:00", "tomorrow ", "at 25pm ", "3-", "\n", "\u0130", "٣", "next mon ",
    ];

    private static readonly Arbitrary<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""), Gen.Elements(Shards).ListOf().Select(list => string.Concat(list))).ToArbitrary();

    private static readonly CalendarInfo Calendar = new() { Id = "c", Summary = "c", TimeZone = "Europe/Berlin", Owner = "o" };

    [Fact]
    public void Any_text_is_a_recurrence_or_none_and_all_its_days_are_in_order() => Check(text =>
    {
        foreach (var lines in (string[][])[[text], ["RRULE:" + text], ["RRULE:FREQ=DAILY;" + text]])
        {
            if (RecurrenceSet.Parse(lines) is not { } set)
                continue;
            var start = new EventTime(false, new DateTime(2026, 6, 19, 9, 0, 0), TimeZoneInfo.Utc);
            var found = set.Starts(start, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)).Take(500).Select(time => time.At).ToList();
            found.ShouldBe(found.Order());
        }
    });

    [Fact]
    public void Any_sentence_becomes_an_event_that_calendar_takes() => Check(text =>
    {
        var body = QuickAdd.Read(text, new DateTimeOffset(2026, 6, 19, 9, 41, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
        EventBody.Checked(body, Calendar)["start"].ShouldNotBeNull();
    });

    [Fact]
    public void Any_moment_reads_back_or_is_none() => Check(text =>
    {
        _ = CalendarTime.Clock(text);
        _ = CalendarTime.Day(text);
        if (CalendarTime.Instant(text) is { } at)
            CalendarTime.Instant(CalendarTime.Text(at, TimeZoneInfo.Utc)).ShouldBe(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)));
    });

    [Fact]
    public void Any_body_is_an_event_or_refused_by_calendar_itself() => Check(text =>
    {
        JsonObject[] bodies =
        [
            new() { ["start"] = new JsonObject { ["dateTime"] = text }, ["end"] = text },
            new() { ["start"] = new JsonObject { ["date"] = "2026-06-19" }, ["end"] = new JsonObject { ["date"] = text }, ["recurrence"] = new JsonArray(text), ["attendees"] = new JsonArray(text, null) },
            new() { ["start"] = new JsonObject { ["date"] = "2026-06-19" }, ["end"] = new JsonObject { ["date"] = "2026-06-19" }, ["attendees"] = new JsonArray(new JsonObject { ["email"] = text }), ["reminders"] = text },
            new() { ["start"] = new JsonObject { ["date"] = "2026-06-19" }, ["end"] = new JsonObject { ["date"] = "2026-06-19" }, ["extendedProperties"] = new JsonObject { ["private"] = text }, ["summary"] = 3 },
        ];
        foreach (var body in bodies)
        {
            try
            {
                EventBody.Checked(body, Calendar);
            }
            catch (GoogleRefusalException refused)
            {
                refused.Answer.Status.ShouldBe(400);
            }
        }
    });

    [Fact]
    public void Merged_spans_never_touch_and_cover_the_same_time() => Prop.ForAll(
        Gen.Choose(0, 50).Two().Select(pair => (pair.Item1, pair.Item2)).ListOf().ToArbitrary(),
        pairs =>
        {
            var zero = DateTimeOffset.UnixEpoch;
            var spans = pairs.Select(pair => (Start: zero.AddHours(Math.Min(pair.Item1, pair.Item2)), End: zero.AddHours(Math.Max(pair.Item1, pair.Item2)))).ToList();
            var merged = FreeBusyMethods.Merge(spans).ToList();
            for (var index = 1; index < merged.Count; index++)
                merged[index].Start.ShouldBeGreaterThan(merged[index - 1].End);
            for (var hour = 0; hour < 50; hour++)
            {
                var at = zero.AddHours(hour);
                merged.Any(span => span.Start <= at && span.End > at).ShouldBe(spans.Any(span => span.Start <= at && span.End > at));
            }
        }).Check(Config.QuickThrowOnFailure);

    private static void Check(Action<string> holds) => Prop.ForAll(Text, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
