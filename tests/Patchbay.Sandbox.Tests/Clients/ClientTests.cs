using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Clients;

/// <summary>OAuth, a write, a read, paging and an error with the clients that the vendors publish.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Slacks_own_client_connects_writes_reads_pages_and_understands_errors()
    {
        var found = await VendorClient.RunAsync("slack.mjs", "slack");

        found.ShouldHold("team", "bot", "listed", "distinct");
        found.At("read")!.AsArray().Count.ShouldBe(7);
        (found.At("refused").Text("error"), found.At("refused").Text("needed")).ShouldBe(("missing_scope", "channels:read"));
        (found.Text("denied"), found.Text("missing"), found.Text("dead")).ShouldBe(("access_denied", "channel_not_found", "invalid_auth"));
    }

    [Fact]
    public async Task Googles_own_client_does_so_with_Gmail()
    {
        var found = await VendorClient.RunAsync("gmail.mjs", "google");

        found.ShouldHold("found", "subject", "starred", "draft", "refreshed");
        (found.Text("text"), found.Text("scope"), found.Text("denied")).ShouldBe(("Grüße", "3", "access_denied"));
        (found.Text("missing"), found.Text("revoked"), found.At("refused").Text("status"), found.At("refused").Text("reason")).ShouldBe(("404", "401", "403", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"));
        found.Text("email").ShouldContain("@");
    }
}
