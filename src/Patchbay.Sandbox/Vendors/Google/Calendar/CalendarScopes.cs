namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Which scopes a Calendar method accepts; any one is enough.</summary>
internal static class CalendarScopes
{
    public const string Full = GoogleScopes.Prefix + "calendar";
    public const string ReadOnly = GoogleScopes.Prefix + "calendar.readonly";
    public const string Events = GoogleScopes.Prefix + "calendar.events";
    public const string EventsReadOnly = GoogleScopes.Prefix + "calendar.events.readonly";

    /// <summary>Events without what they are about.</summary>
    public const string EventTimes = GoogleScopes.Prefix + "calendar.events.freebusy";

    public const string FreeBusyOnly = GoogleScopes.Prefix + "calendar.freebusy";

    /// <summary>Only calendars that the same client made.</summary>
    public const string AppCreated = GoogleScopes.Prefix + "calendar.app.created";

    /// <summary>Only calendars that everybody may read.</summary>
    public const string Public = GoogleScopes.Prefix + "calendar.events.public.readonly";

    public const string ListReadOnly = GoogleScopes.Prefix + "calendar.calendarlist.readonly";
    public const string SettingsReadOnly = GoogleScopes.Prefix + "calendar.settings.readonly";

    public static readonly string[] ReadEvents = [Full, Events, EventsReadOnly, ReadOnly, AppCreated, EventTimes, Public];
    public static readonly string[] WriteEvents = [Full, Events, AppCreated];
    public static readonly string[] FreeBusy = [Full, ReadOnly, EventTimes, FreeBusyOnly];
    public static readonly string[] ReadList = [Full, ReadOnly, ListReadOnly];
    public static readonly string[] ChangeList = [Full];
    public static readonly string[] ReadCalendar = [Full, ReadOnly, AppCreated];
    public static readonly string[] ChangeCalendar = [Full, AppCreated];
    public static readonly string[] ReadRules = [Full, ReadOnly];
    public static readonly string[] ChangeRules = [Full];
    public static readonly string[] Settings = [Full, ReadOnly, SettingsReadOnly];
    public static readonly string[] Colors = [Full, ReadOnly, Events, EventsReadOnly, AppCreated, EventTimes, Public, ListReadOnly];
}
