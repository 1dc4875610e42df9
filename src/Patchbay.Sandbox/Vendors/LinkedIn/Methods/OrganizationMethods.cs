using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>Company pages, who has which role there, and their figures.</summary>
internal sealed class OrganizationMethods(LinkedInWorld world) : ILinkedInMethods
{
    private static readonly string[] Admin = ["r_organization_admin"];

    public IReadOnlyList<LinkedInMethod> Methods =>
    [
        new("GET", LinkedInMethod.Both, "/organizations/{id}", "organizations.GET", Admin, Get),
        new("GET", LinkedInMethod.Both, "/organizations", "organizations.FINDER-vanityName", Admin, Find),
        new("GET", LinkedInMethod.Both, "/organizationAcls", "organizationAcls.FINDER-roleAssignee", Admin, Roles),
        new("GET", LinkedInMethod.Both, "/organizationalEntityAcls", "organizationalEntityAcls.FINDER-roleAssignee", Admin, Roles),
        new("GET", LinkedInMethod.Both, "/networkSizes/{urn}", "networkSizes.GET", Admin, NetworkSize),
        new("GET", LinkedInMethod.Both, "/organizationalEntityFollowerStatistics", "organizationalEntityFollowerStatistics.FINDER-organizationalEntity", Admin, Followers),
        new("GET", LinkedInMethod.Both, "/organizationalEntityShareStatistics", "organizationalEntityShareStatistics.FINDER-organizationalEntity", Admin, Shares),
        new("GET", LinkedInMethod.Both, "/organizationPageStatistics", "organizationPageStatistics.FINDER-organization", Admin, Views),
    ];

    private LinkedInAnswer Get(LinkedInCall call)
    {
        var organization = world.Organization(call.Route("id")) ?? throw LinkedInRefusal.NotFound("The organization could not be found");
        return LinkedInAnswer.Ok(ProfileMethods.Project(Shape(organization, whole: organization.Admins.ContainsKey(call.Member.Id)), call));
    }

    private LinkedInAnswer Find(LinkedInCall call)
    {
        if (call.Text("q") is not "vanityName" || call.Text("vanityName") is not { } vanity)
            throw LinkedInRefusal.BadQuery("Query parameters q=vanityName and vanityName are required");
        return LinkedInAnswer.Ok(call.List([.. world.Organizations().Where(organization => organization.Vanity == vanity)], organization => Shape(organization, organization.Admins.ContainsKey(call.Member.Id))));
    }

    /// <summary>Pages on which the member has a role; role and state narrow it down, organization~ brings the page along.</summary>
    private LinkedInAnswer Roles(LinkedInCall call)
    {
        if (call.Text("q") is not "roleAssignee")
            throw LinkedInRefusal.BadQuery("Query parameter q must be roleAssignee");
        var target = call.Resource.StartsWith("organizationalEntityAcls", StringComparison.Ordinal) ? "organizationalTarget" : "organization";
        var projection = call.Context.Request.Query["projection"].ToString();
        var decorated = projection.Contains('~', StringComparison.Ordinal);
        var roles = world.Organizations().Where(organization => organization.Admins.ContainsKey(call.Member.Id)).Select(organization => (organization, Role: organization.Admins[call.Member.Id]))
            .Where(entry => call.Text("role") is not { } role || role == entry.Role).Where(_ => call.Text("state") is null or "APPROVED").ToList();
        return LinkedInAnswer.Ok(call.List(roles, entry =>
        {
            var shape = new JsonObject { ["role"] = entry.Role, ["roleAssignee"] = call.Member.Urn, ["state"] = "APPROVED", [target] = entry.organization.Urn };
            if (target != "organizationalTarget")
                shape["organizationTarget"] = entry.organization.Urn;
            if (decorated)
                shape[target + "~"] = Shape(entry.organization, whole: false);
            return shape;
        }));
    }

    private LinkedInAnswer NetworkSize(LinkedInCall call)
    {
        if (call.Text("edgeType") is not ("COMPANY_FOLLOWED_BY_MEMBER" or "CompanyFollowedByMember"))
            throw LinkedInRefusal.BadQuery("Query parameter edgeType must be COMPANY_FOLLOWED_BY_MEMBER");
        var organization = world.OrganizationOf(call.Route("urn")) ?? throw LinkedInRefusal.NotFound("The organization could not be found");
        return LinkedInAnswer.Ok(new JsonObject { ["firstDegreeSize"] = organization.Followers });
    }

