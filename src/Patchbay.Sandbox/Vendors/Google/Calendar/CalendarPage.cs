using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>/world/calendar: a week as one of the accounts sees it.</summary>
internal sealed class CalendarPage(CalendarBook book, CalendarEvents events, EventWriteMethods writes, GoogleAccounts accounts, Store store, WorldShell shell, TimeProvider time)
{
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);

    public WorldPage Page => new(CalendarBook.Slug, "Google Calendar", "A week at Northwind: four people's calendars, a shared one and a public one.", CalendarWeek.Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["create"] = CreateAsync, ["delete"] = DeleteAsync, ["answer"] = AnswerAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var account = accounts.ByEmail(query["account"].ToString()) ?? accounts.ByEmail("lena@northwind.example") ?? accounts.All()[0];
        var zone = Zones.Find(book.Get(account.Email)?.TimeZone) ?? TimeZoneInfo.Utc;
        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).Date;
        var asked = CalendarTime.Day(query["week"].ToString()) ?? today;
        var monday = asked.AddDays(-(((int)asked.DayOfWeek + 6) % 7));
        var week = new CalendarWeek(account, monday, today, zone, Calendars(account), time.GetUtcNow() - New);
        var chosen = book.Get(query["calendar"].ToString()) is { } calendar && CalendarBook.Rank(book.Role(calendar, account)) >= 2 ? events.Find(calendar, query["event"].ToString()) : null;
        return shell.Of(new WorldView
        {
            Vendor = GoogleOAuth.Vendor,
            Imitates = "Google Calendar",
            Slug = CalendarBook.Slug,
            Style = "calendar.css",
            Hosts = [CalendarAccess.Host, "oauth2.googleapis.com", GoogleOAuth.Host],
            Title = $"Calendar of {account.Name}",
            Side = Side(week),
            Middle = Html.Of($"""
                <header class="middle-head" data-live="head"><h1>{week.Title}</h1><p class="meta">{zone.Id}</p><nav class="steps" aria-label="Weeks"><a class="button small" href="{week.Link(monday.AddDays(-7))}" aria-label="Earlier week">Earlier</a><a class="button small" href="{week.Link(today)}">Today</a><a class="button small" href="{week.Link(monday.AddDays(7))}" aria-label="Later week">Later</a></nav></header>
                {Form(week)}
                <div class="scroll" tabindex="0" role="region" aria-label="Week"><div data-live="detail">{(chosen is null ? Html.Empty : Detail(week, chosen))}</div><div data-live="week">{week.Grid(events)}</div></div>
                """),
        }).WriteAsync(context);
    }

    private List<(CalendarInfo Calendar, string Name)> Calendars(GoogleAccount account) =>
    [
        .. book.Entries(account.Id).Where(entry => !entry.Deleted && !entry.Hidden)
            .Select(entry => (Calendar: book.Get(entry.Calendar), entry)).Where(pair => pair.Calendar is not null && CalendarBook.Rank(book.Role(pair.Calendar, account)) >= 2)
            .Select(pair => (pair.Calendar!, pair.entry.SummaryOverride ?? (pair.Calendar!.Primary ? account.Name : pair.Calendar.Summary))),
    ];

    private Html Side(CalendarWeek week) => Html.Of($"""
        <aside class="side" aria-label="Calendars" data-live="side">
        <div class="side-head">{CalendarWeek.Tile}<span><b>Google Calendar</b><span>Seen as {week.Account.Name}</span></span></div>
        <section aria-label="Calendars on the list"><h2>Calendars</h2><ul class="calendars">{week.Calendars.Select((pair, index) => Html.Of($"""<li><span class="swatch hue-{index % 6}"></span><span class="name">{pair.Name}</span></li>"""))}</ul></section>
        <nav aria-label="Accounts"><h2>Accounts</h2><ul>{accounts.All().Select(account => Html.Of($"""
        <li><a href="/world/calendar?account={Uri.EscapeDataString(account.Email)}"{(account.Id == week.Account.Id ? Html.Of($""" aria-current="page" """) : Html.Empty)}><span class="face" aria-hidden="true">{ConsentPage.Initials(account.Name)}</span><span class="name">{account.Name}</span></a></li>
        """))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private Html Form(CalendarWeek week) => Html.Of($"""
        <details class="new-event"><summary class="button small primary">New event</summary>
        <form method="post" action="/world/calendar/create">{shell.GuardField}<input type="hidden" name="account" value="{week.Account.Email}">
        <label class="wide">Title<input name="title" required maxlength="200" autocomplete="off"></label>
        <label>Day<input type="date" name="day" required value="{CalendarWeek.Day(week.Today >= week.Monday && week.Today < week.Monday.AddDays(7) ? week.Today : week.Monday)}"></label>
        <label>From<input type="time" name="from" required value="10:00"></label>
        <label>To<input type="time" name="to" required value="11:00"></label>
        <label>Calendar<select name="calendar">{week.Calendars.Where(pair => CalendarBook.Rank(book.Role(pair.Calendar, week.Account)) >= 3).Select(pair => Html.Of($"""<option value="{pair.Calendar.Id}">{pair.Name}</option>"""))}</select></label>
        <label class="wide">Guests, by comma<input name="guests" maxlength="400" autocomplete="off" placeholder="tom@northwind.example"></label>
        <button class="button primary">Create</button></form></details>
        """);

    private Html Detail(CalendarWeek week, EventView view)
    {
        var title = view.Event.Body.Text("summary") is { Length: > 0 } words ? words : "(No title)";
        var mayWrite = CalendarBook.Rank(book.Role(view.Calendar, week.Account)) >= 3;
        var hidden = Html.Of($"""{shell.GuardField}<input type="hidden" name="account" value="{week.Account.Email}"><input type="hidden" name="week" value="{CalendarWeek.Day(week.Monday)}"><input type="hidden" name="calendar" value="{view.Calendar.Id}"><input type="hidden" name="event" value="{view.Event.Id}">""");
        var video = view.Event.Body.Text("hangoutLink");
        return Html.Of($"""
            <article class="event-detail card" aria-label="{title}">
            <header><h2>{title}</h2><a class="link" href="{week.Link(week.Monday)}">Close</a></header>
            <p>{week.When(view)}{Html.If(view.Event.RecurringEventId is not null, $""" · repeats""")}{Html.If(view.Cancelled, $""" · cancelled""")}</p>
            {Html.If(view.Event.Body.Text("location") is { Length: > 0 }, $"<p>{view.Event.Body.Text("location")}</p>")}
            {Html.If(video is not null, $"<p><code>{video}</code></p>")}
            {Html.If(view.Event.Body.Text("description") is { Length: > 0 }, $"""<p class="words">{view.Event.Body.Text("description")}</p>""")}
            {Html.If(view.Attendees.Any(), $"""<ul class="guests">{view.Attendees.Select(guest => Html.Of($"""<li><span>{guest.Text("email")}</span><span class="badge {(guest.Text("responseStatus") == "accepted" ? "ok" : guest.Text("responseStatus") == "declined" ? "bad" : "")}">{Answer(guest.Text("responseStatus"))}</span></li>"""))}</ul>""")}
            <p class="meta">Made by {view.Event.Creator} · <code>{view.Event.Id}</code></p>
            {Html.If(mayWrite && !view.Cancelled, $"""<div class="event-actions">{Html.If(view.Answer is not null, $"""<form method="post" action="/world/calendar/answer">{hidden}<button class="button small" name="answer" value="accepted">Accept</button><button class="button small" name="answer" value="tentative">Maybe</button><button class="button small" name="answer" value="declined">Decline</button></form>""")}<form method="post" action="/world/calendar/delete">{hidden}<button class="button small">Delete</button></form></div>""")}
            </article>
            """);
    }

    private static string Answer(string? status) => status switch
    {
        "accepted" => "accepted",
        "declined" => "declined",
        "tentative" => "maybe",
        _ => "no answer",
    };

    private Task CreateAsync(HttpContext context, IFormCollection form)
    {
        var account = accounts.ByEmail(form["account"].ToString());
        var calendar = book.Get(form["calendar"].ToString());
        var day = CalendarTime.Day(form["day"].ToString());
        if (account is not null && calendar is not null && day is not null && CalendarBook.Rank(book.Role(calendar, account)) >= 3)
        {
            var body = new JsonObject
            {
                ["summary"] = form["title"].ToString(),
                ["start"] = new JsonObject { ["dateTime"] = $"{CalendarWeek.Day(day.Value)}T{form["from"]}:00", ["timeZone"] = calendar.TimeZone },
                ["end"] = new JsonObject { ["dateTime"] = $"{CalendarWeek.Day(day.Value)}T{form["to"]}:00", ["timeZone"] = calendar.TimeZone },
                ["attendees"] = new JsonArray([.. form["guests"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(guest => (JsonNode)new JsonObject { ["email"] = guest })]),
            };
            Try(() => writes.Create(calendar, account, body));
        }

        return BackAsync(context, account, day);
    }

    private Task DeleteAsync(HttpContext context, IFormCollection form) => OnEventAsync(context, form, (view, account) => writes.Remove(view, account, sends: true));

    private Task AnswerAsync(HttpContext context, IFormCollection form) => OnEventAsync(context, form, (view, account) =>
    {
        var body = (JsonObject)view.Event.Body.DeepClone();
        foreach (var guest in (body["attendees"] as JsonArray ?? []).OfType<JsonObject>().Where(guest => EventView.Same(guest.Text("email"), account.Email)))
            guest["responseStatus"] = form["answer"].ToString();
        events.Save(view.Event with { Body = EventBody.Checked(body, view.Calendar) });
    });

    private Task OnEventAsync(HttpContext context, IFormCollection form, Action<EventView, GoogleAccount> work)
    {
        var account = accounts.ByEmail(form["account"].ToString());
        if (account is not null && book.Get(form["calendar"].ToString()) is { } calendar && CalendarBook.Rank(book.Role(calendar, account)) >= 3
            && events.Find(calendar, form["event"].ToString()) is { Cancelled: false } view)
            Try(() => work(view, account));
        return BackAsync(context, account, CalendarTime.Day(form["week"].ToString()));
    }

    // What a person types wrongly changes nothing; the page shows the world as it is.
    private void Try(Action work)
    {
        try
        {
            store.Atomic(work);
        }
        catch (GoogleRefusalException)
        {
        }
    }

    private static Task BackAsync(HttpContext context, GoogleAccount? account, DateTime? day)
    {
        context.Response.Redirect($"/world/calendar?account={Uri.EscapeDataString(account?.Email ?? "")}{(day is null ? "" : "&week=" + day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}");
        return Task.CompletedTask;
    }
}
