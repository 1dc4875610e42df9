using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

public sealed class DriveSharingTests
{
    [Fact]
    public async Task What_is_shared_is_seen_and_a_reader_changes_nothing_until_it_may()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectGoogleAsync(DriveApp.Full);
        var tom = await sandbox.ConnectGoogleAsync(DriveApp.Full, "tom@");
        var file = (await sandbox.UploadTextAsync(mara, "shared.txt", "for Tom")).Text("id");
        await sandbox.DriveAsync(tom, HttpMethod.Get, $"/files/{file}", status: 404);

        var permission = await sandbox.DriveAsync(mara, HttpMethod.Post, $"/files/{file}/permissions?sendNotificationEmail=false&fields=id,emailAddress,role",
            new JsonObject { ["type"] = "user", ["role"] = "reader", ["emailAddress"] = "tom@northwind.example" });

        permission.Text("emailAddress").ShouldBe("tom@northwind.example");
        (await sandbox.FindAsync(tom, "sharedWithMe = true and name = 'shared.txt'")).ShouldBe(["shared.txt"]);
        (await sandbox.DownloadAsync(tom, $"/files/{file}?alt=media")).ShouldBe("for Tom");
        (await sandbox.DriveAsync(tom, HttpMethod.Patch, $"/files/{file}", new JsonObject { ["name"] = "x" }, 403)).Text("error.errors.0.reason").ShouldBe("insufficientFilePermissions");
        await sandbox.DriveAsync(tom, HttpMethod.Get, $"/files/{file}/permissions", status: 403);
        var start = (await sandbox.DriveAsync(tom, HttpMethod.Get, "/changes/startPageToken")).Text("startPageToken");

        await sandbox.DriveAsync(mara, HttpMethod.Patch, $"/files/{file}/permissions/{permission.Text("id")}", new JsonObject { ["role"] = "writer" });
        await sandbox.DriveAsync(tom, HttpMethod.Patch, $"/files/{file}", new JsonObject { ["name"] = "changed.txt" });
        var seen = await sandbox.DriveAsync(tom, HttpMethod.Get, $"/files/{file}?fields=ownedByMe,shared,permissions,lastModifyingUser/emailAddress,sharingUser/emailAddress");
        (seen.Text("ownedByMe"), seen.Text("shared"), seen.Text("lastModifyingUser.emailAddress"), seen.Text("sharingUser.emailAddress")).ShouldBe(("false", "true", "tom@northwind.example", "mara@northwind.example"));
        seen.At("permissions")!.AsArray().Count.ShouldBe(2);
        await sandbox.DriveAsync(tom, HttpMethod.Delete, $"/files/{file}", status: 403);

