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

    [Fact]
    public async Task Notions_own_client_connects_makes_a_table_queries_pages_and_understands_errors()
    {
        var found = await VendorClient.RunAsync("notion.mjs", "notion");

        (found.Text("bot"), found.Text("updated")).ShouldBe(("bot", "50"));
        found.At("left")!.AsArray().Select(left => left!.ToString()).ShouldBe(["5", "4", "3", "2", "1"]);
        found.At("open")!.AsArray().Select(name => name!.ToString()).ShouldBe(["Item 3", "Item 5"]);
        (found.Text("missing"), found.Text("wrong"), found.Text("dead")).ShouldBe(("object_not_found", "validation_error", "unauthorized"));
        (found.Text("denied"), found.Text("revoked")).ShouldBe(("access_denied", "unauthorized"));
    }
}
