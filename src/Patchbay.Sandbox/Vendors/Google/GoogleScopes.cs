using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Google;

/// <param name="Name">As a token reply writes it.</param>
/// <param name="Sentence">What it allows, as the consent page says it.</param>
/// <param name="Class">Identity, reads, writes or broad.</param>
internal sealed record GoogleScope(string Name, string Sentence, ScopeClass Class)
{
    /// <summary>Sign-in scopes come with the account and cannot be left out.</summary>
    public bool SignIn => Class == ScopeClass.Identity;
}

/// <summary>The scopes Google's consent page knows, of every product; anything else is <c>invalid_scope</c>.</summary>
internal static class GoogleScopes
{
    public const string Email = Prefix + "userinfo.email";
    public const string Profile = Prefix + "userinfo.profile";
    public const string OpenId = "openid";
    public const string Prefix = "https://www.googleapis.com/auth/";

    private static readonly Dictionary<string, GoogleScope> Known = new GoogleScope[]
    {
        new(OpenId, "Know you again when you come back", ScopeClass.Identity),
        new(Email, "See the account's e-mail address", ScopeClass.Identity),
        new(Profile, "See your name and picture", ScopeClass.Identity),
        Of("gmail.readonly", "Read all mail and settings", ScopeClass.Read),
        Of("gmail.send", "Send mail in your name", ScopeClass.Write),
        Of("gmail.compose", "Write and send mail, and manage drafts", ScopeClass.Write),
        Of("gmail.modify", "Read, send, label and trash mail", ScopeClass.Broad),
        Of("gmail.labels", "See and change labels", ScopeClass.Write),
        Of("gmail.metadata", "See headers and labels, but no contents", ScopeClass.Read),
        Of("calendar", "Do anything with all your calendars", ScopeClass.Broad),
        Of("calendar.readonly", "See all calendars and their events", ScopeClass.Read),
        Of("calendar.events", "See, add, change and delete events", ScopeClass.Write),
        Of("calendar.events.readonly", "See what is planned in any of your calendars", ScopeClass.Read),
        Of("calendar.events.freebusy", "See when events take place, not what they are", ScopeClass.Read),
        Of("calendar.freebusy", "Ask when you are busy", ScopeClass.Read),
        Of("calendar.app.created", "Make calendars of its own and manage those", ScopeClass.Write),
        Of("calendar.calendarlist.readonly", "See which calendars you subscribe to", ScopeClass.Read),
        Of("calendar.events.public.readonly", "See what is planned in public calendars", ScopeClass.Read),
        Of("calendar.settings.readonly", "See calendar settings such as your time zone", ScopeClass.Read),
        Of("documents", "See, change, create and delete all Docs", ScopeClass.Write),
        Of("documents.readonly", "See all Docs", ScopeClass.Read),
        Of("spreadsheets", "See, change, create and delete all Sheets", ScopeClass.Write),
        Of("spreadsheets.readonly", "See all Sheets", ScopeClass.Read),
        Of("presentations", "See, change, create and delete all Slides", ScopeClass.Write),
        Of("presentations.readonly", "See all Slides", ScopeClass.Read),
        Of("drive", "See, change, create and delete all files of your Drive", ScopeClass.Broad),
        Of("drive.readonly", "See and download all files of your Drive", ScopeClass.Read),
        Of("drive.metadata", "See and change the names and other facts of your files, not what is in them", ScopeClass.Write),
        Of("drive.metadata.readonly", "See the names and other facts of your files", ScopeClass.Read),
        Of("drive.file", "Use only files it made or that you pick for it", ScopeClass.Write),
        Of("bigquery.readonly", "Run queries and see datasets, changing nothing", ScopeClass.Read),
        Of("bigquery", "See, change, create and delete all BigQuery data", ScopeClass.Broad),
        Of("bigquery.insertdata", "Add rows to BigQuery tables", ScopeClass.Write),
        Of("cloud-platform", "See, change and delete everything in your Google Cloud projects", ScopeClass.Broad),
        Of("cloud-platform.read-only", "See everything in your Google Cloud projects", ScopeClass.Read),
    }.ToDictionary(scope => scope.Name);

    public static GoogleScope? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Splits at blanks; the short names "email" and "profile" become the long ones that replies carry.</summary>
    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name switch
        {
            "email" => Email,
            "profile" => Profile,
            _ => name,
        }).Distinct()];

    private static GoogleScope Of(string name, string sentence, ScopeClass scopeClass) => new(Prefix + name, sentence, scopeClass);
}
