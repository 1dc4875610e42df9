using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Slack;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Fuzz;

public sealed class RequestFuzzTests
{
    [Theory]
    [InlineData("/sheets.googleapis.com/v4/spreadsheets", """{"sheets":[0]}""", "spreadsheets")]
    [InlineData("/sheets.googleapis.com/v4/spreadsheets", """{"sheets":[null,"x",[]]}""", "spreadsheets")]
    [InlineData("/docs.googleapis.com/v1/documents/{id}:batchUpdate", """{"requests":[{"insertTableRow":{"tableCellLocation":true,"insertBelow":true}}]}""", "documents")]
    [InlineData("/docs.googleapis.com/v1/documents/{id}:batchUpdate", """{"requests":[{"deleteTableColumn":{"tableCellLocation":"x"}}]}""", "documents")]
    public async Task A_value_in_place_of_an_object_is_the_callers_mistake(string path, string body, string scope)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/" + scope);
        var id = path.Contains("{id}", StringComparison.Ordinal) ? (await sandbox.GoogleAsync(token, HttpMethod.Post, "docs.googleapis.com/v1/documents", new JsonObject { ["title"] = "x" })).Body.Text("documentId") : "";
        (await sandbox.GoogleAsync(token, HttpMethod.Post, path.Replace("{id}", id, StringComparison.Ordinal)[1..], JsonNode.Parse(body))).Status.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task No_body_of_any_type_makes_a_vendor_fail()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,channels:read,channels:history,reactions:write");
        string[] paths = ["/slack.com/api/chat.postMessage", "/slack.com/api/conversations.history", "/slack.com/api/oauth.v2.access", "/slack.com/oauth/v2/authorize", "/accounts.google.com/o/oauth2/v2/auth", "/oauth2.googleapis.com/token", "/gmail.googleapis.com/gmail/v1/users/me/messages/send", "/world/slack/say"];
        string[] types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain"];
        string[] shards = ["{", "}", "\"channel\"", ":", "[", "]", "\"#support\"", ",", "channel=%23support", "&", "text=", "%", "%zz", "limit=-1", "limit=99999999999", "cursor=bmV4dDo=", "\0", "\ud800", "--b\r\n", "Content-Disposition: form-data; name=\"channel\"\r\n\r\n", "{\"channel\":{},\"channel\":1}", "{\"channel\":\"#support\",\"text\":[],\"blocks\":{}}"];
        var bodies = Gen.Elements(shards).ListOf().Select(list => string.Concat(list)).Sample(120).ToList();

        foreach (var (body, index) in bodies.Select((body, index) => (body, index)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, paths[index % paths.Length]);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", types[index / paths.Length % types.Length]);
            using var response = await sandbox.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldBeLessThan(500, $"{paths[index % paths.Length]} {types[index / paths.Length % types.Length]} {body}");
        }
    }
}
