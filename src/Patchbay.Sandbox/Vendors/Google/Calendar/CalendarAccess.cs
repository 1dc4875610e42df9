namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Finds the calendar of a call and checks what token and caller may do with it.</summary>
internal sealed class CalendarAccess(CalendarBook book)
{
    public const string Host = "www.googleapis.com";

    private static readonly string[] Narrow = [CalendarScopes.AppCreated, CalendarScopes.Public];

    /// <summary>The calendar named in the path, at least with a role there; throws Calendar's refusal.</summary>
    /// <param name="call">The call.</param>
    /// <param name="role">freeBusyReader, reader, writer or owner.</param>
    /// <param name="accepted">Scopes of the method; app.created and public.readonly reach only some calendars.</param>
    public CalendarInfo Open(CalendarCall call, string role, IReadOnlyList<string> accepted) => Open(call, call.Route("calendarId"), role, accepted);

    public CalendarInfo Open(CalendarCall call, string id, string role, IReadOnlyList<string> accepted)
    {
        var calendar = Find(call, id) ?? throw CalendarErrors.NotFound.Refuse();
        var has = book.Role(calendar, call.Account);
        if (CalendarBook.Rank(has) == 0)
            throw CalendarErrors.NotFound.Refuse();
        if (!accepted.Except(Narrow).Any(call.Scopes.Contains)
            && !(accepted.Contains(CalendarScopes.AppCreated) && call.HasAny(CalendarScopes.AppCreated) && calendar.AppClient == call.ClientId && calendar.Owner == call.Account.Id)
            && !(accepted.Contains(CalendarScopes.Public) && call.HasAny(CalendarScopes.Public) && book.IsPublic(calendar)))
            throw GoogleAnswer.ScopeInsufficient(Host, "calendar.calendars", accepted).Refuse();
        return CalendarBook.Rank(has) >= CalendarBook.Rank(role) ? calendar : throw CalendarErrors.NeedsRole(role).Refuse();
    }

    /// <summary>By id; "primary" is the caller's own.</summary>
    public CalendarInfo? Find(CalendarCall call, string id) => book.Get(id is "primary" ? call.Account.Email : id);

    /// <summary>The caller sees times and nothing else: by scope or by role.</summary>
    public bool TimesOnly(CalendarCall call, CalendarInfo calendar) =>
        book.Role(calendar, call.Account) == "freeBusyReader"
        || !call.HasAny(CalendarScopes.Full, CalendarScopes.Events, CalendarScopes.EventsReadOnly, CalendarScopes.ReadOnly, CalendarScopes.AppCreated, CalendarScopes.Public);
}
