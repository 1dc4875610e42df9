namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>In whose name a token may write, and whose posts it may read.</summary>
internal static class Authors
{
    private static readonly string[] Writers = ["ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"];

    /// <summary>The member with w_member_social, a company the member may write for with w_organization_social.</summary>
    public static string Demand(LinkedInWorld world, LinkedInCall call, string urn, string field)
    {
        if (world.OrganizationOf(urn) is { } organization)
        {
            call.Demand("w_organization_social");
            return organization.Admins.TryGetValue(call.Member.Id, out var role) && Writers.Contains(role) ? urn : throw LinkedInRefusal.NotYours(field);
        }

        call.Demand("w_member_social");
        return world.MemberOf(urn)?.Id == call.Member.Id ? call.Member.Urn : throw LinkedInRefusal.NotYours(field);
    }

    /// <summary>Posts of a company need r_organization_social and a role there; those of members are not given out.</summary>
    public static void DemandReading(LinkedInWorld world, LinkedInCall call, string author)
    {
        call.Demand("r_organization_social");
        if (world.OrganizationOf(author) is not { } organization || !organization.Admins.ContainsKey(call.Member.Id))
            throw author.Length == 0 || world.OrganizationOf(author) is null && !author.StartsWith("urn:li:person:", StringComparison.Ordinal)
                ? LinkedInRefusal.NotFound("The post or its author could not be found")
                : LinkedInRefusal.Forbidden(call.Resource);
    }

    /// <summary>A company that the member manages or may look into.</summary>
    public static LinkedInOrganization Managed(LinkedInWorld world, LinkedInCall call, string? urn)
    {
        var organization = world.OrganizationOf(urn) ?? throw LinkedInRefusal.NotFound($"Organization {urn} could not be found");
        return organization.Admins.ContainsKey(call.Member.Id) ? organization : throw LinkedInRefusal.Forbidden(call.Resource);
    }
}
