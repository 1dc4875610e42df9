using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Tests.Slack;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Fuzz;

public sealed class RequestFuzzTests
{
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
