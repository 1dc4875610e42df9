using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Calendar;

public sealed class CalendarOperationTests
{
    private const string Api = CalendarApp.Api;
    private const string Start = "2026-06-22T10:00:00+02:00";
    private const string End = "2026-06-22T11:00:00+02:00";

    private static readonly Dictionary<string, Func<Playground, Task<ExampleCall>>> Examples = new()
    {
        ["googlecalendar.create_event"] = _ => Call("POST", "/calendars/primary/events", CalendarApp.Event(Start, End)),
        ["googlecalendar.update_event"] = sandbox => OnEvent(sandbox, "PATCH", "", new JsonObject { ["summary"] = "Moved" }),
        ["googlecalendar.delete_event"] = sandbox => OnEvent(sandbox, "DELETE", ""),
        ["googlecalendar.list_events"] = _ => Call("GET", "/calendars/primary/events?singleEvents=true&orderBy=startTime"),
        ["googlecalendar.query_freebusy"] = _ => Call("POST", "/freeBusy", new JsonObject { ["timeMin"] = Start, ["timeMax"] = End, ["items"] = new JsonArray(new JsonObject { ["id"] = "primary" }) }),
        ["googlecalendar.list_calendars"] = _ => Call("GET", "/users/me/calendarList"),
        ["googlecalendar.create_calendar"] = _ => Call("POST", "/calendars", new JsonObject { ["summary"] = "Deliveries" }),
        ["googlecalendar.get_account"] = _ => Task.FromResult(new ExampleCall("GET", "www.googleapis.com/oauth2/v2/userinfo")),
        ["googlecalendar.get_event"] = sandbox => OnEvent(sandbox, "GET", ""),
        ["googlecalendar.list_instances"] = sandbox => OnEvent(sandbox, "GET", "/instances"),
        ["googlecalendar.quick_add_event"] = _ => Call("POST", "/calendars/primary/events/quickAdd?text=Lunch%20tomorrow%20at%201pm"),
        ["googlecalendar.import_event"] = _ => Call("POST", "/calendars/primary/events/import", CalendarApp.Event(Start, End).With("iCalUID", "a@b.example")),
        ["googlecalendar.move_event"] = async sandbox =>
        {
            var target = await sandbox.NewCalendarAsync(await sandbox.ConnectCalendarAsync());
            return await OnEvent(sandbox, "POST", "/move?destination=" + target);
        },
        ["googlecalendar.watch_events"] = _ => Call("POST", "/calendars/primary/events/watch", new JsonObject { ["id"] = "channel-1", ["type"] = "web_hook", ["address"] = "https://app.example/hook" }),
        ["googlecalendar.get_calendar"] = sandbox => OnCalendar(sandbox, "GET"),
        ["googlecalendar.update_calendar"] = sandbox => OnCalendar(sandbox, "PATCH", new JsonObject { ["summary"] = "Renamed" }),
        ["googlecalendar.delete_calendar"] = sandbox => OnCalendar(sandbox, "DELETE"),
        ["googlecalendar.add_calendar"] = _ => Call("POST", "/users/me/calendarList", new JsonObject { ["id"] = "lena@northwind.example" }),
        ["googlecalendar.get_listed_calendar"] = _ => Call("GET", "/users/me/calendarList/primary"),
        ["googlecalendar.list_sharing"] = _ => Call("GET", "/calendars/primary/acl"),
        ["googlecalendar.share_calendar"] = _ => Call("POST", "/calendars/primary/acl", new JsonObject { ["role"] = "reader", ["scope"] = new JsonObject { ["type"] = "user", ["value"] = "tom@northwind.example" } }),
        ["googlecalendar.list_settings"] = _ => Call("GET", "/users/me/settings"),
        ["googlecalendar.get_colors"] = _ => Call("GET", "/colors"),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("googlecalendar");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("googlecalendar");

    [Theory]
    [MemberData(nameof(Operations))]
    public Task An_operation_works_with_its_least_scopes_and_not_without_one(string operation) =>
        GoogleOperation.ShouldNeedItsLeastScopesAsync(operation, Examples[operation]);

    private static Task<ExampleCall> Call(string method, string path, JsonNode? body = null) => Task.FromResult(new ExampleCall(method, Api + path, body));

    private static async Task<ExampleCall> OnEvent(Playground sandbox, string method, string more, JsonNode? body = null)
    {
        var made = await sandbox.CalendarAsync(await sandbox.ConnectCalendarAsync(), "POST", "/calendars/primary/events", CalendarApp.Event(Start, End, zone: "Europe/Berlin", rules: "RRULE:FREQ=DAILY;COUNT=3"));
        return new ExampleCall(method, $"{Api}/calendars/primary/events/{made.Text("id")}{more}", body);
    }

    private static async Task<ExampleCall> OnCalendar(Playground sandbox, string method, JsonNode? body = null) =>
        new(method, $"{Api}/calendars/{await sandbox.NewCalendarAsync(await sandbox.ConnectCalendarAsync())}", body);
}
