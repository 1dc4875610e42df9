using Patchbay.Catalog;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Tools a request names: those the planner can use, and those it only recognises to say so.</summary>
internal sealed class Tools
{
    /// <summary>Names of tools that cannot be planned for yet, to the connector id where there will be one.</summary>
    private static readonly (string[] Words, string Id, string Name)[] Others =
    [
        .. Named("googlecalendar", "Google Calendar", "google calendar", "gcal", "calendar", "calendar event", "calendar events"),
        .. Named("googlesheets", "Google Sheets", "google sheets", "google sheet", "sheets", "spreadsheet", "spreadsheets"),
        .. Named("googledocs", "Google Docs", "google docs", "google doc"), .. Named("googledrive", "Google Drive", "google drive", "gdrive"),
        .. Named("googleslides", "Google Slides", "google slides", "google slide"), .. Named("googlebigquery", "BigQuery", "bigquery", "big query"),
        .. Named("notion", "Notion", "notion"), .. Named("salesforce", "Salesforce", "salesforce"), .. Named("hubspot", "HubSpot", "hubspot"),
        .. Named("linkedin", "LinkedIn", "linkedin"), .. Named("tiktok", "TikTok", "tiktok"), .. Named("whatsapp", "WhatsApp", "whatsapp"),
        .. Named("microsoft_teams", "Microsoft Teams", "microsoft teams", "ms teams", "teams channel"), .. Named("discord", "Discord", "discord"), .. Named("telegram", "Telegram", "telegram"),
        .. Named("sms", "SMS", "sms", "text message", "text messages", "twilio"), .. Named("outlook", "Outlook", "outlook"), .. Named("jira", "Jira", "jira"),
        .. Named("github", "GitHub", "github"), .. Named("gitlab", "GitLab", "gitlab"), .. Named("trello", "Trello", "trello"), .. Named("asana", "Asana", "asana"), .. Named("airtable", "Airtable", "airtable"),
        .. Named("stripe", "Stripe", "stripe"), .. Named("zapier", "Zapier", "zapier"), .. Named("instagram", "Instagram", "instagram"), .. Named("facebook", "Facebook", "facebook"), .. Named("mailchimp", "Mailchimp", "mailchimp"), .. Named("sendgrid", "SendGrid", "sendgrid"), .. Named("zendesk", "Zendesk", "zendesk"), .. Named("intercom", "Intercom", "intercom"), .. Named("pipedrive", "Pipedrive", "pipedrive"),
        .. Named("zoom", "Zoom", "zoom"), .. Named("dropbox", "Dropbox", "dropbox"), .. Named("onedrive", "OneDrive", "onedrive"), .. Named("excel", "Excel", "excel"), .. Named("shopify", "Shopify", "shopify"), .. Named("wordpress", "WordPress", "wordpress"),
        .. Named("quickbooks", "QuickBooks", "quickbooks"), .. Named("clickup", "ClickUp", "clickup"), .. Named("linear", "Linear", "linear issue"), .. Named("pagerduty", "PagerDuty", "pagerduty"), .. Named("youtube", "YouTube", "youtube"), .. Named("mattermost", "Mattermost", "mattermost"),
        .. Named("google_chat", "Google Chat", "google chat"), .. Named("google_meet", "Google Meet", "google meet"), .. Named("google_forms", "Google Forms", "google form", "google forms"), .. Named("push", "push notifications", "push notification", "push notifications"), .. Named("phone", "phone calls", "phone call", "phone calls", "voicemail"), .. Named("fax", "fax", "fax"),
        .. Named("x", "X", "twitter", "tweet"),
    ];

    private readonly List<(string[] Words, string Id)> _usable = [];

    public Tools(ConnectorCatalog catalog)
    {
        foreach (var id in (string[])["slack", "gmail"])
            if (catalog.FindConnector(id) is { } connector)
                _usable.AddRange(connector.Words.Select(w => (w.Replace("e-mail", "email", StringComparison.Ordinal).Split(' '), id)));
        Words = _usable.SelectMany(u => u.Words).Concat(Others.SelectMany(o => o.Words)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What spelling may be corrected towards.</summary>
    public IReadOnlySet<string> Words { get; }

    /// <summary>Names of tools that cannot be used here; their words are not explained.</summary>
    public static IReadOnlyList<(string Id, string Name)> OthersIn(IReadOnlyList<Token> tokens, SchemaVocabulary vocabulary) =>
        [.. Others.Where(o => Enumerable.Range(0, tokens.Count).Any(i => At(tokens, i, o.Words)
            && vocabulary.EntitiesAt(tokens, i).Length < o.Words.Length)).Select(o => (o.Id, o.Name)).Distinct()];

    /// <summary>The connector named at a place, and how many words name it.</summary>
    public (int Length, string Id) UsableAt(IReadOnlyList<Token> tokens, int at)
    {
        foreach (var (words, id) in _usable)
            if (At(tokens, at, words))
                return (words.Length, id);
        return (0, "");
    }

    private static bool At(IReadOnlyList<Token> tokens, int at, string[] words)
    {
        if (at + words.Length > tokens.Count)
            return false;
        for (var i = 0; i < words.Length; i++)
            if (!tokens[at + i].Is(words[i]))
                return false;
        return true;
    }

    private static IEnumerable<(string[], string, string)> Named(string id, string name, params string[] words) =>
        words.Select(w => (w.Split(' '), id, name));
}
