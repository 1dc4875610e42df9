using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Calendar.Methods;
using Patchbay.Sandbox.Vendors.Google.Gmail;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Google Calendar: www.googleapis.com/calendar/v3. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class CalendarVendor : IVendor, IVendorControl
{
    private readonly GoogleAccounts accounts;
    private readonly CalendarBook book;
    private readonly CalendarEvents events;
    private readonly EventWriteMethods writes;
    private readonly GoogleCalls calls;
    private readonly TimeProvider time;
    private readonly CalendarMethod[] methods;

    public CalendarVendor(Store store, OAuthStore oauth, LiveFeed live, Pages.WorldShell shell, TimeProvider time)
    {
        this.time = time;
        accounts = new GoogleAccounts(store);
        calls = new GoogleCalls(new GoogleBearer(oauth, accounts), store, CalendarAccess.Host);
        book = new CalendarBook(store, live, accounts);
        events = new CalendarEvents(store, book, accounts, time);
        var access = new CalendarAccess(book);
        var shapes = new EventShapes(accounts, book);
        writes = new EventWriteMethods(access, events, shapes, new CalendarMail(new GmailMailboxes(store, live, time), accounts, book), time);
        World = new CalendarPage(book, events, writes, accounts, store, shell, time).Page;
        ICalendarMethods[] families =
        [
            new EventReadMethods(access, book, events, shapes), writes, new FreeBusyMethods(access, book, events), new CalendarMethods(access, book, events),
            new CalendarListMethods(access, book), new AclMethods(access, book, accounts), new SettingMethods(access, book, time),
        ];
        methods = [.. families.SelectMany(family => family.Methods)];
    }

    public string Name => GoogleOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [CalendarAccess.Host];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        foreach (var method in methods)
        {
            Action<string, string, RequestDelegate> map = method.Verb switch
            {
                "GET" => routes.Get,
                "PUT" => routes.Put,
                "PATCH" => routes.Patch,
                "DELETE" => routes.Delete,
                _ => routes.Post,
            };
            map(CalendarAccess.Host, "/calendar/v3" + method.Path, context => RunAsync(context, method));
        }
    }

    public void MapControl(IEndpointRouteBuilder routes) => routes.MapGet("/_sandbox/calendar/events", (RequestDelegate)ControlEventsAsync);

    public void Seed()
    {
        accounts.Seed();
        if (book.Empty)
            CalendarSeed.Plant(book, writes, accounts, time);
    }

    public void Clear()
    {
        book.Clear();
        events.Clear();
    }

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => GooglePages.FailAsync(context, status);

    private Task RunAsync(HttpContext context, CalendarMethod method) => calls.AnswerAsync(context, method.Name, method.Accepted, (caller, body) =>
    {
        var answer = method.Run(new CalendarCall(context, caller.Account, caller.Scopes, caller.ClientId, body));
        return answer.Body?["etag"] is { } etag ? answer with { Headers = [.. answer.Headers, ("ETag", etag.ToString())] } : answer;
    }, CalendarErrors.Of(400, "parseError", "Parse Error"));

    /// <summary>?account= → the events of that primary calendar, else of all calendars; 404 for an unknown account.</summary>
    private async Task ControlEventsAsync(HttpContext context)
    {
        var email = context.Request.Query["account"].ToString();
        IReadOnlyList<CalendarInfo> calendars = email.Length == 0 ? book.All() : book.Get(email) is { } one ? [one] : [];
        if (calendars.Count == 0)
        {
            await ControlApi.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such account.");
            return;
        }

        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. calendars.SelectMany(events.All).Select(view => (JsonNode)new JsonObject
        {
            ["calendar"] = view.Calendar.Id,
            ["id"] = view.Event.Id,
            ["summary"] = view.Event.Body.Text("summary"),
            ["status"] = view.Cancelled ? "cancelled" : view.Event.Body.Text("status"),
            ["start"] = view.Event.Body["start"]?.DeepClone(),
            ["end"] = view.Event.Body["end"]?.DeepClone(),
            ["attendees"] = Json.Array(view.Attendees.Select(guest => guest.Text("email")).OfType<string>()),
        })]));
    }
}
