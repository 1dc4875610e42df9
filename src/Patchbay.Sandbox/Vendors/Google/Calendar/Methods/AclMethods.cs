using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>acl.*: who may do what with a calendar.</summary>
internal sealed class AclMethods(CalendarAccess access, CalendarBook book, GoogleAccounts accounts) : ICalendarMethods
{
    private const string List = "/calendars/{calendarId}/acl";

    public IEnumerable<CalendarMethod> Methods =>
    [
        new("GET", List, "calendar.acl.list", CalendarScopes.ReadRules, ListAll),
        new("GET", List + "/{ruleId}", "calendar.acl.get", CalendarScopes.ReadRules, call => GoogleAnswer.Ok(Shape(Rule(call, CalendarScopes.ReadRules)))),
        new("POST", List, "calendar.acl.insert", CalendarScopes.ChangeRules, Insert),
        new("PATCH", List + "/{ruleId}", "calendar.acl.patch", CalendarScopes.ChangeRules, Change),
        new("PUT", List + "/{ruleId}", "calendar.acl.update", CalendarScopes.ChangeRules, Change),
        new("DELETE", List + "/{ruleId}", "calendar.acl.delete", CalendarScopes.ChangeRules, Delete),
    ];

    private GoogleAnswer ListAll(CalendarCall call)
    {
        var calendar = access.Open(call, "owner", CalendarScopes.ReadRules);
        var kind = "acl " + calendar.Id;
        var since = CalendarPaging.Since(call, book.Clock, kind);
        var body = new JsonObject { ["kind"] = "calendar#acl", ["etag"] = $"\"p{book.Clock.Change}\"" };
        var rules = book.Rules(calendar.Id).Where(rule => since is null || rule.Change > since).ToList();
        return CalendarPaging.Page(call, body, rules, Shape, call.Number("maxResults", 100, 250), CalendarPaging.SyncToken(book.Clock, kind));
    }

    private GoogleAnswer Insert(CalendarCall call)
    {
        var calendar = access.Open(call, "owner", CalendarScopes.ChangeRules);
        var (type, value, role) = (call.Body["scope"].Text("type"), call.Body["scope"].Text("value") ?? "", call.Body.Text("role"));
        if (role is null || type is null)
            return CalendarErrors.Required(role is null ? "Missing role." : "Missing scope type.");
        if (!CalendarBook.KnowsRole(role) || type is not ("default" or "user" or "group" or "domain") || (type == "default") != (value.Length == 0) || (type is "user" or "group" && !value.Contains('@', StringComparison.Ordinal)))
            return CalendarErrors.Invalid("Invalid scope value.");
        var rule = book.PutRule(new CalendarRule(calendar.Id, type, value.ToLowerInvariant(), role, 0));
        // Whoever gets more than free/busy finds the calendar on their list.
        if (type == "user" && CalendarBook.Rank(role) >= 2 && accounts.ByEmail(value) is { } account && book.Entry(account.Id, calendar.Id) is null)
            book.PutEntry(new CalendarEntry { Account = account.Id, Calendar = calendar.Id });
        return GoogleAnswer.Ok(Shape(rule));
    }

    private GoogleAnswer Change(CalendarCall call)
    {
        var rule = Rule(call, CalendarScopes.ChangeRules);
        call.DemandMatch(Etag(rule));
        if (call.Body.Text("role") is not { } role || !CalendarBook.KnowsRole(role))
            return CalendarErrors.Invalid("Invalid role.");
        return Own(call, rule) && role != "owner"
            ? CalendarErrors.Of(403, "cannotChangeOwnAcl", "Cannot change your own access level.", "calendar")
            : GoogleAnswer.Ok(Shape(book.PutRule(rule with { Role = role })));
    }

    private GoogleAnswer Delete(CalendarCall call)
    {
        var rule = Rule(call, CalendarScopes.ChangeRules);
        if (Own(call, rule))
            return CalendarErrors.Of(403, "cannotChangeOwnAcl", "Cannot change your own access level.", "calendar");
        book.DeleteRule(rule);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private CalendarRule Rule(CalendarCall call, string[] accepted) =>
        book.Rule(access.Open(call, "owner", accepted).Id, call.Route("ruleId")) ?? throw CalendarErrors.NotFound.Refuse();

    private static bool Own(CalendarCall call, CalendarRule rule) => rule is { Type: "user", Role: "owner" } && EventView.Same(rule.Value, call.Account.Email);

    private static string Etag(CalendarRule rule) => $"\"a{rule.Change:D8}\"";

    private static JsonObject Shape(CalendarRule rule)
    {
        var scope = new JsonObject { ["type"] = rule.Type };
        if (rule.Value.Length > 0)
            scope["value"] = rule.Value;
        return new JsonObject { ["kind"] = "calendar#aclRule", ["etag"] = Etag(rule), ["id"] = rule.Id, ["scope"] = scope, ["role"] = rule.Role };
    }
}
