namespace Patchbay.Catalog.Tests;

/// <summary>Which callback addresses a vendor takes, and that every shipped connector says how to get there.</summary>
public sealed class RedirectRulesTests
{
    private static readonly ConnectorCatalog Catalog = CatalogLoader.Load(Repo.Connectors).Require();

    private static string? Refusal(string connector, string address) =>
        Catalog.FindConnector(connector)!.OAuth.Redirect.Refusal(new Uri(address + "/oauth/callback/x"), "The vendor");

    [Theory]
    [InlineData("slack", "http://localhost:4400", "https")]
    [InlineData("slack", "https://localhost:4400", null)]
    [InlineData("slack", "http://patchbay.example.com", "https")]
    [InlineData("slack", "https://patchbay.example.com", null)]
    [InlineData("gmail", "http://localhost:4400", null)]
    [InlineData("gmail", "http://127.0.0.1:4400", null)]
    [InlineData("gmail", "http://patchbay.example.com", "https")]
    [InlineData("gmail", "https://10.0.0.7", "IP address")]
    [InlineData("gmail", "https://[2001:db8::7]", "IP address")]
    [InlineData("gmail", "https://patchbay.example.com", null)]
    [InlineData("hubspot", "http://localhost:4400", null)]
    [InlineData("tiktok", "http://localhost:4400", "localhost")]
    [InlineData("tiktok", "https://localhost", "localhost")]
    [InlineData("tiktok", "https://127.0.0.1", "localhost")]
    [InlineData("tiktok", "https://patchbay.example.com", null)]
    public void An_address_that_the_vendor_would_refuse_is_told_with_what_it_has_to_be(string connector, string address, string? said)
    {
        var refusal = Refusal(connector, address);
        if (said is null)
            refusal.ShouldBeNull();
        else
            refusal.ShouldNotBeNull().ShouldContain(said);
    }

    [Fact]
    public void Every_connector_of_the_product_says_how_to_get_a_client_and_all_of_a_vendors_take_the_same_addresses()
    {
        string[] product = ["gmail", "googlecalendar", "googledocs", "googlesheets", "googleslides", "googledrive", "googlebigquery", "slack", "notion", "salesforce", "hubspot", "linkedin", "tiktok"];
        foreach (var connector in product.Select(id => Catalog.FindConnector(id)!))
        {
            connector.OAuth.Setup.Count.ShouldBeGreaterThan(3, connector.Id);
            connector.OAuth.Setup.ShouldContain(s => s.Contains("callback address", StringComparison.Ordinal), connector.Id);
            connector.OAuth.Setup.ShouldContain(s => s.Contains("https://", StringComparison.Ordinal) || s.Contains("/lightning/setup/", StringComparison.Ordinal), $"{connector.Id} names the vendor's console");
            // The callback address is the vendor's, so its rules are too.
            connector.OAuth.Redirect.ShouldBe(Catalog.Connectors.First(c => c.Vendor == connector.Vendor).OAuth.Redirect);
        }
    }
}
