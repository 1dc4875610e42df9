using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Calendar;

public sealed class CalendarEventTests
{
    private const string Start = "2026-06-22T10:00:00+02:00";
    private const string End = "2026-06-22T11:00:00+02:00";

    [Fact]
    public async Task An_event_written_is_read_listed_changed_and_deleted()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);

        var made = await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events",
            CalendarApp.Event(Start, End).With("location", "Dock 1").With("extendedProperties", new JsonObject { ["private"] = new JsonObject { ["booking"] = "b1" } }));
        var path = $"/calendars/{calendar}/events/{made.Text("id")}";
        made.Text("status").ShouldBe("confirmed");
        made.Text("iCalUID").ShouldBe(made.Text("id") + "@google.com");
        (made.Text("start.dateTime"), made.Text("start.timeZone")).ShouldBe(("2026-06-22T10:00:00+02:00", "Europe/Berlin"));
        made.Text("creator.email").ShouldBe("mara@northwind.example");
        made.Text("organizer.email").ShouldBe(Uri.UnescapeDataString(calendar));

        var changed = await sandbox.CalendarAsync(token, "PATCH", path, new JsonObject { ["summary"] = "Later", ["location"] = null, ["extendedProperties"] = new JsonObject { ["private"] = new JsonObject { ["step"] = "2" } } });
        changed.At("location").ShouldBeNull();
        changed.At("extendedProperties.private")!.ToJsonString().ShouldBe("""{"booking":"b1","step":"2"}""");
        changed.Text("etag").ShouldNotBe(made.Text("etag"));
        (await sandbox.CalendarAsync(token, "GET", path)).ToJsonString().ShouldBe(changed.ToJsonString());
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?privateExtendedProperty=booking%3Db1")).Texts("summary").ShouldBe(["Later"]);
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?privateExtendedProperty=booking%3Db2")).Texts("summary").ShouldBeEmpty();

        var replaced = await sandbox.CalendarAsync(token, "PUT", path, CalendarApp.Event("2026-06-23", "2026-06-24", "Whole day"));
        replaced.At("start")!.ToJsonString().ShouldBe("""{"date":"2026-06-23"}""");
        replaced.At("extendedProperties").ShouldBeNull();
        replaced.Text("sequence").ShouldBe("1");

        await sandbox.CalendarAsync(token, "DELETE", path, status: 204);
        (await sandbox.CalendarAsync(token, "DELETE", path, status: 410)).Text("error.errors.0.reason").ShouldBe("deleted");
        (await sandbox.CalendarAsync(token, "GET", path)).Text("status").ShouldBe("cancelled");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events")).Texts("id").ShouldBeEmpty();
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?showDeleted=true")).Texts("status").ShouldBe(["cancelled"]);
    }

    [Fact]
    public async Task An_id_chosen_by_the_client_makes_creating_safe_to_repeat()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();

        (await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End).With("id", "booking00017"))).Text("id").ShouldBe("booking00017");
        (await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End).With("id", "booking00017"), 409)).Text("error.errors.0.reason").ShouldBe("duplicate");
        await sandbox.CalendarAsync(token, "DELETE", "/calendars/primary/events/booking00017", status: 204);
        await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End).With("id", "booking00017"), 409);
        (await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End).With("id", "Not-Allowed"), 400)).Text("error.message").ShouldBe("Invalid resource id value.");
    }

    [Theory]
    [InlineData("""{"summary":"x"}""", "required", "Missing start time.")]
    [InlineData("""{"start":{"dateTime":"2026-06-22T10:00:00Z"}}""", "required", "Missing end time.")]
    [InlineData("""{"start":{"dateTime":"2026-06-22T10:00:00"},"end":{"dateTime":"2026-06-22T11:00:00Z"}}""", "required", "Missing time zone definition for start time.")]
    [InlineData("""{"start":{"dateTime":"2026-06-22T10:00:00","timeZone":"Mars/Base"},"end":{"dateTime":"2026-06-22T11:00:00Z"}}""", "invalid", "Invalid time zone definition for start time.")]
    [InlineData("""{"start":{"date":"2026-06-22"},"end":{"dateTime":"2026-06-22T11:00:00Z"}}""", "invalid", "Start and end times must either both be date or both be dateTime.")]
    [InlineData("""{"start":{"dateTime":"2026-06-22T10:00:00Z"},"end":{"dateTime":"2026-06-22T09:00:00Z"}}""", "timeRangeEmpty", "The specified time range is empty.")]
    [InlineData("""{"start":{"dateTime":"tomorrow"},"end":{"dateTime":"2026-06-22T09:00:00Z"}}""", "badRequest", "Bad Request")]
    [InlineData("""{"start":{"date":"2026-06-22"},"end":{"date":"2026-06-23"},"recurrence":["RRULE:FREQ=HOURLY"]}""", "invalid", "Invalid recurrence rule.")]
    [InlineData("""{"start":{"date":"2026-06-22"},"end":{"date":"2026-06-23"},"attendees":[{"email":"nobody"}]}""", "invalid", "Invalid attendee email.")]
    [InlineData("""{"start":{"date":"2026-06-22"},"end":{"date":"2026-06-23"},"colorId":"99"}""", "invalid", "Invalid Value")]
    public async Task What_is_no_event_is_refused_with_a_reason(string body, string reason, string message)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var reply = await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", JsonNode.Parse(body), 400);
        reply.Text("error.errors.0.reason").ShouldBe(reason);
        reply.Text("error.message").ShouldBe(message);
        reply.Text("error.code").ShouldBe("400");
    }

    [Fact]
    public async Task A_list_is_bounded_by_end_and_start_and_ordered_on_wish()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);
        foreach (var (hour, name) in new[] { (14, "late"), (8, "early"), (11, "noon") })
            await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events", CalendarApp.Event($"2026-06-22T{hour:00}:00:00Z", $"2026-06-22T{hour + 1:00}:00:00Z", name));

        (await ListAsync("singleEvents=true&orderBy=startTime")).Texts("summary").ShouldBe(["early", "noon", "late"]);
        (await ListAsync("orderBy=updated")).Texts("summary").ShouldBe(["late", "early", "noon"]);
        (await ListAsync("timeMin=2026-06-22T08:30:00Z&timeMax=2026-06-22T14:00:00Z&singleEvents=true&orderBy=startTime")).Texts("summary").ShouldBe(["early", "noon"]);
        (await ListAsync("timeMin=2026-06-22T09:00:00Z&singleEvents=true&orderBy=startTime")).Texts("summary").ShouldBe(["noon", "late"]);
        (await ListAsync("q=NOON")).Texts("summary").ShouldBe(["noon"]);
        (await ListAsync("timeZone=America/New_York&q=noon")).Text("items.0.start.dateTime").ShouldBe("2026-06-22T07:00:00-04:00");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?orderBy=startTime", status: 400)).Text("error.message").ShouldContain("ordering is not available");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?timeMin=2026-06-22T08:30:00", status: 400)).Text("error.message").ShouldBe("Bad Request");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?timeMin=2026-06-22T08:30:00Z&timeMax=2026-06-22T08:30:00Z", status: 400)).Text("error.errors.0.reason").ShouldBe("timeRangeEmpty");

        Task<JsonNode> ListAsync(string query) => sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?{query}");
    }

    [Fact]
    public async Task Pages_lead_to_a_sync_token_and_that_to_what_changed_since()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);
        var ids = new List<string>();
        for (var day = 1; day <= 5; day++)
            ids.Add((await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events", CalendarApp.Event($"2026-07-0{day}", $"2026-07-0{day + 1}", $"day {day}"))).Text("id"));

        var seen = new List<string>();
        var reply = await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?maxResults=2");
        for (; reply.At("nextPageToken") is not null; reply = await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?maxResults=2&pageToken={Uri.EscapeDataString(reply.Text("nextPageToken"))}"))
        {
            reply.At("nextSyncToken").ShouldBeNull();
            seen.AddRange(reply.Texts("summary"));
        }

        seen.AddRange(reply.Texts("summary"));
        seen.ShouldBe(["day 1", "day 2", "day 3", "day 4", "day 5"]);
        var sync = Uri.EscapeDataString(reply.Text("nextSyncToken"));
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?syncToken={sync}")).Texts("id").ShouldBeEmpty();

        await sandbox.CalendarAsync(token, "PATCH", $"/calendars/{calendar}/events/{ids[1]}", new JsonObject { ["summary"] = "moved" });
        await sandbox.CalendarAsync(token, "DELETE", $"/calendars/{calendar}/events/{ids[3]}", status: 204);
        var news = await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?syncToken={sync}");
        news.Texts("status").Order().ShouldBe(["cancelled", "confirmed"]);
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?syncToken={Uri.EscapeDataString(news.Text("nextSyncToken"))}")).Texts("id").ShouldBeEmpty();
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?syncToken={sync}&q=x", status: 400)).Text("error.errors.0.location").ShouldBe("q");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{calendar}/events?syncToken=nonsense", status: 410)).Text("error.errors.0.reason").ShouldBe("fullSyncRequired");
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/primary/events?syncToken={sync}", status: 410)).Text("error.errors.0.reason").ShouldBe("fullSyncRequired");
        await sandbox.ControlAsync("reset", new JsonObject());
        await sandbox.CalendarAsync(token, "GET", $"/calendars/primary/events?syncToken={sync}", status: 410);
    }

    [Fact]
    public async Task An_etag_guards_against_writing_over_anothers_change()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var made = await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End));
        var path = $"/{CalendarApp.Api}/calendars/primary/events/{made.Text("id")}";

        (await SendAsync("PATCH", "If-Match", made.Text("etag"))).ShouldBe(200);
        (await SendAsync("PATCH", "If-Match", made.Text("etag"))).ShouldBe(412);
        (await SendAsync("DELETE", "If-Match", made.Text("etag"))).ShouldBe(412);
        var now = await sandbox.CalendarAsync(token, "GET", $"/calendars/primary/events/{made.Text("id")}");
        (await SendAsync("GET", "If-None-Match", now.Text("etag"))).ShouldBe(304);
        (await SendAsync("GET", "If-None-Match", made.Text("etag"))).ShouldBe(200);

        async Task<int> SendAsync(string method, string header, string value)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            request.Headers.TryAddWithoutValidation(header, value);
            if (method == "PATCH")
                request.Content = new StringContent("""{"summary":"mine"}""", System.Text.Encoding.UTF8, "application/json");
            using var response = await sandbox.Http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task A_meeting_link_is_made_once_per_request_id_and_only_with_version_1()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        JsonObject Asking() => CalendarApp.Event(Start, End).With("conferenceData", new JsonObject
        {
            ["createRequest"] = new JsonObject { ["requestId"] = "r1", ["conferenceSolutionKey"] = new JsonObject { ["type"] = "hangoutsMeet" } },
        });

        (await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", Asking())).At("hangoutLink").ShouldBeNull();
        var made = await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events?conferenceDataVersion=1", Asking());
        made.Text("hangoutLink").ShouldStartWith("https://meet.google.com/");
        made.Text("conferenceData.createRequest.status.statusCode").ShouldBe("success");
        made.Text("conferenceData.entryPoints.0.uri").ShouldBe(made.Text("hangoutLink"));

        var path = $"/calendars/primary/events/{made.Text("id")}";
        (await sandbox.CalendarAsync(token, "PUT", path + "?conferenceDataVersion=1", Asking())).Text("hangoutLink").ShouldBe(made.Text("hangoutLink"));
        (await sandbox.CalendarAsync(token, "PUT", path, CalendarApp.Event(Start, End))).Text("hangoutLink").ShouldBe(made.Text("hangoutLink"));
        (await sandbox.CalendarAsync(token, "PATCH", path + "?conferenceDataVersion=1", new JsonObject { ["conferenceData"] = null })).At("hangoutLink").ShouldBeNull();
    }

    [Fact]
    public async Task An_import_with_the_same_uid_changes_the_event_and_a_move_changes_its_calendar()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var (one, other) = (await sandbox.NewCalendarAsync(token), await sandbox.NewCalendarAsync(token));

        var first = await sandbox.CalendarAsync(token, "POST", $"/calendars/{one}/events/import", CalendarApp.Event(Start, End, "one").With("iCalUID", "u@elsewhere.example"));
        var again = await sandbox.CalendarAsync(token, "POST", $"/calendars/{one}/events/import", CalendarApp.Event(Start, End, "two").With("iCalUID", "u@elsewhere.example"));
        again.Text("id").ShouldBe(first.Text("id"));
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{one}/events?iCalUID=u%40elsewhere.example")).Texts("summary").ShouldBe(["two"]);

        (await sandbox.CalendarAsync(token, "POST", $"/calendars/{one}/events/{first.Text("id")}/move?destination={other}")).Text("organizer.email").ShouldBe(Uri.UnescapeDataString(other));
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{one}/events")).Texts("id").ShouldBeEmpty();
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/{other}/events")).Texts("summary").ShouldBe(["two"]);
    }

    [Theory]
    [InlineData("Lunch with Jo tomorrow at 1pm", "Lunch with Jo", "2026-06-20T13:00:00+02:00", "2026-06-20T14:00:00+02:00")]
    [InlineData("Review on Friday 10:00-11:30 at Room Oat", "Review", "2026-06-26T10:00:00+02:00", "2026-06-26T11:30:00+02:00")]
    [InlineData("Call 3-4pm today", "Call", "2026-06-19T15:00:00+02:00", "2026-06-19T16:00:00+02:00")]
    public async Task A_sentence_becomes_an_event(string text, string summary, string start, string end)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        var calendar = await sandbox.NewCalendarAsync(token);
        var made = await sandbox.CalendarAsync(token, "POST", $"/calendars/{calendar}/events/quickAdd?text={Uri.EscapeDataString(text)}");
        (made.Text("summary"), made.Text("start.dateTime"), made.Text("end.dateTime")).ShouldBe((summary, start, end));
    }
}
