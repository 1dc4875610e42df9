using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Calendar;

public sealed class CalendarSharingTests
{
    private const string Start = "2026-06-22T10:00:00+02:00";
    private const string End = "2026-06-22T11:00:00+02:00";

    [Fact]
    public async Task A_guest_sees_the_event_answers_it_and_cannot_change_it()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var (mara, lena) = (await sandbox.ConnectCalendarAsync(), await sandbox.ConnectCalendarAsync("lena@"));
        var mailbox = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.readonly"), "lena@");

        var made = await sandbox.CalendarAsync(mara, "POST", "/calendars/primary/events?sendUpdates=all", CalendarApp.Event(Start, End, "Quarter review").With("attendees", CalendarApp.Guests("lena@northwind.example", "jo@fern.example")));
        var path = $"/calendars/primary/events/{made.Text("id")}";
        (await sandbox.GmailAsync(mailbox, HttpMethod.Get, "/messages?q=subject:Quarter"))["messages"]!.AsArray().Count.ShouldBe(1);

        var seen = await sandbox.CalendarAsync(lena, "GET", path);
        seen.Text("organizer.email").ShouldBe("mara@northwind.example");
        seen.At("organizer.self").ShouldBeNull();
        seen.Text("attendees.0.self").ShouldBe("true");
        seen.Text("attendees.0.responseStatus").ShouldBe("needsAction");
        (await sandbox.CalendarAsync(lena, "GET", "/calendars/primary/events?q=Quarter")).Texts("id").ShouldBe([made.Text("id")]);

        (await sandbox.CalendarAsync(lena, "PATCH", path, new JsonObject { ["summary"] = "Mine" }, 403)).Text("error.errors.0.reason").ShouldBe("forbiddenForNonOrganizer");
        var answer = (JsonObject)seen.DeepClone();
        answer["attendees"]![0]!["responseStatus"] = "accepted";
        answer["attendees"]![1]!["responseStatus"] = "declined";
        await sandbox.CalendarAsync(lena, "PUT", path, answer);
        var after = await sandbox.CalendarAsync(mara, "GET", path);
        after.Text("attendees.0.responseStatus").ShouldBe("accepted");
        after.Text("attendees.1.responseStatus").ShouldBe("needsAction");