        await sandbox.DriveAsync(mara, HttpMethod.Delete, $"/files/{file}/permissions/{permission.Text("id")}", status: 204);
        await sandbox.DriveAsync(tom, HttpMethod.Get, $"/files/{file}", status: 404);
        (await sandbox.DriveAsync(tom, HttpMethod.Get, $"/changes?pageToken={start}")).Text("changes.0.removed").ShouldBe("true");
    }

    [Fact]
    public async Task A_folder_gives_its_sharing_to_what_is_below()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectGoogleAsync(DriveApp.Full);
        var tom = await sandbox.ConnectGoogleAsync(DriveApp.Full, "tom@");
        var folder = await sandbox.CreateFileAsync(mara, "Team", DriveApp.Folder);
        var file = await sandbox.CreateFileAsync(mara, "below", parent: folder);
        await sandbox.DriveAsync(tom, HttpMethod.Post, "/files", new JsonObject { ["name"] = "x", ["parents"] = new JsonArray(folder) }, 404);

        var permission = (await sandbox.DriveAsync(mara, HttpMethod.Post, $"/files/{folder}/permissions", new JsonObject { ["type"] = "user", ["role"] = "writer", ["emailAddress"] = "tom@northwind.example" })).Text("id");

        (await sandbox.DriveAsync(tom, HttpMethod.Get, $"/files/{file}?fields=capabilities/canEdit")).Text("capabilities.canEdit").ShouldBe("true");
        var own = await sandbox.CreateFileAsync(tom, "by Tom", parent: folder);
        (await sandbox.DriveAsync(mara, HttpMethod.Patch, $"/files/{own}?fields=ownedByMe", new JsonObject { ["description"] = "seen" })).Text("ownedByMe").ShouldBe("false");
        (await sandbox.DriveAsync(mara, HttpMethod.Delete, $"/files/{file}/permissions/{permission}", status: 403)).Text("error.errors.0.reason").ShouldBe("cannotModifyInheritedPermission");
    }

    [Fact]
    public async Task A_link_opens_a_file_to_everybody_without_listing_it()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectGoogleAsync(DriveApp.Full);
        var tom = await sandbox.ConnectGoogleAsync(DriveApp.Full, "tom@");
        var file = await sandbox.CreateFileAsync(mara, "linked");

        (await sandbox.DriveAsync(mara, HttpMethod.Post, $"/files/{file}/permissions", new JsonObject { ["type"] = "anyone", ["role"] = "reader" })).Text("id").ShouldBe("anyoneWithLink");

        (await sandbox.DriveAsync(tom, HttpMethod.Get, $"/files/{file}")).Text("name").ShouldBe("linked");
        (await sandbox.FindAsync(tom, "name = 'linked'")).ShouldBeEmpty();
        (await sandbox.FindAsync(mara, "visibility = 'anyoneWithLink'")).ShouldContain("linked");
        await sandbox.DriveAsync(mara, HttpMethod.Post, $"/files/{file}/permissions", new JsonObject { ["type"] = "domain", ["role"] = "writer", ["domain"] = "northwind.example", ["allowFileDiscovery"] = true });
        (await sandbox.FindAsync(tom, "name = 'linked'")).ShouldBe(["linked"]);
        (await sandbox.DriveAsync(mara, HttpMethod.Get, $"/files/{file}/permissions")).At("permissions")!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Ownership_goes_to_another_only_when_that_is_said()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectGoogleAsync(DriveApp.Full);
        var file = await sandbox.CreateFileAsync(mara, "handed over");
        var body = new JsonObject { ["type"] = "user", ["role"] = "owner", ["emailAddress"] = "lena@northwind.example" };

        await sandbox.DriveAsync(mara, HttpMethod.Post, $"/files/{file}/permissions", body.DeepClone(), 403);
        await sandbox.DriveAsync(mara, HttpMethod.Post, $"/files/{file}/permissions?transferOwnership=true", body.DeepClone());

        (await sandbox.DriveAsync(mara, HttpMethod.Get, $"/files/{file}?fields=owners/emailAddress")).Text("owners.0.emailAddress").ShouldBe("lena@northwind.example");
        await sandbox.DriveAsync(mara, HttpMethod.Delete, $"/files/{file}", status: 403);
    }

    [Theory]
    [InlineData("""{"role":"reader"}""", 400, "required")]
    [InlineData("""{"type":"user"}""", 400, "required")]
    [InlineData("""{"type":"user","role":"reader"}""", 400, "invalidSharingRequest")]
    [InlineData("""{"type":"user","role":"reader","emailAddress":"no address"}""", 400, "invalidSharingRequest")]
    [InlineData("""{"type":"robot","role":"reader"}""", 400, "invalid")]
    [InlineData("""{"type":"anyone","role":"king"}""", 400, "invalid")]
    public async Task A_sharing_that_makes_no_sense_is_refused(string body, int status, string reason)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var file = await sandbox.CreateFileAsync(token, "a");

        (await sandbox.DriveAsync(token, HttpMethod.Post, $"/files/{file}/permissions", JsonNode.Parse(body), status)).Text("error.errors.0.reason").ShouldBe(reason);
        (await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{file}/permissions/none", status: 404)).Text("error.message").ShouldBe("Permission not found: none.");
    }

    [Fact]
    public async Task A_person_is_told_by_mail_unless_the_app_says_not_to()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var body = new JsonObject { ["type"] = "user", ["role"] = "reader", ["emailAddress"] = "tom@northwind.example" };
        var loud = await sandbox.CreateFileAsync(token, "Preise für Köln\r\nBcc: x@y.example");
        var quiet = await sandbox.CreateFileAsync(token, "quiet");

        await sandbox.DriveAsync(token, HttpMethod.Post, $"/files/{loud}/permissions?emailMessage=Please%20look", body.DeepClone());
        await sandbox.DriveAsync(token, HttpMethod.Post, $"/files/{quiet}/permissions?sendNotificationEmail=false", body.DeepClone());

        var mails = (await sandbox.ControlAsync("gmail/messages?account=tom@northwind.example")).AsArray();
        mails[0].Text("subject").ShouldStartWith("Preise für Köln");
        mails[0].Text("text").ShouldContain("Please look");
        mails[0].Text("to").ShouldBe("tom@northwind.example");
        mails.ShouldNotContain(mail => mail.Text("subject").StartsWith("quiet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_is_made_once_and_stopped_by_its_two_ids()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var start = (await sandbox.DriveAsync(token, HttpMethod.Get, "/changes/startPageToken")).Text("startPageToken");
        var body = new JsonObject { ["id"] = "channel-1", ["type"] = "web_hook", ["address"] = "https://app.example/hook", ["token"] = "t" };

        var channel = await sandbox.DriveAsync(token, HttpMethod.Post, $"/changes/watch?pageToken={start}", body.DeepClone());

        (channel.Text("kind"), channel.Text("id"), channel.Text("token")).ShouldBe(("api#channel", "channel-1", "t"));
        await sandbox.DriveAsync(token, HttpMethod.Post, $"/changes/watch?pageToken={start}", body.DeepClone(), 400);
        (await sandbox.DriveAsync(token, HttpMethod.Post, $"/changes/watch?pageToken={start}", new JsonObject { ["id"] = "2", ["type"] = "web_hook", ["address"] = "http://app.example" }, 400)).Text("error.errors.0.reason").ShouldBe("push.webhookUrlNotHttps");
        await sandbox.DriveAsync(token, HttpMethod.Post, "/channels/stop", new JsonObject { ["id"] = "channel-1", ["resourceId"] = "other" }, 404);
        await sandbox.DriveAsync(token, HttpMethod.Post, "/channels/stop", new JsonObject { ["id"] = "channel-1", ["resourceId"] = channel.Text("resourceId") }, 204);
        await sandbox.DriveAsync(token, HttpMethod.Post, "/files/missing/watch", body.DeepClone(), 404);
    }
}
