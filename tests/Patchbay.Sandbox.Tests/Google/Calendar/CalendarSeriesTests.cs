using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;
using Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

namespace Patchbay.Sandbox.Tests.Google.Calendar;

public sealed class CalendarSeriesTests
{
    private const string Zone = "Europe/Berlin";

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=2;COUNT=3", "06-19 06-21 06-23")]
    [InlineData("FREQ=WEEKLY;COUNT=3", "06-19 06-26 07-03")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=4", "06-19 06-22 06-24 06-26")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=4;WKST=MO", "06-19 06-29 07-03 07-13")]
    [InlineData("FREQ=MONTHLY;COUNT=3", "06-19 07-19 08-19")]
    [InlineData("FREQ=MONTHLY;BYDAY=3FR;COUNT=3", "06-19 07-17 08-21")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1MO;COUNT=2", "06-29 07-27")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "06-30 07-31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "07-31 08-31 10-31")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "06-30 07-31")]
    [InlineData("FREQ=YEARLY;COUNT=2", "06-19 06-19")]
    [InlineData("FREQ=YEARLY;BYMONTH=7;BYDAY=1SA;COUNT=2", "07-04 07-03")]
    [InlineData("FREQ=DAILY;BYDAY=SA,SU;COUNT=3", "06-20 06-21 06-27")]
    public void A_rule_names_its_days(string rule, string days) =>
        string.Join(' ', RuleDates.Of(RecurrenceRule.Parse(rule)!, new DateTime(2026, 6, 19, 9, 0, 0)).Select(day => day.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(days);

    [Theory]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=WEEKLY;BYDAY=2MO")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20260701")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;COUNT=2;COUNT=3")]
    [InlineData("FREQ=DAILY;X=1")]
    [InlineData("FREQ=1")]
    [InlineData("COUNT=3")]
    [InlineData("")]
    public void A_rule_that_calendar_would_not_take_is_none(string rule) => RecurrenceRule.Parse(rule).ShouldBeNull();

    [Fact]
    public void A_rule_that_names_nothing_for_ever_ends() => RuleDates.Of(RecurrenceRule.Parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31")!, new DateTime(2026, 6, 19)).ShouldBeEmpty();

    [Fact]
    public async Task A_series_keeps_its_clock_time_over_a_change_of_clocks()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);
        await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events",
            CalendarApp.Event("2026-10-23T09:00:00", "2026-10-23T09:30:00", "Tour", Zone, "RRULE:FREQ=DAILY;UNTIL=20261026T230000Z", "EXDATE;TZID=Europe/Berlin:20261024T090000"));

        var whole = await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?singleEvents=true&orderBy=startTime");
        whole.Texts("start.dateTime").ShouldBe(["2026-10-23T09:00:00+02:00", "2026-10-25T09:00:00+01:00", "2026-10-26T09:00:00+01:00"]);
        whole.Texts("id").ShouldAllBe(id => id.Contains("_2026"));
        whole.Texts("end.dateTime")[1].ShouldBe("2026-10-25T09:30:00+01:00");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?timeMin=2026-10-26T00:00:00Z")).Texts("summary").ShouldBe(["Tour"]);
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?timeMin=2026-10-28T00:00:00Z")).Texts("summary").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_instance_can_be_moved_and_another_deleted_without_the_rest()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);
        var series = await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events", CalendarApp.Event("2026-06-22T09:00:00", "2026-06-22T10:00:00", "Tour", Zone, "RRULE:FREQ=DAILY;COUNT=4"));
        var path = $"/calendars/{calendar}/events/{series.Text("id")}";
        series.Text("recurrence.0").ShouldBe("RRULE:FREQ=DAILY;COUNT=4");

        var instances = (await sandbox.CalendarAsync(token, "GET", path + "/instances?maxResults=10")).Texts("id");
        instances.Length.ShouldBe(4);
        instances[1].ShouldBe(series.Text("id") + "_20260623T070000Z");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events/{instances[1]}")).Text("originalStartTime.dateTime").ShouldBe("2026-06-23T09:00:00+02:00");
        (await sandbox.CalendarAsync(token, "GET", $"{path}_20260630T070000Z", status: 404)).Text("error.errors.0.reason").ShouldBe("notFound");

        var moved = await sandbox.CalendarAsync(token, "PATCH", $"/calendars/{calendar}/events/{instances[1]}", CalendarApp.Event("2026-06-23T15:00:00", "2026-06-23T16:00:00", "Tour, late", Zone));
        moved.Text("recurringEventId").ShouldBe(series.Text("id"));
        await sandbox.CalendarAsync(token, "DELETE", $"/calendars/{calendar}/events/{instances[2]}", status: 204);
        await sandbox.CalendarAsync(token, "PATCH", path, new JsonObject { ["summary"] = "Round" });

        var now = await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?singleEvents=true&orderBy=startTime");
        now.Texts("summary").ShouldBe(["Round", "Tour, late", "Round"]);
        now.Texts("start.dateTime")[1].ShouldBe("2026-06-23T15:00:00+02:00");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events")).Texts("status").Order().ShouldBe(["cancelled", "confirmed", "confirmed"]);

        await sandbox.CalendarAsync(token, "PATCH", path, CalendarApp.Event("2026-06-22T08:00:00", "2026-06-22T09:00:00", "Round", Zone));
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?singleEvents=true")).Texts("start.dateTime").Length.ShouldBe(4);
        await sandbox.CalendarAsync(token, "DELETE", path, status: 204);
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?singleEvents=true")).Texts("id").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3", 3)]
    [InlineData("RRULE:FREQ=YEARLY;UNTIL=20400102", 10)]
    [InlineData("RRULE:FREQ=YEARLY", 2)]
    public async Task A_series_that_begins_years_ahead_has_its_instances(string rule, int count)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);
        var series = await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events", CalendarApp.Event("2031-01-01", "2031-01-02", "Far", null, rule));
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events/{series.Text("id")}/instances")).Texts("id").Length.ShouldBe(count);
    }

    [Fact]
    public async Task Whole_days_repeat_as_days()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);
        await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events", CalendarApp.Event("2026-06-22", "2026-06-24", "Fair", null, "RRULE:FREQ=WEEKLY;COUNT=2"));
        var found = await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?singleEvents=true&orderBy=startTime");
        found.Texts("start.date").ShouldBe(["2026-06-22", "2026-06-29"]);
        found.Texts("end.date").ShouldBe(["2026-06-24", "2026-07-01"]);
        found.Texts("id")[1].ShouldEndWith("_20260629");
    }
}
