namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>An organisation: production, or a copy of it to try things in.</summary>
/// <param name="Id">18 characters.</param>
/// <param name="Name">For people.</param>
/// <param name="Instance">The host its API answers at.</param>
/// <param name="Login">Where its people sign in.</param>
/// <param name="IsSandbox">A Salesforce sandbox: not this sandbox.</param>
internal sealed record SalesforceOrg(string Id, string Name, string Instance, string Login, bool IsSandbox);

internal static class SalesforceOrgs
{
    public const string LoginHost = "login.salesforce.com", TestHost = "test.salesforce.com", InstanceHosts = "*.my.salesforce.com";

    public static readonly SalesforceOrg Production = new(SalesforceIds.Of("00D", 1), "Northwind", "northwind.my.salesforce.com", LoginHost, false);
    public static readonly SalesforceOrg Sandbox = new(SalesforceIds.Of("00D", 2), "Northwind UAT", "northwind--uat.sandbox.my.salesforce.com", TestHost, true);
    public static readonly IReadOnlyList<SalesforceOrg> All = [Production, Sandbox];

    public static SalesforceOrg? Find(string? id) => All.FirstOrDefault(org => org.Id == id);

    /// <summary>Whose people sign in at a host.</summary>
    public static SalesforceOrg AtHost(string host) =>
        host == TestHost || host.Contains(".sandbox.", StringComparison.Ordinal) ? Sandbox : Production;

    /// <summary>
    /// Whether an organisation answers API calls at a host. Any name of its kind will do: an app may have the name of
    /// its own organisation written into it, and this world cannot know that name.
    /// </summary>
    public static bool AnswersAt(SalesforceOrg org, string host) => host is not (LoginHost or TestHost) && AtHost(host) == org;
}
