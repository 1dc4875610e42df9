using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Content;

/// <summary>/analytics/v2/reports: traffic in total or by source, for a period or by day, week or month.</summary>
internal sealed class AnalyticsMethods(HubContent content, CrmRecords records) : IHubSpotMethods
{
    private static readonly string[] Scope = ["analytics.read", "business-intelligence"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", "/analytics/v2/reports/{breakdown}/{period}", Scope, call => Report(call, call.Route("period"))),
        new("GET", "/analytics/v2/reports/{breakdown}/summarize/{period}", Scope, call => Report(call, call.Route("period"))),
    ];

    private HubSpotAnswer Report(HubSpotCall call, string period)
    {
        var breakdown = call.Route("breakdown");
        if (breakdown is not ("totals" or "sources"))
            return HubSpotAnswer.Invalid($"Breakdown {breakdown} is not supported here: only totals and sources");
        if (period is not ("total" or "daily" or "weekly" or "monthly"))
            return HubSpotAnswer.Invalid($"Time period {period} is not one of total, daily, weekly, monthly");
        if (Day(call.Query("start")) is not { } start || Day(call.Query("end")) is not { } end || start > end)
            return HubSpotAnswer.Invalid("start and end are needed, as YYYYMMDD");

        var days = content.Traffic(call.Portal.Id, Text(start), Text(end));
        var sources = call.QueryList("f");
        if (sources.Count > 0)
            days = [.. days.Where(day => sources.Contains(day.Source))];
        var contacts = records.List(call.Portal.Id, ObjectTypes.Contacts).Where(contact => DateOnly.FromDateTime(contact.CreatedAt.UtcDateTime) is var made && made >= start && made <= end).ToList();
        if (period == "total")
        {
            var rows = Rows(days, contacts, breakdown);
            return HubSpotAnswer.Ok(new JsonObject { ["offset"] = rows.Count, ["total"] = rows.Count, ["totals"] = Sum(days, contacts, null), ["breakdowns"] = new JsonArray([.. rows]) });
        }

        var body = new JsonObject();
        foreach (var group in days.GroupBy(day => Begin(DateOnly.ParseExact(day.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture), period)).OrderBy(group => group.Key))
            body[Text(group.Key)] = new JsonArray([.. Rows([.. group], [.. contacts.Where(contact => Begin(DateOnly.FromDateTime(contact.CreatedAt.UtcDateTime), period) == group.Key)], breakdown)]);
        return HubSpotAnswer.Ok(body);
    }

    private static List<JsonNode> Rows(IReadOnlyList<HubTraffic> days, IReadOnlyList<HubRecord> contacts, string breakdown) => breakdown == "totals"
        ? [Sum(days, contacts, "totals")]
        : [.. days.GroupBy(day => day.Source).Select(group => (JsonNode)Sum([.. group], [.. contacts.Where(contact => string.Equals(contact.Value("hs_analytics_source")?.Replace("_", "-", StringComparison.Ordinal), group.Key, StringComparison.OrdinalIgnoreCase))], group.Key))];

    private static JsonObject Sum(IReadOnlyList<HubTraffic> days, IReadOnlyList<HubRecord> contacts, string? name)
    {
        var (visits, visitors, views) = (days.Sum(day => day.Visits), days.Sum(day => day.Visitors), days.Sum(day => day.PageViews));
        var body = new JsonObject();
        if (name is not null)
            body["breakdown"] = name;
        body["rawViews"] = views;
        body["visits"] = visits;
        body["visitors"] = visitors;
        body["pageviewsPerSession"] = visits == 0 ? 0 : Math.Round((double)views / visits, 3);
        body["contacts"] = contacts.Count;
        body["leads"] = contacts.Count(contact => contact.Value("lifecyclestage") == "lead");
        body["customers"] = contacts.Count(contact => contact.Value("lifecyclestage") == "customer");
        body["sessionToContactRate"] = visits == 0 ? 0 : Math.Round((double)contacts.Count / visits, 5);
        return body;
    }

    private static DateOnly Begin(DateOnly day, string period) => period switch
    {
        "weekly" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        "monthly" => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