    private LinkedInAnswer Followers(LinkedInCall call)
    {
        var organization = Asked(call, "organizationalEntity");
        var body = new JsonObject { ["organizationalEntity"] = organization.Urn };
        if (Interval(call) is { } range)
        {
            body["timeRange"] = range;
            body["followerGains"] = new JsonObject { ["organicFollowerGain"] = organization.Followers / 100, ["paidFollowerGain"] = 0 };
        }
        else
        {
            // Shares of the whole: the sums are the page's own follower count.
            body["followerCountsByAssociationType"] = new JsonArray(new JsonObject { ["associationType"] = "EMPLOYEE", ["followerCounts"] = Counts(organization.Admins.Count) });
            body["followerCountsBySeniority"] = new JsonArray(Part("seniority", "urn:li:seniority:3", organization.Followers / 2), Part("seniority", "urn:li:seniority:5", organization.Followers - (organization.Followers / 2)));
            body["followerCountsByIndustry"] = new JsonArray(Part("industry", "urn:li:industry:116", organization.Followers));
            body["followerCountsByGeoCountry"] = new JsonArray(Part("geo", "urn:li:geo:101282230", organization.Followers));
        }

        return LinkedInAnswer.Ok(call.List([body], shape => shape.DeepClone()));

        static JsonObject Counts(int organic) => new() { ["organicFollowerCount"] = organic, ["paidFollowerCount"] = 0 };
        static JsonObject Part(string name, string urn, int organic) => new() { [name] = urn, ["followerCounts"] = Counts(organic) };
    }

    /// <summary>What people did to the page's posts, counted from the posts themselves.</summary>
    private LinkedInAnswer Shares(LinkedInCall call)
    {
        var organization = Asked(call, "organizationalEntity");
        var posts = world.Posts(organization.Urn).Where(post => post.Lifecycle == "PUBLISHED").ToList();
        var (likes, comments) = (posts.Sum(post => world.Reactions(post.Urn).Count), posts.Sum(post => world.Comments(post.Urn).Count));
        var views = posts.Count * organization.Followers / 4;
        var body = new JsonObject
        {
            ["organizationalEntity"] = organization.Urn,
            ["totalShareStatistics"] = new JsonObject
            {
                ["shareCount"] = posts.Count(post => post.Reshare is not null), ["likeCount"] = likes, ["commentCount"] = comments, ["clickCount"] = views / 20,
                ["impressionCount"] = views, ["uniqueImpressionsCount"] = views * 3 / 4, ["engagement"] = views == 0 ? 0 : Math.Round((likes + comments + (views / 20)) / (double)views, 4),
            },
        };
        if (Interval(call) is { } range)
            body["timeRange"] = range;
        return LinkedInAnswer.Ok(call.List([body], shape => shape.DeepClone()));
    }

    private LinkedInAnswer Views(LinkedInCall call)
    {
        var organization = Asked(call, "organization");
        return LinkedInAnswer.Ok(call.List([organization], page => new JsonObject
        {
            ["organization"] = page.Urn,
            ["totalPageStatistics"] = new JsonObject { ["views"] = new JsonObject { ["allPageViews"] = new JsonObject { ["pageViews"] = page.Followers * 3 }, ["overviewPageViews"] = new JsonObject { ["pageViews"] = page.Followers * 2 } } },
        }));
    }

    private LinkedInOrganization Asked(LinkedInCall call, string name)
    {
        if (call.Text("q") != name)
            throw LinkedInRefusal.BadQuery($"Query parameter q must be {name}");
        return Authors.Managed(world, call, call.Text(name));
    }

    private static JsonNode? Interval(LinkedInCall call) => (call.Value("timeIntervals") as JsonObject)?["timeRange"]?.DeepClone();

    private static JsonObject Shape(LinkedInOrganization organization, bool whole)
    {
        var shape = new JsonObject
        {
            ["id"] = long.Parse(organization.Id, System.Globalization.CultureInfo.InvariantCulture),
            ["localizedName"] = organization.Name,
            ["vanityName"] = organization.Vanity,
            ["localizedWebsite"] = organization.Website,
            ["primaryOrganizationType"] = "NONE",
            ["locations"] = new JsonArray(),
        };
        if (whole)
        {
            shape["$URN"] = organization.Urn;
            shape["localizedDescription"] = organization.Tagline;
            shape["name"] = new JsonObject { ["localized"] = new JsonObject { ["en_US"] = organization.Name }, ["preferredLocale"] = new JsonObject { ["country"] = "US", ["language"] = "en" } };
            shape["versionTag"] = "1";
        }

        return shape;
    }
}
