using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Slack;

/// <summary>Every operation of the connector with exactly its least scopes, and without one of them.</summary>
public sealed class SlackOperationTests
{
    private const string Helper = "client-2";
    private const string Link = "https://northwind.example/tickets/7";

    /// <summary>What is called, and its arguments, made with the token that is to call or by another app.</summary>
    private static readonly Dictionary<string, Func<World, Task<(string, string)[]>>> Examples = new()
    {
        ["slack.post_message"] = w => Of(("channel", w.Channel), ("text", "x")),
        ["slack.send_dm"] = w => Of(("channel", w.Person), ("text", "x")),
        ["slack.update_message"] = async w => [("channel", w.Channel), ("ts", await w.OwnMessageAsync()), ("text", "y")],
        ["slack.delete_message"] = async w => [("channel", w.Channel), ("ts", await w.OwnMessageAsync())],
        ["slack.schedule_message"] = w => Of(("channel", w.Channel), ("text", "x"), ("post_at", w.InAnHour)),
        ["slack.get_permalink"] = w => Of(("channel", w.Channel), ("message_ts", w.Message)),
        ["slack.check_account"] = _ => Of(),
        ["slack.list_channels"] = _ => Of(),
        ["slack.get_channel"] = w => Of(("channel", w.Channel)),
        ["slack.list_members"] = w => Of(("channel", w.Channel)),
        ["slack.create_channel"] = _ => Of(("name", "made-by-table")),
        ["slack.join_channel"] = w => Of(("channel", w.Channel)),
        ["slack.invite_to_channel"] = async w => [("channel", await w.OwnChannelAsync()), ("users", w.Person)],
        ["slack.set_topic"] = async w => [("channel", await w.OwnChannelAsync()), ("topic", "x")],
        ["slack.read_history"] = w => Of(("channel", w.Channel)),
        ["slack.read_thread"] = w => Of(("channel", w.Channel), ("ts", w.Message)),
        ["slack.list_users"] = _ => Of(),
        ["slack.get_user"] = w => Of(("user", w.Person)),
        ["slack.lookup_user_by_email"] = _ => Of(("email", "mara@northwind.example")),
        ["slack.upload_file"] = _ => Of(("filename", "a.txt"), ("length", "3")),
        ["slack.list_files"] = _ => Of(),
        ["slack.get_file"] = w => Of(("file", w.File)),
        ["slack.delete_file"] = async w => [("file", await w.OwnFileAsync())],
        ["slack.add_reaction"] = w => Of(("channel", w.Channel), ("timestamp", w.Message), ("name", "eyes")),
        ["slack.list_reactions"] = w => Of(("channel", w.Channel), ("timestamp", w.Message)),
        ["slack.pin_message"] = w => Of(("channel", w.Channel), ("timestamp", w.Message)),
        ["slack.list_pins"] = w => Of(("channel", w.Channel)),
        ["slack.add_bookmark"] = w => Of(("channel_id", w.Channel), ("title", "x"), ("type", "link"), ("link", Link)),
        ["slack.list_bookmarks"] = w => Of(("channel_id", w.Channel)),
        ["slack.add_reminder"] = w => Of(("text", "x"), ("time", w.InAnHour)),
        ["slack.list_reminders"] = _ => Of(),
        ["slack.set_dnd"] = _ => Of(("num_minutes", "30")),
        ["slack.get_dnd"] = w => Of(("user", w.Person)),
        ["slack.search_messages"] = _ => Of(("query", "table")),
        ["slack.list_usergroups"] = _ => Of(),
        ["slack.create_usergroup"] = _ => Of(("name", "Table"), ("handle", "table")),
        ["slack.get_team"] = _ => Of(),
        ["slack.list_emoji"] = _ => Of(),
        ["slack.list_stars"] = _ => Of(),
        ["slack.star_message"] = w => Of(("channel", w.Channel), ("timestamp", w.Message)),
        ["slack.unfurl_links"] = w => Of(("channel", w.Channel), ("ts", w.Message), ("unfurls", new JsonObject { [Link] = new JsonObject { ["text"] = "Ticket 7" } }.ToJsonString())),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("slack");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("slack");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_works_with_its_least_scopes_and_not_without_one(string id)
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        await sandbox.RegisterAsync("slack", Helper);
        var operation = OperationTable.Operation(id);
        var scopes = OperationTable.Connector("slack").Scopes;
        var personal = operation.Scopes.Any(scope => scopes.First(known => known.Id == scope).UserOnly);
        // A direct message opens by itself when a person is written to; opening alone would not need chat:write.
        var method = id == "slack.send_dm" ? "chat.postMessage" : operation.Call.Path["/api/".Length..];

        // Slack's scopes add up, so the poorer tokens come first.
        foreach (var fewer in OperationTable.WithOneMissing(operation).Where(set => !operation.AlternativeScopes.Any(other => other.All(set.Contains))))
        {
            var poor = await TokenAsync(sandbox, [.. fewer, operation.Scopes.Contains("team:read") ? "emoji:read" : "team:read"], personal);
            var refused = await sandbox.CallAsync(poor, method);
            (refused.Text("ok"), refused.Text("error")).ShouldBe(("false", "missing_scope"), id);
        }

        var token = await TokenAsync(sandbox, operation.Scopes.Count > 0 ? operation.Scopes : ["team:read"], personal);
        var done = await sandbox.CallAsync(token, method, await Examples[id](await World.MakeAsync(sandbox, token)));
        done.Text("ok").ShouldBe("true", $"{id}: {done.ToJsonString()}");
    }

