using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>This week at Northwind: each person's calendar, a shared one for deliveries and a public one for opening hours.</summary>
internal static class CalendarSeed
{
    public const string Zone = "Europe/Berlin";

    public static void Plant(CalendarBook book, EventWriteMethods writes, GoogleAccounts accounts, TimeProvider time)
    {
        foreach (var account in accounts.All())
            Primary(book, account);
        if (accounts.ByEmail("mara@northwind.example") is not { } mara || accounts.ByEmail("lena@northwind.example") is not { } lena || accounts.ByEmail("tom@northwind.example") is not { } tom)
            return;

        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zones.Find(Zone)!).Date;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var deliveries = book.Create(Shared("c_deliveries", "Deliveries", "Who comes to which dock, and when.", tom), "9");
        var hours = book.Create(Shared("c_hours", "Dock opening hours", "When the docks take goods. Public.", tom), "17");
        book.PutRule(new CalendarRule(hours.Id, "default", "", "reader", 0));
        foreach (var person in accounts.All().Where(person => person.Id != tom.Id))
        {
            book.PutRule(new CalendarRule(deliveries.Id, "user", person.Email, person.Id == mara.Id ? "owner" : "writer", 0));
            book.PutEntry(new CalendarEntry { Account = person.Id, Calendar = deliveries.Id, ColorId = "9" });
        }

        writes.Create(book.Get(lena.Email)!, lena, Event("Support stand-up", monday.AddHours(9.25), 0.25, guests: [tom.Email, mara.Email], rule: "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), "seedstandup");
        writes.Create(book.Get(lena.Email)!, lena, Event("Call with Fern & Co", monday.AddDays(1).AddHours(14), 0.5, "About invoice 2291."), "seedfern");
        writes.Create(book.Get(lena.Email)!, lena, Event("Dentist", monday.AddDays(3).AddHours(16), 1), "seeddentist");
        writes.Create(book.Get(mara.Email)!, mara, Event("Tour planning", monday.AddDays(2).AddHours(10), 1.5, place: "Room Oat", guests: [tom.Email, lena.Email]), "seedtours");
        writes.Create(book.Get(tom.Email)!, tom, Event("Forklift service", monday.AddDays(4).AddHours(8), 2, place: "Dock 2"), "seedforklift");
        writes.Create(deliveries, tom, Event("Oats, 42 crates", monday.AddDays(1).AddHours(7), 1, place: "Dock 1"), "seedoats");
        writes.Create(deliveries, tom, Event("Almonds, 18 crates", monday.AddDays(3).AddHours(11), 1, place: "Dock 2"), "seedalmonds");
        writes.Create(hours, tom, Event("Docks open", monday.AddHours(6), 10, rule: "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), "seedhours");
        writes.Create(book.Get(mara.Email)!, mara, new JsonObject
        {
            ["summary"] = "Stocktaking",
            ["start"] = new JsonObject { ["date"] = Day(monday.AddDays(4)) },
            ["end"] = new JsonObject { ["date"] = Day(monday.AddDays(5)) },
            ["attendees"] = new JsonArray(new JsonObject { ["email"] = lena.Email }, new JsonObject { ["email"] = tom.Email }),
            ["transparency"] = "transparent",
        }, "seedstock");
    }

    /// <summary>Colleagues see each other's free and busy times.</summary>
    private static void Primary(CalendarBook book, GoogleAccount account)
    {
        var calendar = book.Create(new CalendarInfo { Id = account.Email, Summary = account.Email, TimeZone = Zone, Owner = account.Id, Primary = true }, "16");
        book.PutRule(new CalendarRule(calendar.Id, "domain", account.Email.Split('@')[1], "freeBusyReader", 0));
        book.PutEntry(book.Entry(account.Id, calendar.Id)! with { DefaultReminders = [new JsonObject { ["method"] = "popup", ["minutes"] = 10 }] });
    }

    private static CalendarInfo Shared(string id, string summary, string description, GoogleAccount owner) =>
        new() { Id = id + "@group.calendar.google.com", Summary = summary, Description = description, TimeZone = Zone, Owner = owner.Id };

    private static JsonObject Event(string summary, DateTime start, double hours, string? words = null, string? place = null, string[]? guests = null, string? rule = null)
    {
        var body = new JsonObject
        {
            ["summary"] = summary,
            ["start"] = new JsonObject { ["dateTime"] = Clock(start), ["timeZone"] = Zone },
            ["end"] = new JsonObject { ["dateTime"] = Clock(start.AddHours(hours)), ["timeZone"] = Zone },
        };
        if (words is not null)
            body["description"] = words;
        if (place is not null)
            body["location"] = place;
        if (rule is not null)
            body["recurrence"] = new JsonArray(rule);
        if (guests is not null)
            body["attendees"] = new JsonArray([.. guests.Select(guest => (JsonNode)new JsonObject { ["email"] = guest, ["responseStatus"] = "accepted" })]);
        return body;
    }

    private static string Clock(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Day(DateTime at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
