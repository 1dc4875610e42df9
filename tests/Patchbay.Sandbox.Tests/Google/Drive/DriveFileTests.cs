using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

public sealed class DriveFileTests
{
    [Fact]
    public async Task A_folder_and_a_file_in_it_are_made_found_read_renamed_moved_and_deleted()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var folder = await sandbox.CreateFileAsync(token, "Reports", DriveApp.Folder);
        var file = (await sandbox.UploadTextAsync(token, "June.txt", "sixty crates", parent: folder)).Text("id");

        (await sandbox.FindAsync(token, $"'{folder}' in parents and trashed = false")).ShouldBe(["June.txt"]);
        (await sandbox.DownloadAsync(token, $"/files/{file}?alt=media")).ShouldBe("sixty crates");
        (await sandbox.DriveAsync(token, HttpMethod.Patch, $"/files/{file}", new JsonObject { ["name"] = "July.txt", ["description"] = "moved" })).Text("name").ShouldBe("July.txt");
        var moved = await sandbox.DriveAsync(token, HttpMethod.Patch, $"/files/{file}?addParents=root&removeParents={folder}&fields=parents,description", new JsonObject());
        moved.Text("description").ShouldBe("moved");
        moved.At("parents.0").ShouldNotBeNull();
        (await sandbox.FindAsync(token, "'root' in parents and name = 'July.txt'")).Count.ShouldBe(1);
        (await sandbox.FindAsync(token, $"'{folder}' in parents")).ShouldBeEmpty();

        await sandbox.DriveAsync(token, HttpMethod.Delete, $"/files/{file}", status: 204);
        (await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{file}", status: 404)).Text("error.message").ShouldBe($"File not found: {file}.");
    }

    [Fact]
    public async Task Without_a_mask_a_file_has_four_names_and_with_one_exactly_those_asked_for()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = (await sandbox.UploadTextAsync(token, "a.txt", "12345")).Text("id");

        Names(await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{id}")).ShouldBe(["kind", "id", "name", "mimeType"]);
        var masked = await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{id}?fields=id,size,owners/emailAddress,capabilities(canEdit)");
        Names(masked).ShouldBe(["id", "owners", "capabilities", "size"], ignoreOrder: true);
        masked.Text("size").ShouldBe("5");
        Names(masked.At("owners.0")).ShouldBe(["emailAddress"]);
        var all = await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{id}?fields=*");
        all.Text("md5Checksum").ShouldBe("827ccb0eea8a706c4c34a16891f84e7b");
        all.Text("createdTime").ShouldBe("2026-06-19T09:41:00.000Z");
        all.Text("webViewLink").ShouldStartWith("https://drive.google.com/file/d/");
        var list = await sandbox.DriveAsync(token, HttpMethod.Get, "/files?fields=nextPageToken,files(id,parents)");
        Names(list).ShouldBe(["files"]);
        Names(list.At("files.0")).ShouldBe(["id", "parents"], ignoreOrder: true);
        (await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{id}?fields=title", status: 400)).Text("error.message").ShouldBe("Invalid field selection title");
        (await sandbox.DriveAsync(token, HttpMethod.Get, "/files?fields=items(id)", status: 400)).Text("error.errors.0.reason").ShouldBe("invalidParameter");
        (await sandbox.DriveAsync(token, HttpMethod.Get, "/files?fields=files(id", status: 400)).Text("error.errors.0.location").ShouldBe("fields");
    }

    [Fact]
    public async Task An_app_with_drive_file_sees_only_what_it_made_and_what_it_was_given()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        await sandbox.RegisterAsync("google", "client-2");
        var narrow = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var wide = await sandbox.ConnectGoogleAsync(DriveApp.Full, client: "client-2");
        var others = await sandbox.CreateFileAsync(wide, "by another app");
        var own = await sandbox.CreateFileAsync(narrow, "by this app");

        (await sandbox.FindAsync(narrow, "")).ShouldBe(["by this app"]);
        await sandbox.DriveAsync(narrow, HttpMethod.Get, $"/files/{others}", status: 404);
        await sandbox.DriveAsync(narrow, HttpMethod.Delete, $"/files/{others}", status: 404);
        (await sandbox.FindAsync(wide, "name contains 'by'")).ShouldBe(["by this app", "by another app"], ignoreOrder: true);

        await sandbox.ControlAsync("drive/pick", new JsonObject { ["fileId"] = others, ["clientId"] = Playground.ClientId, ["account"] = "mara@northwind.example" });

        (await sandbox.DriveAsync(narrow, HttpMethod.Get, $"/files/{others}")).Text("name").ShouldBe("by another app");
        (await sandbox.DriveAsync(wide, HttpMethod.Get, $"/files/{own}?fields=isAppAuthorized")).Text("isAppAuthorized").ShouldBe("false");
    }

