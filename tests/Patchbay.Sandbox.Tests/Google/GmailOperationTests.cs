using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google;

public sealed class GmailOperationTests
{
    private const string Api = "gmail.googleapis.com/gmail/v1/users/me";

    private static readonly Dictionary<string, Func<Playground, Task<ExampleCall>>> Examples = new()
    {
        ["gmail.send_email"] = _ => Call("POST", "/messages/send", Mail()),
        ["gmail.get_account"] = _ => Task.FromResult(new ExampleCall("GET", "www.googleapis.com/oauth2/v2/userinfo")),
        ["gmail.create_draft"] = _ => Call("POST", "/drafts", new JsonObject { ["message"] = Mail() }),
        ["gmail.update_draft"] = async sandbox => new("PUT", $"{Api}/drafts/{await MadeAsync(sandbox, "/drafts", new JsonObject { ["message"] = Mail() })}", new JsonObject { ["message"] = Mail() }),
        ["gmail.send_draft"] = async sandbox => new("POST", Api + "/drafts/send", new JsonObject { ["id"] = await MadeAsync(sandbox, "/drafts", new JsonObject { ["message"] = Mail() }) }),
        ["gmail.list_messages"] = _ => Call("GET", "/messages?q=table"),
        ["gmail.get_message"] = sandbox => OnMessage(sandbox, "GET", ""),
        ["gmail.get_attachment"] = async sandbox =>
        {
            var full = await OwnAsync(sandbox);
            var id = await MadeAsync(sandbox, "/messages/send", Attached());
            var part = (await sandbox.GmailAsync(full, HttpMethod.Get, $"/messages/{id}")).At("payload.parts")!.AsArray().First(part => part.Text("body.attachmentId").Length > 0);
            return new("GET", $"{Api}/messages/{id}/attachments/{part.Text("body.attachmentId")}");
        },
        ["gmail.modify_message"] = sandbox => OnMessage(sandbox, "POST", "/modify", new JsonObject { ["addLabelIds"] = new JsonArray("STARRED") }),
        ["gmail.trash_message"] = sandbox => OnMessage(sandbox, "POST", "/trash"),
        ["gmail.list_threads"] = _ => Call("GET", "/threads"),
        ["gmail.get_thread"] = async sandbox => new("GET", $"{Api}/threads/{await MadeAsync(sandbox, "/messages/send", Mail(), "threadId")}"),
        ["gmail.list_labels"] = _ => Call("GET", "/labels"),
        ["gmail.create_label"] = _ => Call("POST", "/labels", new JsonObject { ["name"] = "Table" }),
        ["gmail.get_profile"] = _ => Call("GET", "/profile"),
        ["gmail.watch_mailbox"] = _ => Call("POST", "/watch", new JsonObject { ["topicName"] = "projects/northwind/topics/mail" }),
        ["gmail.list_history"] = async sandbox => new("GET", $"{Api}/history?startHistoryId={(await sandbox.GmailAsync(await OwnAsync(sandbox), HttpMethod.Get, "/profile")).Text("historyId")}"),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("gmail");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("gmail");

    [Theory]
    [MemberData(nameof(Operations))]
    public Task An_operation_works_with_its_least_scopes_and_not_without_one(string operation) => GoogleOperation.ShouldNeedItsLeastScopesAsync(operation, Examples[operation]);

    private static JsonObject Mail() => GoogleApp.Mail("tom@northwind.example", "table", "x");

    private static JsonObject Attached() => new()
    {
        ["raw"] = GoogleApp.Raw("To: tom@northwind.example\r\nSubject: table\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\n"
            + "Content-Type: application/octet-stream; name=a.bin\r\nContent-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--b--\r\n"),
    };

    private static Task<ExampleCall> Call(string method, string path, JsonNode? body = null) => Task.FromResult(new ExampleCall(method, Api + path, body));

    private static Task<string> OwnAsync(Playground sandbox) => sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.modify"));

    private static async Task<string> MadeAsync(Playground sandbox, string path, JsonObject body, string member = "id") =>
        (await sandbox.GmailAsync(await OwnAsync(sandbox), HttpMethod.Post, path, body)).Text(member);

    private static async Task<ExampleCall> OnMessage(Playground sandbox, string method, string more, JsonNode? body = null) =>
        new(method, $"{Api}/messages/{await MadeAsync(sandbox, "/messages/send", Mail())}{more}", body);
}