    private static Task<string> TokenAsync(Playground sandbox, IEnumerable<string> scopes, bool personal) =>
        personal ? sandbox.ConnectAsync("", string.Join(',', scopes)) : sandbox.ConnectAsync(string.Join(',', scopes));

    private static Task<(string, string)[]> Of(params (string, string)[] arguments) => Task.FromResult(arguments);

    /// <summary>A channel with a message and a file of another app.</summary>
    private sealed record World(Playground Sandbox, string Token, string Channel, string Message, string Person, string File)
    {
        public string InAnHour => (Sandbox.Time.GetUtcNow().ToUnixTimeSeconds() + 3600).ToString(System.Globalization.CultureInfo.InvariantCulture);

        public static async Task<World> MakeAsync(Playground sandbox, string token)
        {
            await sandbox.ControlAsync("slack/channels", new JsonObject { ["name"] = "table" });
            var helper = await sandbox.ConnectAsync("chat:write,channels:read,users:read,files:write", clientId: Helper);
            var posted = await sandbox.CallAsync(helper, "chat.postMessage", ("channel", "#table"), ("text", "table " + Link));
            posted.Text("ok").ShouldBe("true", posted.ToJsonString());
            var person = (await sandbox.CallAsync(helper, "users.list")).At("members")!.AsArray().First(member => member.Text("is_bot") != "true" && member.Text("profile.email").StartsWith("lena@", StringComparison.Ordinal) || member.Text("name").Contains("lena", StringComparison.OrdinalIgnoreCase));
            return new(sandbox, token, posted.Text("channel"), posted.Text("ts"), person.Text("id"), await UploadAsync(sandbox, helper, posted.Text("channel")));
        }

        public async Task<string> OwnMessageAsync() => (await Sandbox.CallAsync(Token, "chat.postMessage", ("channel", Channel), ("text", "own"))).Text("ts");

        public async Task<string> OwnChannelAsync() => (await Sandbox.CallAsync(Token, "conversations.create", ("name", "own"))).Text("channel.id");

        public Task<string> OwnFileAsync() => UploadAsync(Sandbox, Token, Channel);

        private static async Task<string> UploadAsync(Playground sandbox, string token, string channel)
        {
            var begun = await sandbox.CallAsync(token, "files.getUploadURLExternal", ("filename", "a.txt"), ("length", "3"));
            var address = new Uri(begun.Text("upload_url"));
            using var bytes = new StringContent("abc");
            using var sent = await sandbox.Http.PostAsync(new Uri($"/{address.Host}{address.PathAndQuery}", UriKind.Relative), bytes);
            sent.IsSuccessStatusCode.ShouldBeTrue($"{address} {(int)sent.StatusCode}");
            var whole = await sandbox.CallAsync(token, "files.completeUploadExternal", ("files", new JsonArray(new JsonObject { ["id"] = begun.Text("file_id") }).ToJsonString()), ("channel_id", channel));
            whole.Text("ok").ShouldBe("true", whole.ToJsonString());
            return begun.Text("file_id");
        }
    }
}
