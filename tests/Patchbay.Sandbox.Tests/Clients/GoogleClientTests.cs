using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Clients;

/// <summary>Google's own client with the products whose documents and calendars the sandbox keeps.</summary>
public sealed class GoogleClientTests
{
    [Fact]
    public async Task Googles_own_client_writes_reads_and_pages_a_calendar_and_understands_errors()
    {
        var found = await VendorClient.RunAsync("calendar.mjs", "google");

        found.ShouldHold("found", "patched", "busy", "instances", "deleted", "calendars");
        (found.Text("missing"), found.Text("empty"), found.Text("refused")).ShouldBe(("404", "400", "403"));
    }

    [Fact]
    public async Task Googles_own_client_uploads_finds_shares_and_deletes_files_and_understands_errors()
    {
        var found = await VendorClient.RunAsync("drive.mjs", "google");

        found.ShouldHold("found", "masked", "parents", "shared");
        (found.Text("body"), found.Text("changed")).ShouldBe(("body 3", "changed"));
        (found.Text("missing"), found.Text("badQuery"), found.Text("unseen"), found.Text("refused")).ShouldBe(("404", "400", "404", "403"));
        found.Text("about").ShouldContain("@");
    }

    [Fact]
    public async Task Googles_own_client_appends_and_reads_a_sheet_and_understands_errors()
    {
        var found = await VendorClient.RunAsync("sheets.mjs", "google");

        found.Text("appended").ShouldBe("Items!A4:C4");
        found.At("read.3")!.ToJsonString().ShouldBe("[\"Sum\",6,30]");
        found.At("batch")!.ToJsonString().ShouldBe("[[[\"Hinge\"]],[[\"4\",\"2.5\"]]]");
        found.At("titles")!.ToJsonString().ShouldBe("[\"Items\",\"More\"]");
        (found.Text("reads"), found.Text("missing"), found.Text("badRange"), found.Text("refused")).ShouldBe(("Item", "404", "400", "403"));
    }
}
