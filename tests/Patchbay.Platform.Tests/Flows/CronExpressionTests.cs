using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Patchbay.Platform.Flows.Triggers;

namespace Patchbay.Platform.Tests.Flows;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("0 9 * * 1-5", "UTC", "2026-03-06T09:00", "2026-03-09T09:00")]
    [InlineData("0 9 * * mon-fri", "UTC", "2026-03-06T08:59", "2026-03-06T09:00")]
    [InlineData("*/15 * * * *", "UTC", "2026-03-06T09:01", "2026-03-06T09:15")]
    [InlineData("5/20 * * * *", "UTC", "2026-03-06T09:06", "2026-03-06T09:25")]
    [InlineData("0 0 31 * *", "UTC", "2026-01-31T00:00", "2026-03-31T00:00")]
    [InlineData("0 0 29 2 *", "UTC", "2026-01-01T00:00", "2028-02-29T00:00")]
    [InlineData("0 0 29 FEB *", "UTC", "2096-03-01T00:00", "2104-02-29T00:00")]
    [InlineData("30 4 1,15 * 5", "UTC", "2026-03-02T00:00", "2026-03-06T04:30")]
    [InlineData("0 0 * * 7", "UTC", "2026-03-06T00:00", "2026-03-08T00:00")]
    [InlineData("0 0 * * sat-sun", "UTC", "2026-03-07T00:00", "2026-03-08T00:00")]
    [InlineData("0 9 * * *", "Europe/Berlin", "2026-01-05T08:00", "2026-01-06T08:00")]
    [InlineData("59 23 31 12 *", "Pacific/Kiritimati", "2026-01-01T00:00", "2026-12-31T09:59")]
    public void The_next_time_is_found(string cron, string zone, string after, string next) => Next(cron, zone, after).ShouldBe(next);

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    [InlineData("0 0 31 feb */2")]
    public void A_date_that_never_comes_has_no_next_time(string cron) => Next(cron, "UTC", "2026-01-01T00:00").ShouldBeNull();

    [Fact]
    public void A_restricted_day_of_month_and_day_of_week_are_alternatives()
    {
        // The 13th or a Friday; with a star in front of one of them, both.
        Run("0 0 13 * 5", "UTC", "2026-03-05T00:00", 4).ShouldBe(["2026-03-06T00:00", "2026-03-13T00:00", "2026-03-20T00:00", "2026-03-27T00:00"]);
        Run("0 0 */13 * 5", "UTC", "2026-03-01T00:00", 2).ShouldBe(["2026-03-27T00:00", "2026-05-01T00:00"]);
    }

    [Fact]
    public void A_time_that_does_not_exist_fires_once_at_the_first_moment_after_the_gap() =>
        // Berlin's clocks go from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
        Run("*/20 2 * * *", "Europe/Berlin", "2026-03-28T12:00", 2).ShouldBe(["2026-03-29T01:00", "2026-03-30T00:00"]);

    [Fact]
    public void A_time_that_exists_twice_fires_the_first_time_only() =>
        // Berlin's clocks go from 03:00 back to 02:00 on 25 October 2026, at 01:00 UTC.
        Run("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00", 2).ShouldBe(["2026-10-25T00:30", "2026-10-26T01:30"]);

    [Fact]
    public void A_day_that_a_zone_skipped_fires_at_the_start_of_the_next() =>
        Run("0 12 30 12 *", "Pacific/Apia", "2011-12-29T00:00", 1).ShouldBe(["2011-12-30T10:00"]);

    [Theory]
    [InlineData(null, "five fields")]
    [InlineData("", "this has 0")]
    [InlineData("* * * *", "this has 4")]
    [InlineData("@daily", "this has 1")]
    [InlineData("60 * * * *", "'60' is no minute: it goes from 0 to 59.")]
    [InlineData("* 24 * * *", "no hour")]
    [InlineData("* * 0 * *", "no day of the month")]
    [InlineData("* * * 13 *", "jan to dec")]
    [InlineData("* * * * 8", "no day of the week")]
    [InlineData("* * * * mo", "no day of the week")]
    [InlineData("*/0 * * * *", "no step")]
    [InlineData("*/ * * * *", "no step")]
    [InlineData("5-1 * * * *", "backwards")]
    [InlineData("1,,2 * * * *", "no minute")]
    [InlineData("-1 * * * *", "no minute")]
    [InlineData("+1 * * * *", "no minute")]
    [InlineData("١ * * * *", "no minute")]
    [InlineData("1/2/3 * * * *", "no step")]
    [InlineData("99999999999 * * * *", "no minute")]
    public void A_wrong_expression_is_refused_with_the_reason(string? text, string reason)
    {
        CronExpression.TryParse(text, out _, out var error).ShouldBeFalse();
        error!.ShouldContain(reason);
    }

    [Fact]
    public void Any_text_is_parsed_or_refused_and_never_throws()
    {
        var token = Gen.Elements("*", "/", "-", ",", " ", "0", "7", "59", "60", "mon", "JAN", "é", "\t", "9999999999", "?", "L", "#");
        var text = Gen.Choose(0, 30).SelectMany(n => Gen.ArrayOf(token, n)).Select(string.Concat);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Arb.From(text), t =>
        {
            if (!CronExpression.TryParse(t, out var cron, out var error))
                return error.Length > 0;
            cron.Next(DateTimeOffset.UnixEpoch, DateTimeZone.Utc);
            return CronExpression.Parse(cron.ToString()).Next(DateTimeOffset.UnixEpoch, DateTimeZone.Utc) == cron.Next(DateTimeOffset.UnixEpoch, DateTimeZone.Utc);
        }));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T20:00")]
    [InlineData("Europe/Berlin", "2026-10-24T20:00")]
    [InlineData("America/New_York", "2026-03-07T22:00")]
    [InlineData("America/New_York", "2026-10-31T22:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T08:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T08:00")]
    [InlineData("America/Havana", "2026-03-07T22:00")]
    [InlineData("America/Havana", "2026-10-31T20:00")]
    [InlineData("Africa/Cairo", "2026-04-23T12:00")]
    [InlineData("Pacific/Apia", "2011-12-29T12:00")]
    [InlineData("UTC", "2027-12-31T10:00")]
    public void Every_time_agrees_with_looking_at_every_minute(string zone, string from)
    {
        var minutes = Field(Gen.Choose(0, 59), "*", "*/7", "*/30", "10-20");
        var hours = Field(Gen.Choose(0, 23), "*", "*/3", "0-3", "22-23");
        var days = Field(Gen.Choose(1, 31), "*", "*", "*/2");
        var months = Field(Gen.Choose(1, 12), "*", "*", "*");
        var weekdays = Field(Gen.Choose(0, 7), "*", "*", "*/2", "1-5", "sat-sun");
        var cron = from m in minutes from h in hours from d in days from mo in months from w in weekdays select $"{m} {h} {d} {mo} {w}";
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Arb.From(cron), text =>
        {
            var expected = Oracle.Times(text, zone, Utc(from), TimeSpan.FromHours(40)).ToList();
            var found = new List<DateTimeOffset>();
            var end = Utc(from) + TimeSpan.FromHours(40);
            for (var at = CronExpression.Parse(text).Next(Utc(from), Zone(zone)); at is { } time && time <= end; at = CronExpression.Parse(text).Next(time, Zone(zone)))
                found.Add(time);
            found.ShouldBe(expected, $"{text} in {zone}");
        }));
    }

    private static Gen<string> Field(Gen<int> value, params string[] forms) =>
        Gen.OneOf(Gen.Elements(forms), value.Select(v => v.ToString(CultureInfo.InvariantCulture)), from a in value from b in value select $"{a},{b}");

    private static string? Next(string cron, string zone, string after) => Run(cron, zone, after, 1) is [var next] ? next : null;

    private static List<string> Run(string cron, string zone, string after, int count)
    {
        var found = new List<string>();
        var at = Utc(after);
        while (found.Count < count && CronExpression.Parse(cron).Next(at, Zone(zone)) is { } next)
        {
            found.Add(next.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
            at = next;
        }
        return found;
    }

    private static DateTimeZone Zone(string name) => TimeZones.Find(name).ShouldNotBeNull();

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", CultureInfo.InvariantCulture);

    /// <summary>The same rules, said in the slowest way: walk over every minute that the zone's clocks showed.</summary>
    private static class Oracle
    {
        private static readonly string[] WeekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

        public static IEnumerable<DateTimeOffset> Times(string cron, string zoneName, DateTimeOffset from, TimeSpan span)
        {
            // Of the zone only its offset at a moment is used; the system's own zones may be of another year.
            var zone = Zone(zoneName);
            DateTime Shown(DateTimeOffset t) => t.UtcDateTime + zone.GetUtcOffset(Instant.FromDateTimeOffset(t)).ToTimeSpan();
            var fields = cron.Split(' ');
            var shown = new HashSet<DateTime>();
            // Minutes shown before the start count as shown: a repeated hour may begin before it.
            for (var t = from - TimeSpan.FromHours(30); t <= from; t += TimeSpan.FromMinutes(1))
                shown.Add(Shown(t));
            var last = Shown(from);
            for (var t = from + TimeSpan.FromMinutes(1); t <= from + span; t += TimeSpan.FromMinutes(1))
            {
                var local = Shown(t);
                var fires = shown.Add(local) && Fits(fields, local);
                // Minutes between the last one and this one were skipped; they count now.
                for (var skipped = last.AddMinutes(1); skipped < local; skipped = skipped.AddMinutes(1))
                    fires |= Fits(fields, skipped) && shown.Add(skipped);
                last = local;
                if (fires)
                    yield return t;
            }
        }

        private static bool Fits(string[] fields, DateTime at)
        {
            var day = In(fields[2], at.Day, 1, 31);
            var weekday = In(fields[4], (int)at.DayOfWeek, 0, 6) || (at.DayOfWeek == DayOfWeek.Sunday && In(fields[4], 7, 0, 6));
            var days = fields[2][0] == '*' || fields[4][0] == '*' ? day && weekday : day || weekday;
            return In(fields[0], at.Minute, 0, 59) && In(fields[1], at.Hour, 0, 23) && In(fields[3], at.Month, 1, 12) && days;
        }

        private static bool In(string field, int value, int least, int most) => field.Split(',').Any(part =>
        {
            if (part == "*") return value >= least && value <= most;
            if (part.StartsWith("*/", StringComparison.Ordinal)) return value <= most && (value - least) % int.Parse(part[2..], CultureInfo.InvariantCulture) == 0;
            if (part == "sat-sun") return value is 6 or 0;
            var ends = part.Split('-');
            var from = Array.IndexOf(WeekdayNames, ends[0]) is >= 0 and var name ? name : int.Parse(ends[0], CultureInfo.InvariantCulture);
            return value >= from && value <= (ends.Length == 2 ? int.Parse(ends[1], CultureInfo.InvariantCulture) : from);
        });
    }
}
