using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>Who the member is, and how many they know.</summary>
internal sealed class ProfileMethods(LinkedInWorld world) : ILinkedInMethods
{
    public IReadOnlyList<LinkedInMethod> Methods =>
    [
        new("GET", LinkedInMethod.Old, "/userinfo", "userinfo.GET", [], UserInfo),
        new("GET", LinkedInMethod.Both, "/me", "me.GET", ["r_basicprofile"], call => LinkedInAnswer.Ok(Project(LinkedInProfile.Me(call.Member), call))),
        new("GET", LinkedInMethod.Rest, "/identityMe", "identityMe.GET", ["r_profile_basicinfo"], call => LinkedInAnswer.Ok(LinkedInProfile.IdentityMe(call.Member))),
        new("GET", LinkedInMethod.Rest, "/verificationReport", "verificationReport.GET", ["r_verify"], Verification),
        new("GET", LinkedInMethod.Both, "/connections/{urn}", "connections.GET", ["r_1st_connections_size"], Connections),
        new("GET", LinkedInMethod.Both, "/connections", "connections.FINDER-viewer", ["r_1st_connections_size"], ConnectionsFinder),
    ];

    private static LinkedInAnswer UserInfo(LinkedInCall call)
    {
        if (!call.Has("openid") || !call.Has("profile"))
            throw LinkedInRefusal.Forbidden(call.Resource);
        return LinkedInAnswer.Ok(LinkedInProfile.UserInfo(call.Member, call.Scopes));
    }

    private static LinkedInAnswer Verification(LinkedInCall call)
    {
        var body = new JsonObject { ["id"] = call.Member.Id, ["verifications"] = Json.Array(call.Member.Verified) };
        if (call.Member.Verified.Count < 2)
            body["verificationUrl"] = $"https://www.linkedin.com/trust/verification?member={call.Member.Id}";
        return LinkedInAnswer.Ok(body);
    }

    private LinkedInAnswer Connections(LinkedInCall call)
    {
        var asked = world.MemberOf(call.Route("urn"));
        return asked?.Id == call.Member.Id ? LinkedInAnswer.Ok(new JsonObject { ["firstDegreeSize"] = asked.Connections }) : throw LinkedInRefusal.Forbidden(call.Resource);
    }

    /// <summary>Who they are is another permission, which LinkedIn no longer gives; how many is told by the paging.</summary>
    private static LinkedInAnswer ConnectionsFinder(LinkedInCall call)
    {
        if (call.Text("q") is not "viewer")
            throw LinkedInRefusal.BadQuery("Query parameter q must be viewer");
        var (start, count) = call.Paging();
        return LinkedInAnswer.Ok(new JsonObject
        {
            ["paging"] = new JsonObject { ["start"] = start, ["count"] = count, ["links"] = new JsonArray(), ["total"] = call.Member.Connections },
            ["elements"] = new JsonArray(),
            ["firstDegreeSize"] = call.Member.Connections,
        });
    }

    /// <summary>projection=(id,localizedFirstName): top-level names only.</summary>
    public static JsonObject Project(JsonObject body, LinkedInCall call)
    {
        if (call.Context.Request.Query["projection"].ToString() is not ['(', .., ')'] projection)
            return body;
        var depth = 0;
        var name = "";
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var c in projection[1..^1] + ",")
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (c == ',' && depth == 0)
            {
                wanted.Add(name.Trim());
                name = "";
            }
            else if (depth == 0 && c is not (')' or '*' or '~' or ':' or '('))
            {
                name += c;
            }
        }

        foreach (var member in body.Select(member => member.Key).Where(member => !wanted.Contains(member)).ToList())
            body.Remove(member);
        return body;
    }
}
