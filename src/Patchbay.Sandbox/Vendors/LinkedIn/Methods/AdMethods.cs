using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>Ad accounts, campaigns, and what they brought day by day.</summary>
internal sealed class AdMethods(LinkedInWorld world) : ILinkedInMethods
{
    private static readonly string[] Reading = ["r_ads"];
    private static readonly string[] Metrics = ["impressions", "clicks", "costInLocalCurrency", "costInUsd", "landingPageClicks", "likes", "shares", "comments", "follows", "externalWebsiteConversions", "oneClickLeads", "totalEngagements"];
    private static readonly string[] Known = [.. Metrics, "dateRange", "pivotValues", "pivot"];

    public IReadOnlyList<LinkedInMethod> Methods =>
    [
        new("GET", LinkedInMethod.Rest, "/adAccounts", "adAccounts.FINDER-search", Reading, call => LinkedInAnswer.Ok(call.List(Filter(Mine(call), call, account => account.Status), Shape))),
        new("GET", LinkedInMethod.Rest, "/adAccounts/{account}", "adAccounts.GET", Reading, call => LinkedInAnswer.Ok(Shape(Account(call)))),
        new("GET", LinkedInMethod.Rest, "/adAccountUsers", "adAccountUsers.FINDER-authenticatedUser", Reading, call => LinkedInAnswer.Ok(call.List(Mine(call), account => new JsonObject { ["account"] = Urn(account), ["user"] = call.Member.Urn, ["role"] = "ACCOUNT_MANAGER" }))),
        new("GET", LinkedInMethod.Rest, "/adAccounts/{account}/adCampaigns", "adCampaigns.FINDER-search", Reading, call => LinkedInAnswer.Ok(call.List(Filter([.. world.Campaigns(Account(call).Id)], call, campaign => campaign.Status), Shape))),
        new("GET", LinkedInMethod.Rest, "/adAccounts/{account}/adCampaigns/{campaign}", "adCampaigns.GET", Reading, call => LinkedInAnswer.Ok(Shape(Campaign(call)))),
        new("POST", LinkedInMethod.Rest, "/adAccounts/{account}/adCampaigns", "adCampaigns.CREATE", ["rw_ads"], Create),
        new("POST", LinkedInMethod.Rest, "/adAccounts/{account}/adCampaigns/{campaign}", "adCampaigns.PARTIAL_UPDATE", ["rw_ads"], Update),
        new("GET", LinkedInMethod.Both, "/adAnalytics", "adAnalytics.FINDER-analytics", ["r_ads_reporting"], Analytics),
    ];

