using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Calendar;

/// <summary>An app that calls Calendar. It makes calendars of its own, so that no test depends on the seed.</summary>
internal static class CalendarApp
{
    public const string Api = "www.googleapis.com/calendar/v3";
    public static readonly string Full = GoogleApp.Scopes("calendar").Replace("calendar", "https://www.googleapis.com/auth/calendar", StringComparison.Ordinal);

    public static Task<string> ConnectCalendarAsync(this Playground sandbox, string account = "mara@") => sandbox.ConnectGoogleAsync(Full, account);

    /// <summary>Expects a status; the path is below /calendar/v3.</summary>
    public static async Task<JsonNode> CalendarAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, int status = 200)
    {
        var (code, reply, _) = await sandbox.GoogleAsync(token, new HttpMethod(method), Api + path, body);
        code.ShouldBe(status, reply?.ToJsonString());
        return reply ?? new JsonObject();
    }

    /// <summary>A fresh calendar's id, escaped for a path.</summary>
    public static async Task<string> NewCalendarAsync(this Playground sandbox, string token, string zone = "Europe/Berlin") =>
        Uri.EscapeDataString((await sandbox.CalendarAsync(token, "POST", "/calendars", new JsonObject { ["summary"] = "Bookings", ["timeZone"] = zone })).Text("id"));

    public static JsonObject Event(string start, string end, string summary = "Visit", string? zone = null, params string[] rules)
    {
        var body = new JsonObject { ["summary"] = summary, ["start"] = Time(start, zone), ["end"] = Time(end, zone) };
        if (rules.Length > 0)
            body["recurrence"] = new JsonArray([.. rules.Select(rule => (JsonNode)rule)]);
        return body;
    }

    public static JsonObject With(this JsonObject body, string name, JsonNode? value)
    {
        body[name] = value;
        return body;
    }

    public static JsonArray Guests(params string[] emails) => [.. emails.Select(email => (JsonNode)new JsonObject { ["email"] = email })];

    public static string[] Texts(this JsonNode reply, string path, string list = "items") => [.. reply[list]!.AsArray().Select(item => item.Text(path))];

    private static JsonObject Time(string text, string? zone)
    {
        var time = new JsonObject { [text.Contains('T', StringComparison.Ordinal) ? "dateTime" : "date"] = text };
        if (zone is not null)
            time["timeZone"] = zone;
        return time;
    }
}
