using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>settings, colors, and push channels.</summary>
internal sealed class SettingMethods(CalendarAccess access, CalendarBook book, TimeProvider time) : ICalendarMethods
{
    private static readonly TimeSpan LongestChannel = TimeSpan.FromDays(30);

    private static readonly (string Id, string Value)[] Fixed =
    [
        ("autoAddHangouts", "false"), ("dateFieldOrder", "DMY"), ("defaultEventLength", "60"), ("format24HourTime", "true"), ("hideInvitations", "false"), ("hideWeekends", "false"),
        ("locale", "en_GB"), ("remindOnRespondedEventsOnly", "false"), ("showDeclinedEvents", "true"), ("useKeyboardShortcuts", "true"), ("weekStart", "1"),
    ];

    public IEnumerable<CalendarMethod> Methods =>
    [
        new("GET", "/users/me/settings", "calendar.settings.list", CalendarScopes.Settings, ListAll),
        new("GET", "/users/me/settings/{setting}", "calendar.settings.get", CalendarScopes.Settings, Get),
        new("GET", "/colors", "calendar.colors.get", CalendarScopes.Colors, Colors),
        new("POST", "/calendars/{calendarId}/events/watch", "calendar.events.watch", CalendarScopes.ReadEvents, call =>
            Watch(call, $"calendars/{Uri.EscapeDataString(access.Open(call, "freeBusyReader", CalendarScopes.ReadEvents).Id)}/events")),
        new("POST", "/calendars/{calendarId}/acl/watch", "calendar.acl.watch", CalendarScopes.ReadRules, call =>
            Watch(call, $"calendars/{Uri.EscapeDataString(access.Open(call, "owner", CalendarScopes.ReadRules).Id)}/acl")),
        new("POST", "/users/me/calendarList/watch", "calendar.calendarList.watch", CalendarScopes.ReadList, call => Watch(call, "users/me/calendarList")),
        new("POST", "/users/me/settings/watch", "calendar.settings.watch", CalendarScopes.Settings, call => Watch(call, "users/me/settings")),
        new("POST", "/channels/stop", "calendar.channels.stop", [.. CalendarScopes.ReadEvents, CalendarScopes.ListReadOnly, CalendarScopes.SettingsReadOnly], Stop),
    ];

    private GoogleAnswer ListAll(CalendarCall call)
    {
        var kind = "settings " + call.Account.Id;
        var since = CalendarPaging.Since(call, book.Clock, kind);
        var body = new JsonObject { ["kind"] = "calendar#settings", ["etag"] = "\"settings\"" };
        var items = since is null ? All(call) : [];
        return CalendarPaging.Page(call, body, items, Shape, call.Number("maxResults", 100, 250), CalendarPaging.SyncToken(book.Clock, kind));
    }

    private GoogleAnswer Get(CalendarCall call) =>
        All(call).FirstOrDefault(setting => setting.Id == call.Route("setting")) is { Id: not null } found ? GoogleAnswer.Ok(Shape(found)) : CalendarErrors.NotFound;

    private List<(string Id, string Value)> All(CalendarCall call) => [.. Fixed, ("timezone", book.Get(call.Account.Email)?.TimeZone ?? "UTC")];

    private static JsonObject Shape((string Id, string Value) setting) =>
        new() { ["kind"] = "calendar#setting", ["etag"] = $"\"{setting.Value}\"", ["id"] = setting.Id, ["value"] = setting.Value };

    private static GoogleAnswer Colors(CalendarCall call) => GoogleAnswer.Ok(new JsonObject
    {
        ["kind"] = "calendar#colors",
        ["updated"] = "2012-02-14T00:00:00.000Z",
        ["calendar"] = CalendarColors.Shape(CalendarColors.Calendar),
        ["event"] = CalendarColors.Shape(CalendarColors.Event),
    });

    private GoogleAnswer Watch(CalendarCall call, string resource)
    {
        if (call.Body.Text("id") is not { Length: > 0 and <= 64 } id || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '/' or '='))
            return CalendarErrors.Required("entity.id");
        if (call.Body.Text("type") is not ("web_hook" or "webhook"))
            return CalendarErrors.Invalid("Unknown channel type.");
        if (call.Body.Text("address") is not { } address || !address.StartsWith("https://", StringComparison.Ordinal))
            return CalendarErrors.Of(400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS: " + call.Body.Text("address"));
        if (book.HasChannel(id))
            return CalendarErrors.Of(400, "channelIdNotUnique", $"Channel id {id} not unique");
        var now = time.GetUtcNow();
        var asked = call.Body.Text("expiration") is { } text && long.TryParse(text, out var milliseconds) ? milliseconds : long.MaxValue;
        var expires = Math.Min(asked, (now + LongestChannel).ToUnixTimeMilliseconds());
        var resourceId = Secrets.StableId("", resource.Replace("users/me", call.Account.Id, StringComparison.Ordinal), 26);
        book.PutChannel(new CalendarChannel(id, resourceId, call.Account.Id));
        var shape = new JsonObject
        {
            ["kind"] = "api#channel",
            ["id"] = id,
            ["resourceId"] = resourceId,
            ["resourceUri"] = $"https://www.googleapis.com/calendar/v3/{resource}?alt=json",
            ["expiration"] = $"{expires}",
        };
        if (call.Body.Text("token") is { } token)
            shape["token"] = token;
        return GoogleAnswer.Ok(shape);
    }

    private GoogleAnswer Stop(CalendarCall call) =>
        call.Body.Text("id") is { } id && call.Body.Text("resourceId") is { } resource && book.StopChannel(id, resource)
            ? new GoogleAnswer(StatusCodes.Status204NoContent, null)
            : CalendarErrors.Of(404, "channelIdNotFound", $"Channel '{call.Body.Text("id")}' not found");
}