    private LinkedInAnswer Create(LinkedInCall call)
    {
        var account = Account(call);
        var body = call.Body;
        var campaign = new LinkedInCampaign
        {
            Id = world.NextId()[^9..], Account = account.Id,
            Name = body.Text("name") is { Length: > 0 } name ? name : throw LinkedInRefusal.Missing("/name"),
            Status = body.Text("status") is "ACTIVE" or "PAUSED" or "DRAFT" ? body.Text("status")! : throw LinkedInRefusal.Wrong("/status", "is not an enum symbol"),
            Objective = body.Text("objectiveType") ?? "WEBSITE_VISIT",
            DailyBudget = decimal.TryParse(body["dailyBudget"].Text("amount"), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount >= 10 ? (int)Math.Min(amount, 1_000_000) : throw LinkedInRefusal.Wrong("/dailyBudget/amount", "must be at least 10"),
            Created = world.Now.ToUnixTimeMilliseconds(),
        };
        world.Put(campaign);
        return LinkedInAnswer.Created(campaign.Id);
    }

    private LinkedInAnswer Update(LinkedInCall call)
    {
        if (!call.Header("X-RestLi-Method").Equals("PARTIAL_UPDATE", StringComparison.OrdinalIgnoreCase))
            throw LinkedInRefusal.BadQuery("X-RestLi-Method must be PARTIAL_UPDATE to change a campaign");
        var campaign = Campaign(call);
        var set = call.Body["patch"].Child("$set") as JsonObject ?? throw LinkedInRefusal.Missing("/patch/$set");
        world.Put(campaign with { Name = set.Text("name") ?? campaign.Name, Status = set.Text("status") ?? campaign.Status });
        return LinkedInAnswer.NoContent;
    }

    private LinkedInAnswer Analytics(LinkedInCall call)
    {
        if (call.Text("q") is not ("analytics" or "statistics"))
            throw LinkedInRefusal.BadQuery("Query parameter q must be analytics or statistics");
        var pivot = call.Text("pivot") ?? (RestLi.Texts(call.Value("pivots")) is [var first, ..] ? first : "CAMPAIGN");
        if (pivot is not ("CAMPAIGN" or "ACCOUNT" or "COMPANY" or "CAMPAIGN_GROUP"))
            throw LinkedInRefusal.BadQuery($"Invalid value for param; this sandbox knows pivot CAMPAIGN, ACCOUNT, COMPANY and CAMPAIGN_GROUP, not {pivot}");
        var granularity = call.Text("timeGranularity") ?? throw LinkedInRefusal.BadQuery("Query parameter timeGranularity is required");
        if (granularity is not ("ALL" or "DAILY" or "MONTHLY" or "YEARLY"))
            throw LinkedInRefusal.BadQuery($"Invalid value for param; wrong type or other syntax error: timeGranularity {granularity}");
        var (from, to) = Range(call);
        var fields = call.Text("fields")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? ["impressions", "clicks"];
        if (fields.FirstOrDefault(field => !Known.Contains(field)) is { } unknown)
            throw LinkedInRefusal.BadQuery($"Unknown field: {unknown}");

        var wantedAccounts = Ids(call, "accounts", "urn:li:sponsoredAccount:");
        var wantedCampaigns = Ids(call, "campaigns", "urn:li:sponsoredCampaign:");
        if (wantedAccounts is null && wantedCampaigns is null)
            throw LinkedInRefusal.BadQuery("At least one of accounts, campaigns must be given");
        var campaigns = Mine(call).SelectMany(account => world.Campaigns(account.Id))
            .Where(campaign => (wantedAccounts?.Contains(campaign.Account) ?? true) && (wantedCampaigns?.Contains(campaign.Id) ?? true));

        var rows = campaigns.GroupBy(campaign => pivot switch
            {
                "ACCOUNT" => "urn:li:sponsoredAccount:" + campaign.Account,
                "COMPANY" => world.AdAccount(campaign.Account)!.Organization,
                "CAMPAIGN_GROUP" => "urn:li:sponsoredCampaignGroup:" + campaign.Account,
                _ => "urn:li:sponsoredCampaign:" + campaign.Id,
            })
            .SelectMany(group => Periods(from, to, granularity).Select(period => Row(group.Key, [.. group], period.From, period.To, fields)))
            .Where(row => row is not null).Select(row => (JsonNode)row!);
        return LinkedInAnswer.Ok(new JsonObject { ["paging"] = new JsonObject { ["start"] = 0, ["count"] = 10, ["links"] = new JsonArray() }, ["elements"] = new JsonArray([.. rows]) });
    }

    /// <summary>Null where nothing was shown: LinkedIn leaves such rows out.</summary>
    private static JsonObject? Row(string pivotValue, IReadOnlyList<LinkedInCampaign> campaigns, DateOnly from, DateOnly to, string[] fields)
    {
        var days = campaigns.SelectMany(campaign => Days(from, to).Where(day => day >= DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(campaign.Created).UtcDateTime)).Select(day => Day(campaign, day))).ToList();
        var shown = days.Sum(day => day.Impressions);
        if (shown == 0)
            return null;
        var (clicks, cost) = (days.Sum(day => day.Clicks), days.Sum(day => day.Cost));
        var row = new JsonObject();
        foreach (var field in fields)
            row[field] = field switch
            {
                "pivotValues" => new JsonArray(pivotValue),
                "pivot" => null,
                "dateRange" => new JsonObject { ["start"] = Date(from), ["end"] = Date(to) },
                "impressions" => shown,
                "clicks" => clicks,
                "landingPageClicks" => clicks * 9 / 10,
                "costInLocalCurrency" => cost.ToString("0.00", CultureInfo.InvariantCulture),
                "costInUsd" => (cost * 1.08m).ToString("0.00", CultureInfo.InvariantCulture),
                "likes" => clicks / 5,
                "comments" => clicks / 25,
                "shares" => clicks / 30,
                "follows" => clicks / 12,
                "externalWebsiteConversions" => clicks / 15,
                "oneClickLeads" => 0,
                _ => clicks + (clicks / 5),
            };
        row.Remove("pivot");
        return row;
    }

    /// <summary>A campaign's day: the same whenever it is asked for, so that sums over days agree.</summary>
    private static (int Impressions, int Clicks, decimal Cost) Day(LinkedInCampaign campaign, DateOnly day)
    {
        if (campaign.Status == "DRAFT")
            return (0, 0, 0);
        var dice = Secrets.StableId("", $"{campaign.Id}/{day:O}", 8);
        var swing = 0.6m + (dice.Sum(c => c) % 40 / 100m);
        var cost = Math.Round(campaign.DailyBudget * swing, 2);
        var impressions = (int)(cost * 28);
        return (impressions, impressions / 90, cost);
    }

