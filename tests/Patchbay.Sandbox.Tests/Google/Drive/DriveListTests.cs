using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

public sealed class DriveListTests
{
    [Fact]
    public async Task Queries_find_by_every_term_apps_use()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var folder = await sandbox.CreateFileAsync(token, "Reports", DriveApp.Folder);
        await sandbox.UploadTextAsync(token, "Valentine's report_2026.txt", "The quick brown fox", parent: folder);
        sandbox.Time.Advance(TimeSpan.FromMinutes(30));
        var second = await sandbox.DriveAsync(token, HttpMethod.Post, "/files", new JsonObject
        {
            ["name"] = "HelloWorld.png", ["mimeType"] = "image/png", ["starred"] = true, ["properties"] = new JsonObject { ["k"] = "v" }, ["appProperties"] = new JsonObject { ["run"] = "7" },
        });

        await FoundAsync("name = 'helloworld.png'", "HelloWorld.png");
        await FoundAsync("name contains 'hello'", "HelloWorld.png");
        await FoundAsync("name contains 'World'");
        await FoundAsync("name contains '2026'", "Valentine's report_2026.txt");
        await FoundAsync(@"name contains 'Valentine\'s'", "Valentine's report_2026.txt");
        await FoundAsync("name != 'Reports' and mimeType != 'image/png'", "Valentine's report_2026.txt");
        await FoundAsync("mimeType='application/vnd.google-apps.folder' and trashed=false", "Reports");
        await FoundAsync("mimeType contains 'image/'", "HelloWorld.png");
        await FoundAsync($"'{folder}' in parents", "Valentine's report_2026.txt");
        await FoundAsync("'root' in parents and not mimeType = 'image/png'", "Reports");
        await FoundAsync("modifiedTime > '2026-06-19T10:00:00'", "HelloWorld.png");
        await FoundAsync("createdTime <= '2026-06-19T11:45:00+02:00' and not name = 'Reports'", "Valentine's report_2026.txt");
        await FoundAsync("modifiedTime >= '2026-06-20'");
        await FoundAsync("starred = true", "HelloWorld.png");
        await FoundAsync("fullText contains 'brown'", "Valentine's report_2026.txt");
        await FoundAsync("fullText contains 'fox quick'", "Valentine's report_2026.txt");
        await FoundAsync("fullText contains '\"quick brown\"'", "Valentine's report_2026.txt");
        await FoundAsync("fullText contains '\"quick fox\"'");
        await FoundAsync("fullText contains 'brow'");
        await FoundAsync("properties has { key='k' and value='v' }", "HelloWorld.png");
        await FoundAsync("appProperties has { key='run' and value='7' }", "HelloWorld.png");
        await FoundAsync("'me' in owners and visibility = 'limited' and starred != false", "HelloWorld.png");
        await FoundAsync("'lena@northwind.example' in writers");
        await FoundAsync("(name = 'Reports' or name = 'HelloWorld.png') and mimeType contains 'image/'", "HelloWorld.png");
        // From left to right, without precedence: (png or folder) and starred.
        await FoundAsync("name = 'HelloWorld.png' or name = 'Reports' and starred = true", "HelloWorld.png");
        await FoundAsync("sharedWithMe");
        second.Text("name").ShouldBe("HelloWorld.png");