    [Fact]
    public async Task Reading_scopes_change_nothing_and_metadata_scopes_download_nothing()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var id = (await sandbox.UploadTextAsync(await sandbox.ConnectGoogleAsync(DriveApp.Full), "a.txt", "secret")).Text("id");
        var reader = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.readonly"));
        var names = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.metadata.readonly"));

        (await sandbox.DownloadAsync(reader, $"/files/{id}?alt=media")).ShouldBe("secret");
        (await sandbox.DriveAsync(reader, HttpMethod.Patch, $"/files/{id}", new JsonObject { ["name"] = "b" }, 403)).Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        (await sandbox.DriveAsync(names, HttpMethod.Get, $"/files/{id}")).Text("name").ShouldBe("a.txt");
        (await sandbox.DriveAsync(names, HttpMethod.Get, $"/files/{id}?alt=media", status: 403)).Text("error.status").ShouldBe("PERMISSION_DENIED");
    }

    [Fact]
    public async Task Trash_takes_what_is_below_along_and_gives_it_back()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.Full);
        var folder = await sandbox.CreateFileAsync(token, "Old", DriveApp.Folder);
        var file = await sandbox.CreateFileAsync(token, "older", parent: folder);

        await sandbox.DriveAsync(token, HttpMethod.Patch, $"/files/{folder}", new JsonObject { ["trashed"] = true });

        var below = await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{file}?fields=trashed,explicitlyTrashed");
        (below.Text("trashed"), below.Text("explicitlyTrashed")).ShouldBe(("true", "false"));
        (await sandbox.FindAsync(token, "name = 'older' and trashed = false")).ShouldBeEmpty();
        await sandbox.DriveAsync(token, HttpMethod.Patch, $"/files/{folder}", new JsonObject { ["trashed"] = false });
        (await sandbox.FindAsync(token, "name = 'older' and trashed = false")).ShouldBe(["older"]);
        await sandbox.DriveAsync(token, HttpMethod.Patch, $"/files/{folder}", new JsonObject { ["trashed"] = true });
        await sandbox.DriveAsync(token, HttpMethod.Delete, "/files/trash", status: 204);
        await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{file}", status: 404);
    }

    [Fact]
    public async Task A_copy_has_the_same_bytes_and_a_life_of_its_own()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var original = (await sandbox.UploadTextAsync(token, "a.txt", "one")).Text("id");

        var copy = await sandbox.DriveAsync(token, HttpMethod.Post, $"/files/{original}/copy", new JsonObject { ["name"] = "b.txt" });
        await sandbox.UploadAsync(token, new JsonObject(), "two"u8.ToArray(), "text/plain", $"/files/{original}?uploadType=multipart");

        copy.Text("name").ShouldBe("b.txt");
        (await sandbox.DownloadAsync(token, $"/files/{copy.Text("id")}?alt=media")).ShouldBe("one");
        (await sandbox.DownloadAsync(token, $"/files/{original}?alt=media")).ShouldBe("two");
        (await sandbox.DriveAsync(token, HttpMethod.Post, $"/files/{original}/copy", new JsonObject())).Text("name").ShouldBe("Copy of a.txt");
        var folder = await sandbox.CreateFileAsync(token, "f", DriveApp.Folder);
        (await sandbox.DriveAsync(token, HttpMethod.Post, $"/files/{folder}/copy", new JsonObject(), 403)).Text("error.errors.0.reason").ShouldBe("cannotCopyFile");
    }

    [Fact]
    public async Task What_drive_refuses_is_refused_in_its_words()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.Full);
        var file = await sandbox.CreateFileAsync(token, "a");
        var folder = await sandbox.CreateFileAsync(token, "f", DriveApp.Folder);
        var below = await sandbox.CreateFileAsync(token, "g", DriveApp.Folder, folder);

        await RefusedAsync(HttpMethod.Post, "/files", new JsonObject { ["name"] = "x", ["parents"] = new JsonArray("missing") }, 404, "notFound");
        await RefusedAsync(HttpMethod.Post, "/files", new JsonObject { ["name"] = "x", ["parents"] = new JsonArray(file) }, 403, "parentNotAFolder");
        await RefusedAsync(HttpMethod.Post, "/files", new JsonObject { ["name"] = "x", ["parents"] = new JsonArray(folder, below) }, 403, "cannotAddParent");
        await RefusedAsync(HttpMethod.Post, "/files", new JsonObject { ["name"] = "x", ["id"] = file }, 409, "fileIdInUse");
        await RefusedAsync(HttpMethod.Post, "/files", new JsonObject { ["name"] = "x", ["size"] = "5" }, 403, "fieldNotWritable");
        await RefusedAsync(HttpMethod.Patch, $"/files/{file}", new JsonObject { ["parents"] = new JsonArray(folder) }, 403, "fieldNotWritable");
        await RefusedAsync(HttpMethod.Patch, $"/files/{folder}?addParents={below}", new JsonObject(), 403, "cyclicFolderStructure");
        await RefusedAsync(HttpMethod.Get, $"/files/{folder}?alt=media", null, 403, "fileNotDownloadable");
        await RefusedAsync(HttpMethod.Get, $"/files/{file}/export?mimeType=text/plain", null, 403, "fileNotExportable");
        await RefusedAsync(HttpMethod.Get, $"/files/{file}/export", null, 400, "required");
        await RefusedAsync(HttpMethod.Get, "/files?pageSize=0", null, 400, "invalidParameter");
        await RefusedAsync(HttpMethod.Get, "/files?pageToken=made-up", null, 400, "invalid");
        await RefusedAsync(HttpMethod.Get, "/files?corpora=drive", null, 400, "required");
        await RefusedAsync(HttpMethod.Get, "/files?spaces=appDataFolder", null, 403, "insufficientScopes");
        await RefusedAsync(HttpMethod.Get, "/about", null, 400, "required");
        await RefusedAsync(HttpMethod.Get, "/drives/none", null, 404, "notFound");
        (await sandbox.GoogleAsync("sbx-ya29.no", HttpMethod.Get, "www.googleapis.com/drive/v3/files")).Status.ShouldBe(401);
        (await sandbox.GoogleAsync(token, HttpMethod.Get, "www.googleapis.com/drive/v3/nothing")).Status.ShouldBe(404);

        async Task RefusedAsync(HttpMethod method, string path, JsonNode? body, int status, string reason) =>
            (await sandbox.DriveAsync(token, method, path, body, status)).Text("error.errors.0.reason").ShouldBe(reason, path);
    }

    [Fact]
    public async Task About_tells_who_and_how_much()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope, "lena@");

        var about = await sandbox.DriveAsync(token, HttpMethod.Get, "/about?fields=user,storageQuota");

        about.Text("user.emailAddress").ShouldBe("lena@northwind.example");
        long.Parse(about.Text("storageQuota.limit"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await sandbox.DriveAsync(token, HttpMethod.Get, "/drives")).At("drives")!.AsArray().ShouldBeEmpty();
        (await sandbox.DriveAsync(token, HttpMethod.Get, "/files/generateIds?count=3")).At("ids")!.AsArray().Count.ShouldBe(3);
    }

    private static string[] Names(JsonNode? node) => [.. node!.AsObject().Select(member => member.Key)];
}