    private static IEnumerable<(DateOnly From, DateOnly To)> Periods(DateOnly from, DateOnly to, string granularity)
    {
        for (var start = from; start <= to;)
        {
            var end = granularity switch
            {
                "DAILY" => start,
                "MONTHLY" => new DateOnly(start.Year, start.Month, 1).AddMonths(1).AddDays(-1),
                "YEARLY" => new DateOnly(start.Year, 12, 31),
                _ => to,
            };
            yield return (start, end < to ? end : to);
            if (end >= to)
                yield break;
            start = end.AddDays(1);
        }
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            yield return day;
    }

    /// <summary>dateRange=(start:(year:2026,month:6,day:1),end:(...)), or the older dateRange.start.year=2026 and so on. Open ends mean today.</summary>
    private (DateOnly From, DateOnly To) Range(LinkedInCall call)
    {
        var today = DateOnly.FromDateTime(world.Now.UtcDateTime);
        DateOnly? Point(string end)
        {
            var parts = (string[])["year", "month", "day"];
            var texts = parts.Select(part => (call.Value("dateRange")?[end] as JsonObject).Text(part) ?? call.Text($"dateRange.{end}.{part}")).ToArray();
            if (texts.All(text => text is null))
                return null;
            return DateOnly.TryParseExact(string.Join('-', texts), "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date : throw LinkedInRefusal.BadQuery($"Invalid value for param; wrong type or other syntax error: dateRange.{end}");
        }

        if (call.Value("dateRange") is not (null or JsonObject))
            throw LinkedInRefusal.BadQuery("Invalid value for param; wrong type or other syntax error: dateRange");
        var from = Point("start") ?? throw LinkedInRefusal.BadQuery("Query parameter dateRange.start is required");
        var to = Point("end") ?? today;
        if (to < from)
            throw LinkedInRefusal.BadQuery("dateRange.end is before dateRange.start");
        // What lies ahead has not been shown to anybody; ten years bound the work.
        to = to < today ? to : today;
        return (from < to.AddYears(-10) ? to.AddYears(-10) : from, to);
    }

    private static HashSet<string>? Ids(LinkedInCall call, string name, string prefix)
    {
        var given = RestLi.Texts(call.Value(name)).Concat(call.Query.Where(pair => pair.Key.StartsWith(name + "[", StringComparison.Ordinal)).SelectMany(pair => RestLi.Texts(pair.Value))).ToList();
        return given.Count == 0 ? null : [.. given.Select(urn => LinkedInWorld.Part(urn, prefix) ?? throw LinkedInRefusal.BadQuery($"Invalid value for param; wrong type or other syntax error: {name}"))];
    }

    private List<LinkedInAdAccount> Mine(LinkedInCall call) => [.. world.AdAccounts().Where(account => account.Users.Contains(call.Member.Id))];

    private LinkedInAdAccount Account(LinkedInCall call) => Mine(call).Find(account => account.Id == call.Route("account")) ?? throw LinkedInRefusal.NotFound("The ad account could not be found");

    private LinkedInCampaign Campaign(LinkedInCall call) =>
        world.Campaign(call.Route("campaign")) is { } campaign && campaign.Account == Account(call).Id ? campaign : throw LinkedInRefusal.NotFound("The campaign could not be found");

    /// <summary>search=(status:(values:List(ACTIVE)))</summary>
    private static List<T> Filter<T>(List<T> all, LinkedInCall call, Func<T, string> status)
    {
        var wanted = RestLi.Texts(call.Value("search").Child("status").Child("values"));
        return wanted.Count == 0 ? all : [.. all.Where(item => wanted.Contains(status(item)))];
    }

    private static string Urn(LinkedInAdAccount account) => "urn:li:sponsoredAccount:" + account.Id;

    private static JsonObject Date(DateOnly day) => new() { ["year"] = day.Year, ["month"] = day.Month, ["day"] = day.Day };

    private static JsonObject Shape(LinkedInAdAccount account) => new()
    {
        ["id"] = long.Parse(account.Id, CultureInfo.InvariantCulture), ["name"] = account.Name, ["currency"] = account.Currency, ["status"] = account.Status, ["type"] = "BUSINESS", ["reference"] = account.Organization, ["test"] = false,
    };

    private static JsonObject Shape(LinkedInCampaign campaign) => new()
    {
        ["id"] = long.Parse(campaign.Id, CultureInfo.InvariantCulture), ["account"] = "urn:li:sponsoredAccount:" + campaign.Account, ["name"] = campaign.Name, ["status"] = campaign.Status, ["objectiveType"] = campaign.Objective, ["type"] = "SPONSORED_UPDATES",
        ["dailyBudget"] = new JsonObject { ["amount"] = campaign.DailyBudget.ToString(CultureInfo.InvariantCulture), ["currencyCode"] = "EUR" }, ["changeAuditStamps"] = new JsonObject { ["created"] = new JsonObject { ["time"] = campaign.Created } },
    };
}