        async Task FoundAsync(string query, params string[] names) => (await sandbox.FindAsync(token, query)).ShouldBe(names, ignoreOrder: true, query);
    }

    [Theory]
    [InlineData("name = ")]
    [InlineData("name = 'a")]
    [InlineData("title = 'a'")]
    [InlineData("name like 'a'")]
    [InlineData("name = 'a' and")]
    [InlineData("(name = 'a'")]
    [InlineData("trashed = 'yes'")]
    [InlineData("modifiedTime > 'yesterday'")]
    [InlineData("'a' in children")]
    [InlineData("name = 'a' name = 'b'")]
    [InlineData("properties has { key='k' }")]
    public async Task A_query_drive_does_not_understand_is_an_invalid_value(string query)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);

        var refused = await sandbox.DriveAsync(token, HttpMethod.Get, "/files?q=" + Uri.EscapeDataString(query), status: 400);

        refused.Text("error.message").ShouldBe("Invalid Value");
        refused.Text("error.errors.0.location").ShouldBe("q");
    }

    [Fact]
    public async Task Pages_hold_everything_once_in_the_order_asked_for()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        foreach (var number in (int[])[10, 9, 1, 2, 11])
            await sandbox.CreateFileAsync(token, $"file {number}");
        await sandbox.CreateFileAsync(token, "z folder", DriveApp.Folder);

        var names = new List<string>();
        var page = "";
        do
        {
            var list = await sandbox.DriveAsync(token, HttpMethod.Get, $"/files?pageSize=2&orderBy=folder,name_natural%20desc&pageToken={Uri.EscapeDataString(page)}");
            names.AddRange(list.At("files")!.AsArray().Select(file => file.Text("name")));
            page = list.Text("nextPageToken");
            list.At("files")!.AsArray().Count.ShouldBe(2);
        }
        while (page.Length > 0);

        names.ShouldBe(["z folder", "file 11", "file 10", "file 9", "file 2", "file 1"]);
        (await sandbox.FindAsync(token, "name contains 'file'", "&orderBy=name")).ShouldBe(["file 1", "file 10", "file 11", "file 2", "file 9"]);
        (await sandbox.DriveAsync(token, HttpMethod.Get, "/files?orderBy=size", status: 400)).Text("error.errors.0.location").ShouldBe("orderBy");
        (await sandbox.DriveAsync(token, HttpMethod.Get, "/files?orderBy=name&q=" + Uri.EscapeDataString("fullText contains 'a'"), status: 403)).Text("error.message").ShouldStartWith("Sorting is not supported");
        var token1 = (await sandbox.DriveAsync(token, HttpMethod.Get, "/files?pageSize=1")).Text("nextPageToken");
        await sandbox.DriveAsync(token, HttpMethod.Get, $"/files?pageToken={Uri.EscapeDataString(token1)}&q=" + Uri.EscapeDataString("trashed = false"), status: 400);
    }

    [Fact]
    public async Task Changes_tell_what_was_made_changed_and_removed_since_a_token()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var old = await sandbox.CreateFileAsync(token, "old");
        var start = (await sandbox.DriveAsync(token, HttpMethod.Get, "/changes/startPageToken")).Text("startPageToken");
        (await sandbox.DriveAsync(token, HttpMethod.Get, $"/changes?pageToken={start}")).At("changes")!.AsArray().ShouldBeEmpty();

        var made = await sandbox.CreateFileAsync(token, "new");
        await sandbox.DriveAsync(token, HttpMethod.Patch, $"/files/{made}", new JsonObject { ["name"] = "newer" });
        await sandbox.DriveAsync(token, HttpMethod.Delete, $"/files/{old}", status: 204);

        var changes = await sandbox.DriveAsync(token, HttpMethod.Get, $"/changes?pageToken={start}");
        changes.At("changes")!.AsArray().Select(change => (change.Text("fileId"), change.Text("removed"), change.Text("file.name"))).ShouldBe([(made, "false", "newer"), (old, "true", "")]);
        var first = await sandbox.DriveAsync(token, HttpMethod.Get, $"/changes?pageToken={start}&pageSize=1&fields=nextPageToken,newStartPageToken,changes(fileId)");
        first.At("newStartPageToken").ShouldBeNull();
        var rest = await sandbox.DriveAsync(token, HttpMethod.Get, $"/changes?pageToken={first.Text("nextPageToken")}&pageSize=1");
        rest.Text("changes.0.fileId").ShouldBe(old);
        (await sandbox.DriveAsync(token, HttpMethod.Get, $"/changes?pageToken={rest.Text("newStartPageToken")}")).At("changes")!.AsArray().ShouldBeEmpty();
        await sandbox.DriveAsync(token, HttpMethod.Get, "/changes?pageToken=x", status: 400);
        await sandbox.DriveAsync(token, HttpMethod.Get, "/changes", status: 400);
    }
}
