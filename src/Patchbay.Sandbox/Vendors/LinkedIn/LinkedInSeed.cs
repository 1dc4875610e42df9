using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>The people of Northwind, its company page with a few posts, and an ad account. And a café's page.</summary>
internal sealed class LinkedInSeed(LinkedInWorld world)
{
    public static string MemberId(string key) => Secrets.StableId("", "linkedin/" + key, 10);

    public void Plant()
    {
        var mara = Person("mara", "Mara", "Köhler", "mara@northwind.example", "Operations at Northwind. Pallets, people, punctuality.", 512, "IDENTITY", "WORKPLACE");
        var tom = Person("tom", "Tom", "Reyes", "tom@northwind.example", "Runs the depot at Northwind", 187, "WORKPLACE");
        var lena = Person("lena", "Lena", "Brandt", "lena@northwind.example", "Customer support at Northwind", 264);
        var ines = Person("ines", "Ines", "Duarte", "ines@harborcafe.example", "Owner of Harbor Café", 98);
        var northwind = new LinkedInOrganization("2414183", "Northwind", "northwind-delivers", "Food deliveries in the north, on time and cold where it matters.", "https://northwind.example", 1840,
            new Dictionary<string, string> { [mara.Id] = "ADMINISTRATOR", [lena.Id] = "ANALYST" });
        world.Put(northwind);
        world.Put(new LinkedInOrganization("5318402", "Harbor Café", "harbor-cafe", "Coffee by the water.", "https://harborcafe.example", 210, new Dictionary<string, string> { [ines.Id] = "ADMINISTRATOR" }));

        var store = Post(northwind.Urn, 70, "Our new cold store takes its first pallets next month. 400 places, and 30 percent less power than the old one.",
            new JsonObject { ["article"] = new JsonObject { ["source"] = "https://northwind.example/news/cold-store", ["title"] = "A cold store for the north", ["description"] = "What changes for our customers, and from when." } });
        Post(northwind.Urn, 300, "We are looking for two drivers in Hamburg. Early shift, small vans, friendly depot.");
        Post(mara.Urn, 26, "Nine years ago I packed the first crate of Northwind myself. Today we packed number one million. {hashtag|\\#|logistics}");
        Post(ines.Urn, 50, "Thank you @[Northwind](urn:li:organization:2414183) for oat milk that arrives before the first guest does.");
        foreach (var fan in (LinkedInMember[])[mara, tom, lena])
            world.Put(new LinkedInReaction(store.Urn, fan.Urn, "LIKE", store.Created + 60_000));
        world.Put(new LinkedInComment(world.NextId(), store.Urn, tom.Urn, "The depot cannot wait.", store.Created + 120_000, null));

        var account = new LinkedInAdAccount("512004881", "Northwind ads", "EUR", "ACTIVE", northwind.Urn, [mara.Id]);
        world.Put(account);
        Campaign(account, "301550021", "Drivers for Hamburg", "JOB_APPLICANT", 40, 60);
        Campaign(account, "301550022", "Cold store opening", "WEBSITE_VISIT", 65, 25);
    }

    private LinkedInMember Person(string key, string given, string family, string email, string headline, int connections, params IReadOnlyList<string> verified)
    {
        var member = new LinkedInMember(MemberId(key), given, family, email, headline, $"{key}-{family.ToLowerInvariant().Replace("ö", "oe", StringComparison.Ordinal)}", connections, verified);
        world.Put(member);
        return member;
    }

    private LinkedInPost Post(string author, int hoursAgo, string commentary, JsonObject? content = null)
    {
        var at = world.Now.AddHours(-hoursAgo).ToUnixTimeMilliseconds();
        var post = new LinkedInPost
        {
            Urn = "urn:li:share:" + world.NextId(), Author = author, Commentary = commentary, Visibility = "PUBLIC", Lifecycle = "PUBLISHED", Content = content, Created = at, Modified = at,
            Distribution = new JsonObject { ["feedDistribution"] = "MAIN_FEED", ["targetEntities"] = new JsonArray(), ["thirdPartyDistributionChannels"] = new JsonArray() },
        };
        world.Put(post);
        return post;
    }

    private void Campaign(LinkedInAdAccount account, string id, string name, string objective, int budget, int daysAgo) => world.Put(new LinkedInCampaign
    {
        Id = id, Account = account.Id, Name = name, Status = "ACTIVE", Objective = objective, DailyBudget = budget, Created = world.Now.AddDays(-daysAgo).ToUnixTimeMilliseconds(),
    });
}
