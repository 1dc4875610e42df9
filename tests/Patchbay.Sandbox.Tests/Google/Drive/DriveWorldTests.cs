using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Google.Docs;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

public sealed class DriveWorldTests
{
    private const string Nasty = "<script>alert('x')</script><img src=x onerror=alert(1)> \"'&";

    [Fact]
    public async Task What_an_app_saved_is_shown_as_text()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var file = (await sandbox.UploadTextAsync(token, Nasty, Nasty, "text/html")).Text("id");
        var document = await sandbox.NewDocumentAsync(token, Nasty, Nasty);
        await sandbox.EditAsync(token, document, """{"updateTextStyle":{"range":{"startIndex":1,"endIndex":5},"textStyle":{"link":{"url":"javascript:alert(1)\" onx=\""}},"fields":"link"}}""");

        foreach (var path in (string[])["/world/drive", $"/world/drive?file={file}", $"/world/drive?file={document}", $"/world/docs?document={document}"])
        {
            var page = await sandbox.Http.GetStringAsync(new Uri(path, UriKind.Relative));
            var own = page.Replace("<script src=\"/_assets/sandbox.js\" defer></script>", "", StringComparison.Ordinal);
            own.ShouldContain("&lt;script", customMessage: path);
            own.ShouldNotContain("<script", customMessage: path);
            own.ShouldNotContain("<img", customMessage: path);
            own.ShouldNotContain("href=\"javascript", customMessage: path);
            page.ShouldNotContain("style=\"");
            Regex.Count(page, "<h1").ShouldBe(1, path);
            Regex.IsMatch(Regex.Replace(own, "=\"[^\"]*\"", ""), "<[^>]*\\son\\w+").ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task A_person_makes_shares_picks_and_bins_and_apps_see_it()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var tom = await sandbox.ConnectGoogleAsync(DriveApp.Full, "tom@");
        var root = (await sandbox.DriveAsync(await sandbox.ConnectGoogleAsync(DriveApp.Full), HttpMethod.Get, "/files/root")).Text("id");

        await PostAsync("drive/file", ("account", "mara@northwind.example"), ("file", root), ("name", "By hand.txt"), ("text", "typed"));
        var id = (await sandbox.ControlAsync("drive/files")).AsArray().First(file => file.Text("name") == "By hand.txt").Text("id");
        (await sandbox.FindAsync(mara, "")).ShouldBeEmpty();
        await PostAsync("drive/pick", ("account", "mara@northwind.example"), ("file", id), ("client", Playground.ClientId));
        (await sandbox.DownloadAsync(mara, $"/files/{id}?alt=media")).ShouldBe("typed");
        await PostAsync("drive/share", ("account", "mara@northwind.example"), ("file", id), ("email", "tom@northwind.example"), ("role", "reader"));
        (await sandbox.FindAsync(tom, "sharedWithMe and name = 'By hand.txt'")).ShouldBe(["By hand.txt"]);
        // Somebody who only reads it cannot bin it.
        await PostAsync("drive/trash", ("account", "tom@northwind.example"), ("file", id));
        (await sandbox.FindAsync(mara, "trashed = true")).ShouldBeEmpty();
        await PostAsync("drive/trash", ("account", "mara@northwind.example"), ("file", id));
        (await sandbox.FindAsync(mara, "trashed = true")).ShouldBe(["By hand.txt"]);

        await PostAsync("docs/create", ("account", "tom@northwind.example"), ("title", "Tom's notes"));
        var notes = (await sandbox.ControlAsync("drive/files")).AsArray().First(file => file.Text("name") == "Tom's notes").Text("id");
        await PostAsync("docs/write", ("account", "tom@northwind.example"), ("document", notes), ("text", "first"));
        await PostAsync("docs/write", ("account", "tom@northwind.example"), ("document", notes), ("text", "second"));
        await PostAsync("docs/write", ("account", "lena@northwind.example"), ("document", notes), ("text", "not allowed"));
        (await sandbox.BodyAsync(tom, notes)).ShouldBe("first\nsecond\n");

        async Task PostAsync(string action, params (string Name, string Value)[] fields)
        {
            var page = await sandbox.Http.GetStringAsync(new Uri("/world/docs", UriKind.Relative));
            var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
            using var response = await sandbox.Http.PostAsync(new Uri("/world/" + action, UriKind.Relative), new FormUrlEncodedContent(
                fields.Append(("guard", guard)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
        }
    }

    [Fact]
    public async Task Files_and_documents_survive_a_restart_and_a_reset_puts_the_seed_back()
    {
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-test-" + Path.GetRandomFileName());
        string id;
        await using (var sandbox = await Playground.WithClientAsync("google", directory: folder))
            id = await sandbox.NewDocumentAsync(await sandbox.ConnectGoogleAsync(DriveApp.FileScope), "Kept", "words");

        await using (var again = await Playground.StartAsync(folder))
        {
            var before = (await again.ControlAsync("drive/files")).AsArray();
            before.First(file => file.Text("id") == id).Text("text").ShouldBe("words");
            await again.ControlAsync("reset", new JsonObject());
            var after = (await again.ControlAsync("drive/files")).AsArray().Select(file => file.Text("id")).ToList();
            after.ShouldBe(before.Select(file => file.Text("id")).Where(known => known != id), ignoreOrder: true);
        }

        Directory.Delete(folder, recursive: true);
    }
}