        await sandbox.CalendarAsync(lena, "DELETE", path, status: 204);
        (await sandbox.CalendarAsync(lena, "GET", "/calendars/primary/events?q=Quarter")).Texts("id").ShouldBeEmpty();
        (await sandbox.CalendarAsync(mara, "GET", path)).Text("attendees.0.responseStatus").ShouldBe("declined");
    }

    [Fact]
    public async Task Nobody_is_written_to_unless_it_was_asked_for()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectCalendarAsync();
        await sandbox.CalendarAsync(mara, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End, "Silent").With("attendees", CalendarApp.Guests("lena@northwind.example")));
        (await sandbox.ControlAsync("gmail/messages?account=lena@northwind.example")).AsArray().ShouldNotContain(mail => mail.Text("subject").Contains("Silent"));
        (await sandbox.ControlAsync("calendar/events?account=lena@northwind.example")).AsArray().ShouldContain(one => one.Text("summary") == "Silent");
        (await sandbox.CalendarAsync(mara, "POST", "/calendars/primary/events?sendUpdates=loudly", CalendarApp.Event(Start, End), 400)).Text("error.errors.0.location").ShouldBe("sendUpdates");
    }

    [Fact]
    public async Task Free_and_busy_merges_what_overlaps_and_leaves_out_what_does_not_block()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var (mara, lena) = (await sandbox.ConnectCalendarAsync(), await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("calendar.freebusy"), "lena@"));
        var calendar = await sandbox.NewCalendarAsync(mara, "UTC");
        await AddAsync("2026-07-06T08:00:00Z", "2026-07-06T09:00:00Z");
        await AddAsync("2026-07-06T08:30:00Z", "2026-07-06T10:00:00Z");
        await AddAsync("2026-07-06T10:00:00Z", "2026-07-06T10:30:00Z");
        await AddAsync("2026-07-06T12:00:00Z", "2026-07-06T13:00:00Z", ("transparency", "transparent"));
        await AddAsync("2026-07-06T14:00:00Z", "2026-07-06T15:00:00Z", ("recurrence", new JsonArray("RRULE:FREQ=DAILY;COUNT=2")));

        var busy = await AskAsync(mara, Uri.UnescapeDataString(calendar));
        busy.ToJsonString().ShouldBe("""[{"start":"2026-07-06T08:00:00Z","end":"2026-07-06T10:30:00Z"},{"start":"2026-07-06T14:00:00Z","end":"2026-07-06T15:00:00Z"},{"start":"2026-07-07T14:00:00Z","end":"2026-07-07T15:00:00Z"}]""");
        (await AskAsync(lena, "mara@northwind.example")).ShouldBeOfType<JsonArray>();
        (await sandbox.CalendarAsync(lena, "POST", "/freeBusy", Question(Uri.UnescapeDataString(calendar)))).Text($"calendars").ShouldContain("notFound");
        (await sandbox.CalendarAsync(lena, "POST", "/freeBusy", Question("primary").With("timeMax", "2026-07-06T00:00:00Z"), 400)).Text("error.errors.0.reason").ShouldBe("timeRangeEmpty");
        (await sandbox.CalendarAsync(lena, "POST", "/freeBusy", Question("primary").With("timeMax", "2027-07-06T00:00:00Z"), 400)).Text("error.errors.0.reason").ShouldBe("timeRangeTooLong");

        Task<JsonNode> AddAsync(string start, string end, params (string Name, JsonNode Value)[] more) =>
            sandbox.CalendarAsync(mara, "POST", $"/calendars/{calendar}/events", more.Aggregate(CalendarApp.Event(start, end), (body, member) => body.With(member.Name, member.Value)));

        async Task<JsonNode> AskAsync(string token, string id) => (await sandbox.CalendarAsync(token, "POST", "/freeBusy", Question(id)))["calendars"]![id]!["busy"]!;

        JsonObject Question(string id) => new() { ["timeMin"] = "2026-07-06T00:00:00Z", ["timeMax"] = "2026-07-13T00:00:00Z", ["items"] = new JsonArray(new JsonObject { ["id"] = id }) };
    }

    [Fact]
    public async Task Rules_open_a_calendar_to_a_person_step_by_step()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var (mara, tom) = (await sandbox.ConnectCalendarAsync(), await sandbox.ConnectCalendarAsync("tom@"));
        var calendar = await sandbox.NewCalendarAsync(mara);
        await sandbox.CalendarAsync(mara, "POST", $"/calendars/{calendar}/events", CalendarApp.Event(Start, End, "Secret").With("visibility", "private"));
        await sandbox.CalendarAsync(tom, "GET", $"/calendars/{calendar}/events", status: 404);

        await ShareAsync("freeBusyReader");
        (await sandbox.CalendarAsync(tom, "GET", $"/calendars/{calendar}/events")).At("items.0.summary").ShouldBeNull();
        await ShareAsync("reader");
        (await sandbox.CalendarAsync(tom, "GET", $"/calendars/{calendar}/events")).Text("items.0.visibility").ShouldBe("private");
        (await sandbox.CalendarAsync(tom, "POST", $"/calendars/{calendar}/events", CalendarApp.Event(Start, End), 403)).Text("error.errors.0.reason").ShouldBe("requiredAccessLevel");
        await ShareAsync("writer");
        (await sandbox.CalendarAsync(tom, "GET", $"/calendars/{calendar}/events")).Text("items.0.summary").ShouldBe("Secret");
        await sandbox.CalendarAsync(tom, "POST", $"/calendars/{calendar}/events", CalendarApp.Event(Start, End));
        (await sandbox.CalendarAsync(tom, "GET", "/users/me/calendarList")).Texts("id").ShouldContain(Uri.UnescapeDataString(calendar));
        (await sandbox.CalendarAsync(tom, "GET", "/users/me/calendarList?minAccessRole=owner")).Texts("id").ShouldNotContain(Uri.UnescapeDataString(calendar));

        await sandbox.CalendarAsync(mara, "DELETE", $"/calendars/{calendar}/acl/{Uri.EscapeDataString("user:tom@northwind.example")}", status: 204);
        await sandbox.CalendarAsync(tom, "GET", $"/calendars/{calendar}/events", status: 404);

        Task<JsonNode> ShareAsync(string role) => sandbox.CalendarAsync(mara, "POST", $"/calendars/{calendar}/acl", new JsonObject { ["role"] = role, ["scope"] = new JsonObject { ["type"] = "user", ["value"] = "tom@northwind.example" } });
    }

    [Fact]
    public async Task Narrow_scopes_reach_only_what_they_say()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        await sandbox.RegisterAsync("google", "client-2");
        var full = await sandbox.ConnectCalendarAsync();
        var own = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("calendar.app.created"));
        var times = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("calendar.events.freebusy"));
        var open = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("calendar.events.public.readonly"));

        var calendar = await sandbox.NewCalendarAsync(own);
        await sandbox.CalendarAsync(own, "POST", $"/calendars/{calendar}/events", CalendarApp.Event(Start, End, "Delivery"));
        (await sandbox.CalendarAsync(own, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End), 403)).Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        await sandbox.CalendarAsync(own, "GET", "/users/me/calendarList", status: 403);

        var seen = await sandbox.CalendarAsync(times, "GET", $"/calendars/{calendar}/events");
        (seen.At("items.0.summary"), seen.Text("items.0.start.dateTime")).ShouldBe((null, "2026-06-22T10:00:00+02:00"));
        await sandbox.CalendarAsync(times, "POST", $"/calendars/{calendar}/events", CalendarApp.Event(Start, End), 403);

        await sandbox.CalendarAsync(open, "GET", $"/calendars/{calendar}/events", status: 403);
        await sandbox.CalendarAsync(full, "POST", $"/calendars/{calendar}/acl", new JsonObject { ["role"] = "reader", ["scope"] = new JsonObject { ["type"] = "default" } });
        (await sandbox.CalendarAsync(open, "GET", $"/calendars/{calendar}/events")).Texts("summary").ShouldBe(["Delivery"]);
    }

    [Fact]
    public async Task Revoking_one_token_ends_calendar_and_mail_of_that_client_alike()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(CalendarApp.Full + " " + GoogleApp.Scopes("gmail.readonly"));
        await sandbox.CalendarAsync(token, "GET", "/users/me/calendarList");
        using var revoked = await sandbox.Http.PostAsync(new Uri("/oauth2.googleapis.com/revoke?token=" + token, UriKind.Relative), null);
        var (status, body, challenge) = await sandbox.GoogleAsync(token, HttpMethod.Get, CalendarApp.Api + "/users/me/calendarList");
        (status, body.Text("error.status")).ShouldBe((401, "UNAUTHENTICATED"));
        challenge.ShouldContain("invalid_token");
        (await sandbox.GoogleAsync("", HttpMethod.Get, CalendarApp.Api + "/users/me/calendarList")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_watch_needs_https_and_is_stopped_once()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        JsonObject Channel(string address) => new() { ["id"] = "c-1", ["type"] = "web_hook", ["address"] = address, ["token"] = "t" };
        (await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events/watch", Channel("http://x.example"), 400)).Text("error.errors.0.reason").ShouldBe("push.webhookUrlNotHttps");
        var made = await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events/watch", Channel("https://x.example/hook"));
        (made.Text("kind"), made.Text("token")).ShouldBe(("api#channel", "t"));
        await sandbox.CalendarAsync(token, "POST", "/channels/stop", new JsonObject { ["id"] = "c-1", ["resourceId"] = made.Text("resourceId") }, 204);
        await sandbox.CalendarAsync(token, "POST", "/channels/stop", new JsonObject { ["id"] = "c-1", ["resourceId"] = made.Text("resourceId") }, 404);
    }

    [Fact]
    public async Task The_page_shows_what_an_app_wrote_and_a_person_can_add_and_answer()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectCalendarAsync();
        const string nasty = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        var made = await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", CalendarApp.Event("2026-06-17T10:00:00+02:00", "2026-06-17T11:00:00+02:00", nasty)
            .With("description", nasty).With("location", nasty).With("attendees", CalendarApp.Guests("lena@northwind.example")));
        var page = await sandbox.Http.GetStringAsync(new Uri($"/world/calendar?account=lena@northwind.example&week=2026-06-15&calendar=lena@northwind.example&event={made.Text("id")}", UriKind.Relative));
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script>");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("style=\"");
        Regex.Count(page, "<h1").ShouldBe(1);

        var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
        await PostAsync("answer", ("account", "lena@northwind.example"), ("calendar", "lena@northwind.example"), ("event", made.Text("id")), ("answer", "accepted"));
        (await sandbox.CalendarAsync(token, "GET", $"/calendars/primary/events/{made.Text("id")}")).Text("attendees.0.responseStatus").ShouldBe("accepted");
        await PostAsync("create", ("account", "mara@northwind.example"), ("calendar", "mara@northwind.example"), ("title", "By hand"), ("day", "2026-06-18"), ("from", "10:00"), ("to", "11:00"), ("guests", "tom@northwind.example"));
        (await sandbox.CalendarAsync(token, "GET", "/calendars/primary/events?q=By%20hand")).Text("items.0.start.dateTime").ShouldBe("2026-06-18T10:00:00+02:00");

        async Task PostAsync(string action, params (string Name, string Value)[] fields)
        {
            using var response = await sandbox.Http.PostAsync(new Uri("/world/calendar/" + action, UriKind.Relative),
                new FormUrlEncodedContent(fields.Append(("guard", guard)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
            ((int)response.StatusCode).ShouldBe(302);
        }
    }

    [Fact]
    public async Task The_world_survives_a_restart()
    {
        var directory = Path.Combine(Path.GetTempPath(), "sandbox-test-" + Path.GetRandomFileName());
        try
        {
            string token, id;
            await using (var sandbox = await Playground.WithClientAsync("google", directory: directory))
            {
                token = await sandbox.ConnectCalendarAsync();
                id = (await sandbox.CalendarAsync(token, "POST", "/calendars/primary/events", CalendarApp.Event(Start, End, "Kept"))).Text("id");
            }

            await using var again = await Playground.StartAsync(directory);
            (await again.CalendarAsync(token, "GET", "/calendars/primary/events/" + id)).Text("summary").ShouldBe("Kept");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
