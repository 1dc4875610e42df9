namespace Patchbay.Catalog.Tests;

public sealed class AcrossConnectorsTests
{
    [Theory]
    [InlineData("slack.com", "slack.com", true)]
    [InlineData("*.slack.com", "files.slack.com", true)]
    [InlineData("files.slack.com", "*.slack.com", true)]
    [InlineData("*.slack.com", "*.files.slack.com", true)]
    [InlineData("*.files.slack.com", "*.slack.com", true)]
    [InlineData("SLACK.com", "slack.COM", true)]
    [InlineData("*.slack.com", "slack.com", false)]
    [InlineData("*.slack.com", "*.notslack.com", false)]
    [InlineData("slack.com", "slack.com.example.com", false)]
    [InlineData("a.example.com", "b.example.com", false)]
    public void Hosts_overlap_if_some_host_is_both(string one, string other, bool expected) => HostRules.Overlap(one, other).ShouldBe(expected);

    [Fact]
    public void No_two_vendors_of_the_catalog_share_a_host()
    {
        var connectors = CatalogLoader.Load(Repo.Connectors).Require().Connectors;
        foreach (var one in connectors)
            foreach (var other in connectors.Where(c => c.Vendor != one.Vendor))
                one.Hosts.Any(h => other.Hosts.Any(o => HostRules.Overlap(h, o))).ShouldBeFalse($"{one.Id} and {other.Id}");
    }
}
