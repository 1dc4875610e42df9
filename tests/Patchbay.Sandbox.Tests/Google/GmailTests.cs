using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google;

public sealed class GmailTests
{
    private static readonly string All = GoogleApp.Scopes("gmail.modify");

    [Fact]
    public async Task A_mail_sent_arrives_in_the_other_accounts_inbox_and_reads_back()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.send"));
        var lena = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.readonly"), "lena@");

        var sent = await sandbox.GmailAsync(mara, HttpMethod.Post, "/messages/send",
            GoogleApp.Mail("Lena <lena@northwind.example>, outside@fern.example", "=?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IPCfjok=?=", "Guten Tag, Lena.", "Bcc: tom@northwind.example\r\n"));
        sent.At("labelIds")!.ToJsonString().ShouldBe("[\"SENT\"]");

        var found = await sandbox.GmailAsync(lena, HttpMethod.Get, "/messages?q=" + Uri.EscapeDataString("from:mara is:unread subject:Grüße"));
        var read = await sandbox.GmailAsync(lena, HttpMethod.Get, "/messages/" + found.Text("messages.0.id"));
        read.At("labelIds")!.ToJsonString().ShouldContain("INBOX");
        Header(read, "Subject").ShouldBe("Grüße 🎉");
        Header(read, "From").ShouldBe("Mara Köhler <mara@northwind.example>");
        Header(read, "Bcc").ShouldBeNull();
        Header(read, "Message-ID").ShouldNotBeNull();
        Text(read.At("payload.body.data")).ShouldBe("Guten Tag, Lena.");
        (await sandbox.ControlAsync("gmail/messages?account=tom@northwind.example")).AsArray().Select(mail => mail.Text("subject")).ShouldContain("Grüße 🎉");
    }

    [Theory]
    [InlineData("Subject: no one\r\n\r\nhello", "Recipient address required")]
    [InlineData("To: \r\nSubject: x\r\n\r\nhello", "Recipient address required")]
    [InlineData("To: not an address\r\n\r\nhello", "Invalid To header")]
    [InlineData("To: a@b.example\r\nCc: <broken\r\n\r\nhello", "Invalid Cc header")]
    public async Task What_gmail_refuses_to_send_is_refused(string raw, string message)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.send"));

        var (status, body, _) = await sandbox.GoogleAsync(token, HttpMethod.Post, "gmail.googleapis.com/gmail/v1/users/me/messages/send", new JsonObject { ["raw"] = GoogleApp.Raw(raw) });

        status.ShouldBe(400);
        body.Text("error.message").ShouldBe(message);
        body.Text("error.errors.0.reason").ShouldBe("invalidArgument");
    }

    [Fact]
    public async Task Bodies_that_are_no_mail_are_refused()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.send"));
        const string path = "gmail.googleapis.com/gmail/v1/users/me/messages/send";

        (await sandbox.GoogleAsync(token, HttpMethod.Post, path, new JsonObject())).Status.ShouldBe(400);
        (await sandbox.GoogleAsync(token, HttpMethod.Post, path, new JsonObject { ["raw"] = "***" })).Status.ShouldBe(400);
        (await sandbox.GoogleAsync(token, HttpMethod.Post, path, new JsonArray())).Status.ShouldBe(400);
        (await sandbox.GoogleAsync(token, HttpMethod.Post, "gmail.googleapis.com/gmail/v1/users/lena@northwind.example/messages/send", new JsonObject())).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Multipart_with_an_attachment_keeps_its_shape()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(All);
        const string raw = "To: mara@northwind.example\r\nSubject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\npreamble\r\n--outer\r\n"
            + "Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nK=F6hler=\r\n & Co\r\n--inner\r\nContent-Type: text/html\r\n\r\n<p>K\r\n--inner--\r\n"
            + "--outer\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename*=utf-8''b%C3%A4r.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVs\r\nbG8=\r\n--outer--\r\nepilogue";

        var sent = await sandbox.GmailAsync(token, HttpMethod.Post, "/messages/send", new JsonObject { ["raw"] = GoogleApp.Raw(raw) });
        var read = await sandbox.GmailAsync(token, HttpMethod.Get, "/messages/" + sent.Text("id"));

        sent.At("labelIds")!.ToJsonString().ShouldContain("INBOX");
        read.Text("payload.mimeType").ShouldBe("multipart/mixed");
        read.Text("payload.parts.0.parts.0.partId").ShouldBe("0.0");
        Convert.FromHexString("4BF6686C6572202620436F").ShouldBe(System.Buffers.Text.Base64Url.DecodeFromChars(read.Text("payload.parts.0.parts.0.body.data")));
        read.Text("snippet").ShouldBe("Köhler & Co");
        read.Text("payload.parts.1.filename").ShouldBe("bär.pdf");
        var attachment = await sandbox.GmailAsync(token, HttpMethod.Get, $"/messages/{sent.Text("id")}/attachments/{read.Text("payload.parts.1.body.attachmentId")}");
        Text(attachment.At("data")).ShouldBe("Hello");
        (await sandbox.GmailAsync(token, HttpMethod.Get, "/messages?q=has:attachment")).At("messages")!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("invoice OR tour", "invoice tour")]
    [InlineData("invoice | lunch OR nothing", "")]
    [InlineData("{invoice tour}", "invoice tour")]
    [InlineData("invoice OR tour filename:pdf", "invoice")]
    [InlineData("filename:march.pdf", "invoice")]
    [InlineData("-filename:pdf", "tour lunch")]
    [InlineData("from:me", "invoice tour lunch")]
    [InlineData("to:(tom OR lena) -subject:lunch", "invoice tour")]
    [InlineData("subject:{tour lunch}", "tour lunch")]
    [InlineData("subject:(tour lunch)", "")]
    [InlineData("-(tour OR lunch)", "invoice")]
    [InlineData("-{tour lunch} has:attachment", "invoice")]
    [InlineData("cc:lena", "tour")]
    [InlineData("-cc:lena", "invoice lunch")]
    [InlineData("bcc:ines", "lunch")]
    [InlineData("larger:1K", "invoice")]
    [InlineData("smaller:1k subject:tour", "tour")]
    [InlineData("label:to-do-later", "lunch")]
    [InlineData("((subject:tour", "tour")]
    [InlineData("tour) AND", "tour")]
    [InlineData("tour OR", "tour")]
    [InlineData("--tour", "tour")]
    public async Task Searches_join_group_and_negate_as_the_search_box_does(string query, string subjects)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(All);
        var since = "after:" + sandbox.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var mail in (string[])
        [
            "To: tom@x.example\r\nSubject: invoice\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere\r\n--b\r\nContent-Type: application/pdf; name=\"March.pdf\"\r\nContent-Disposition: attachment; filename=\"March.pdf\"\r\n\r\n" + new string('x', 1500) + "\r\n--b--\r\n",
            "To: tom@x.example\r\nCc: lena@y.example\r\nSubject: tour\r\n\r\nOn Friday",
            "To: tom@x.example\r\nBcc: ines@y.example\r\nSubject: lunch\r\n\r\nAt noon",
        ])
            await sandbox.GmailAsync(token, HttpMethod.Post, "/messages/send", new JsonObject { ["raw"] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(mail)) });
        var label = (await sandbox.GmailAsync(token, HttpMethod.Post, "/labels", new JsonObject { ["name"] = "To do/later" })).Text("id");
        var lunch = (await sandbox.GmailAsync(token, HttpMethod.Get, "/messages?q=subject:lunch")).Text("messages.0.id");
        await sandbox.GmailAsync(token, HttpMethod.Post, $"/messages/{lunch}/modify", new JsonObject { ["addLabelIds"] = new JsonArray(label) });

        var found = (await sandbox.GmailAsync(token, HttpMethod.Get, "/messages?q=" + Uri.EscapeDataString($"{since} in:sent {query}"))).At("messages")?.AsArray() ?? [];

        var shown = new List<string>();
        foreach (var one in found)
            shown.Add(Header(await sandbox.GmailAsync(token, HttpMethod.Get, $"/messages/{one.Text("id")}"), "Subject") ?? "");
        shown.Order().ShouldBe(subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task Formats_give_what_they_promise()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(All);
        var id = (await sandbox.GmailAsync(token, HttpMethod.Post, "/messages/send", GoogleApp.Mail("tom@northwind.example", "Hi", "Text"))).Text("id");

        (await sandbox.GmailAsync(token, HttpMethod.Get, $"/messages/{id}?format=minimal")).At("payload").ShouldBeNull();
        var metadata = await sandbox.GmailAsync(token, HttpMethod.Get, $"/messages/{id}?format=metadata&metadataHeaders=Subject&metadataHeaders=To");
        metadata.At("payload.headers")!.AsArray().Count.ShouldBe(2);
        var raw = await sandbox.GmailAsync(token, HttpMethod.Get, $"/messages/{id}?format=raw");
        Text(raw.At("raw")).ShouldContain("\r\nSubject: Hi\r\n");
        (await sandbox.GmailAsync(token, HttpMethod.Get, $"/messages/{id}?fields=id,labelIds")).AsObject().Count.ShouldBe(2);
        (await sandbox.GoogleAsync(token, HttpMethod.Get, $"gmail.googleapis.com/gmail/v1/users/me/messages/{id}?format=nothing")).Status.ShouldBe(400);
        (await sandbox.GoogleAsync(token, HttpMethod.Get, "gmail.googleapis.com/gmail/v1/users/me/messages/0000000000000000")).Body.Text("error.status").ShouldBe("NOT_FOUND");
    }

    [Fact]
    public async Task An_upload_sends_bare_bytes_and_multipart_related()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(All);

        foreach (var (type, content) in new[]
        {
            ("message/rfc822", "To: tom@northwind.example\r\nSubject: bare\r\n\r\nbody"),
            ("multipart/related; boundary=b", "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nTo: tom@northwind.example\r\nSubject: related\r\n\r\nbody\r\n--b--"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/gmail.googleapis.com/upload/gmail/v1/users/me/messages/send?uploadType=media");
            request.Headers.Authorization = new("Bearer", token);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var response = await sandbox.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
        }

        var subjects = (await sandbox.ControlAsync("gmail/messages?account=tom@northwind.example")).AsArray().Select(mail => mail.Text("subject")).ToList();
        subjects.ShouldContain("bare");
        subjects.ShouldContain("related");
    }

    [Fact]
    public async Task Labels_trash_and_search_go_together()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(All, "lena@");
        var label = await sandbox.GmailAsync(token, HttpMethod.Post, "/labels", new JsonObject { ["name"] = "Urgent" });
        (await sandbox.GoogleAsync(token, HttpMethod.Post, "gmail.googleapis.com/gmail/v1/users/me/labels", new JsonObject { ["name"] = "urgent" })).Status.ShouldBe(409);
        var id = (await sandbox.GmailAsync(token, HttpMethod.Get, "/messages?q=invoice")).Text("messages.0.id");

        await sandbox.GmailAsync(token, HttpMethod.Post, $"/messages/{id}/modify", new JsonObject { ["addLabelIds"] = new JsonArray(label.Text("id")), ["removeLabelIds"] = new JsonArray("UNREAD") });

        (await CountAsync(sandbox, token, "label:Urgent")).ShouldBe(1);
        (await CountAsync(sandbox, token, "label:Urgent is:unread")).ShouldBe(0);
        (await CountAsync(sandbox, token, "label:Urgent -from:jo")).ShouldBe(0);
        (await CountAsync(sandbox, token, "label:Urgent before:2026/06/18")).ShouldBe(0);
        (await CountAsync(sandbox, token, "label:Urgent after:2026/06/18 newer_than:2d \"charged twice\"")).ShouldBe(1);
        await sandbox.GmailAsync(token, HttpMethod.Post, $"/messages/{id}/trash");
        (await CountAsync(sandbox, token, "label:Urgent")).ShouldBe(0);
        (await CountAsync(sandbox, token, "in:trash")).ShouldBe(1);
        await sandbox.GmailAsync(token, HttpMethod.Post, $"/messages/{id}/untrash");
        (await CountAsync(sandbox, token, "label:Urgent")).ShouldBe(1);
        (await sandbox.GoogleAsync(token, HttpMethod.Post, $"gmail.googleapis.com/gmail/v1/users/me/messages/{id}/modify", new JsonObject { ["addLabelIds"] = new JsonArray("Label_99") })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Answers_join_their_thread_on_both_sides()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var mara = await sandbox.ConnectGoogleAsync(All);
        var lena = await sandbox.ConnectGoogleAsync(All, "lena@");
        var first = await sandbox.GmailAsync(mara, HttpMethod.Post, "/messages/send", GoogleApp.Mail("lena@northwind.example", "Tour", "When?", "Message-ID: <tour-1@x>\r\n"));

        var answer = await sandbox.GmailAsync(lena, HttpMethod.Post, "/messages/send", GoogleApp.Mail("mara@northwind.example", "Re: Tour", "Thursday", "In-Reply-To: <tour-1@x>\r\n"));

        (await sandbox.GmailAsync(mara, HttpMethod.Get, "/threads/" + first.Text("threadId"))).At("messages")!.AsArray().Count.ShouldBe(2);
        (await sandbox.GmailAsync(lena, HttpMethod.Get, "/threads/" + answer.Text("threadId"))).At("messages")!.AsArray().Count.ShouldBe(2);
        var third = GoogleApp.Mail("lena@northwind.example", "re: tour", "Good");
        third["threadId"] = first.Text("threadId");
        (await sandbox.GmailAsync(mara, HttpMethod.Post, "/messages/send", third)).Text("threadId").ShouldBe(first.Text("threadId"));
        (await sandbox.GmailAsync(mara, HttpMethod.Get, "/threads?q=subject:tour")).At("threads")!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Drafts_are_written_changed_and_sent()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.compose"));

        var draft = await sandbox.GmailAsync(token, HttpMethod.Post, "/drafts", new JsonObject { ["message"] = GoogleApp.Mail("tom@northwind.example", "Draft", "one") });
        var changed = await sandbox.GmailAsync(token, HttpMethod.Put, "/drafts/" + draft.Text("id"), new JsonObject { ["message"] = GoogleApp.Mail("tom@northwind.example", "Draft", "two") });

        changed.Text("id").ShouldBe(draft.Text("id"));
        (await sandbox.GmailAsync(token, HttpMethod.Get, "/drafts")).At("drafts")!.AsArray().Count.ShouldBe(1);
        Text((await sandbox.GmailAsync(token, HttpMethod.Get, "/drafts/" + draft.Text("id"))).At("message.payload.body.data")).ShouldBe("two");
        (await sandbox.GmailAsync(token, HttpMethod.Post, "/drafts/send", new JsonObject { ["id"] = draft.Text("id") })).At("labelIds")!.ToJsonString().ShouldBe("[\"SENT\"]");
        (await sandbox.GmailAsync(token, HttpMethod.Get, "/drafts")).At("drafts").ShouldBeNull();
        (await sandbox.ControlAsync("gmail/messages?account=tom@northwind.example")).AsArray()[0].Text("text").ShouldBe("two");
    }

    [Fact]
    public async Task History_tells_what_changed_since()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(All);
        var start = (await sandbox.GmailAsync(token, HttpMethod.Get, "/profile")).Text("historyId");
        var id = (await sandbox.GmailAsync(token, HttpMethod.Post, "/messages/send", GoogleApp.Mail("mara@northwind.example", "To me", "x"))).Text("id");
        await sandbox.GmailAsync(token, HttpMethod.Post, $"/messages/{id}/modify", new JsonObject { ["removeLabelIds"] = new JsonArray("UNREAD") });

        var all = await sandbox.GmailAsync(token, HttpMethod.Get, "/history?startHistoryId=" + start);
        var added = await sandbox.GmailAsync(token, HttpMethod.Get, $"/history?startHistoryId={start}&historyTypes=messageAdded&labelId=INBOX");

        all.At("history")!.AsArray().Count.ShouldBe(2);
        all.Text("history.1.labelsRemoved.0.labelIds.0").ShouldBe("UNREAD");
        added.Text("history.0.messagesAdded.0.message.id").ShouldBe(id);
        (await sandbox.GoogleAsync(token, HttpMethod.Get, "gmail.googleapis.com/gmail/v1/users/me/history?startHistoryId=1")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Lists_are_paged_without_gaps_or_repeats()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(All);
        for (var index = 0; index < 7; index++)
            await sandbox.GmailAsync(token, HttpMethod.Post, "/messages/send", GoogleApp.Mail("tom@northwind.example", $"Page {index}", "x"));

        var (seen, next) = (new List<string>(), "");
        do
        {
            var page = await sandbox.GmailAsync(token, HttpMethod.Get, "/messages?q=subject:page&maxResults=3" + (next.Length > 0 ? "&pageToken=" + next : ""));
            seen.AddRange(page.At("messages")!.AsArray().Select(message => message.Text("id")));
            next = page.Text("nextPageToken");
        }
        while (next.Length > 0);

        seen.Distinct().Count().ShouldBe(7);
        seen.Count.ShouldBe(7);
        (await sandbox.GmailAsync(token, HttpMethod.Get, "/messages?q=nothing-like-this")).At("messages").ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_path_is_googles_own_404()
    {
        await using var sandbox = await Playground.WithClientAsync("google");

        (await sandbox.GoogleAsync("", HttpMethod.Get, "gmail.googleapis.com/gmail/v9/users/me/messages")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("GET", "/messages", "gmail.readonly|gmail.modify|gmail.metadata")]
    [InlineData("POST", "/messages/send", "gmail.send|gmail.compose|gmail.modify")]
    [InlineData("GET", "/messages/x", "gmail.readonly|gmail.modify|gmail.metadata")]
    [InlineData("POST", "/messages/x/modify", "gmail.modify")]
    [InlineData("POST", "/messages/x/trash", "gmail.modify")]
    [InlineData("GET", "/threads/x", "gmail.readonly|gmail.modify|gmail.metadata")]
    [InlineData("GET", "/labels", "gmail.readonly|gmail.modify|gmail.labels|gmail.metadata")]
    [InlineData("POST", "/labels", "gmail.modify|gmail.labels")]
    [InlineData("POST", "/drafts", "gmail.compose|gmail.modify")]
    [InlineData("POST", "/drafts/send", "gmail.compose|gmail.modify")]
    [InlineData("GET", "/drafts", "gmail.compose|gmail.modify|gmail.readonly")]
    [InlineData("GET", "/profile", "gmail.compose|gmail.modify|gmail.readonly|gmail.metadata")]
    [InlineData("GET", "/history?startHistoryId=1000", "gmail.readonly|gmail.modify|gmail.metadata")]
    public async Task Each_method_answers_with_each_of_its_scopes_and_with_no_other(string method, string path, string accepted)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        foreach (var scope in (string[])["gmail.readonly", "gmail.send", "gmail.compose", "gmail.modify", "gmail.labels", "gmail.metadata"])
        {
            var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes(scope));
            var (status, body, _) = await sandbox.GoogleAsync(token, new HttpMethod(method), "gmail.googleapis.com/gmail/v1/users/me" + path, method == "POST" ? new JsonObject() : null);
            (body.Text("error.details.0.reason") == "ACCESS_TOKEN_SCOPE_INSUFFICIENT").ShouldBe(!accepted.Split('|').Contains(scope), $"{scope}: {status} {body?.ToJsonString()}");
        }
    }

    private static async Task<int> CountAsync(Playground sandbox, string token, string query) =>
        (await sandbox.GmailAsync(token, HttpMethod.Get, "/messages?q=" + Uri.EscapeDataString(query))).At("messages")?.AsArray().Count ?? 0;

    private static string? Header(JsonNode message, string name) =>
        message.At("payload.headers")!.AsArray().FirstOrDefault(header => header.Text("name") == name)?.Text("value");

    private static string Text(JsonNode? base64Url) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(base64Url!.GetValue<string>()));
}
