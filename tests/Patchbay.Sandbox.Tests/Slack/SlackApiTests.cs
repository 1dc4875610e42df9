using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Slack;

public sealed class SlackApiTests
{
    [Fact]
    public async Task A_json_body_keeps_blocks_metadata_and_client_msg_id()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,channels:history,channels:read");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack.com/api/chat.postMessage");
        request.Headers.Authorization = new("Bearer", token);
        request.Content = JsonContent.Create(new
        {
            channel = "support",
            text = "fallback",
            blocks = new[] { new { type = "section", text = new { type = "mrkdwn", text = "*bold*" } } },
            metadata = new { event_type = "x", event_payload = new { patchbay_key = "k-1" } },
            client_msg_id = "c-1",
        });

        using var response = await sandbox.Http.SendAsync(request);
        var posted = await response.JsonAsync();

        response.Headers.GetValues("X-OAuth-Scopes").ShouldBe(["chat:write,channels:history,channels:read"]);
        response.Headers.GetValues("X-Accepted-OAuth-Scopes").ShouldBe(["chat:write"]);
        posted.Text("ok").ShouldBe("true", posted.ToJsonString());
        var history = await sandbox.CallAsync(token, "conversations.history", ("channel", posted.Text("channel")), ("limit", "1"));
        history.Text("messages.0.blocks.0.text.text").ShouldBe("*bold*");
        history.Text("messages.0.metadata.event_payload.patchbay_key").ShouldBe("k-1");
        var stored = (await sandbox.ControlAsync("slack/messages?channel=support")).AsArray()[^1];
        stored.Text("clientMsgId").ShouldBe("c-1");
        stored.Text("metadata.event_payload.patchbay_key").ShouldBe("k-1");
    }

    [Fact]
    public async Task The_same_message_twice_is_two_messages_as_at_slack()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        var before = (await sandbox.ControlAsync("slack/messages?channel=support")).AsArray().Count;

        await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "twice"), ("client_msg_id", "same"));
        await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "twice"), ("client_msg_id", "same"));

        (await sandbox.ControlAsync("slack/messages?channel=support")).AsArray().Count.ShouldBe(before + 2);
    }

    [Theory]
    [InlineData("#nowhere", "text", "channel_not_found")]
    [InlineData("", "text", "channel_not_found")]
    [InlineData("#support", "", "no_text")]
    [InlineData("#random", "text", "not_in_channel")]
    public async Task What_slack_refuses_to_post_is_refused(string channel, string text, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");

        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", channel), ("text", text))).Text("error").ShouldBe(error);
    }

    [Fact]
    public async Task A_text_beyond_forty_thousand_characters_is_too_long()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");

        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", new string('x', 40_001)))).Text("error").ShouldBe("msg_too_long");
        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("blocks", "{not json"))).Text("error").ShouldBe("invalid_blocks_format");
    }

    [Fact]
    public async Task Chat_write_public_posts_where_the_app_is_no_member()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,chat:write.public");

        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#random"), ("text", "hello"))).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task A_demo_channel_has_apps_as_members_whether_they_come_before_or_after_it()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        await sandbox.RegisterAsync("slack", "client-2");
        var before = await sandbox.ConnectAsync("chat:write");

        var made = await sandbox.ControlAsync("slack/channels", new JsonObject { ["name"] = "#deals-won" });
        var again = await sandbox.ControlAsync("slack/channels", new JsonObject { ["name"] = "deals-won" });
        var after = await sandbox.ConnectAsync("chat:write", clientId: "client-2");

        made.Text("created").ShouldBe("true");
        again.Text("created").ShouldBe("false");
        again.Text("id").ShouldBe(made.Text("id"));
        (await sandbox.CallAsync(before, "chat.postMessage", ("channel", "#deals-won"), ("text", "1"))).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(after, "chat.postMessage", ("channel", made.Text("id")), ("text", "2"))).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task Own_messages_can_be_changed_and_deleted_and_others_cannot()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        await sandbox.RegisterAsync("slack", "client-2");
        var token = await sandbox.ConnectAsync("chat:write,channels:history");
        var stranger = await sandbox.ConnectAsync("chat:write", clientId: "client-2");
        var posted = await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "one"));
        var where = (("channel", posted.Text("channel")), ("ts", posted.Text("ts")));

        (await sandbox.CallAsync(stranger, "chat.update", where.Item1, where.Item2, ("text", "mine"))).Text("error").ShouldBe("cant_update_message");
        (await sandbox.CallAsync(stranger, "chat.delete", where.Item1, where.Item2)).Text("error").ShouldBe("cant_delete_message");
        (await sandbox.CallAsync(token, "chat.update", where.Item1, where.Item2, ("text", "two"))).Text("text").ShouldBe("two");
        (await sandbox.CallAsync(token, "conversations.history", where.Item1, ("limit", "1"))).Text("messages.0.text").ShouldBe("two");
        (await sandbox.CallAsync(token, "chat.delete", where.Item1, where.Item2)).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(token, "chat.delete", where.Item1, where.Item2)).Text("error").ShouldBe("message_not_found");
    }

    [Fact]
    public async Task Threads_stay_out_of_the_channel_and_are_counted()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,channels:history");
        var root = await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "root"));
        await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "hidden"), ("thread_ts", root.Text("ts")));
        await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "shown"), ("thread_ts", root.Text("ts")), ("reply_broadcast", "true"));

        var history = await sandbox.CallAsync(token, "conversations.history", ("channel", root.Text("channel")), ("oldest", root.Text("ts")), ("inclusive", "true"));
        var replies = await sandbox.CallAsync(token, "conversations.replies", ("channel", root.Text("channel")), ("ts", root.Text("ts")));

        history.At("messages")!.AsArray().Select(message => message.Text("text")).ShouldBe(["shown", "root"]);
        history.Text("messages.1.reply_count").ShouldBe("2");
        replies.At("messages")!.AsArray().Select(message => message.Text("text")).ShouldBe(["root", "hidden", "shown"]);
        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "x"), ("thread_ts", "1.0"))).Text("error").ShouldBe("thread_not_found");
    }

    [Fact]
    public async Task History_pages_by_cursor_without_gaps_even_while_messages_arrive()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,channels:history");
        var channel = "";
        for (var index = 0; index < 7; index++)
            channel = (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", $"page {index}"))).Text("channel");

        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await sandbox.CallAsync(token, "conversations.history", ("channel", channel), ("limit", "3"), ("cursor", cursor));
            seen.AddRange(page.At("messages")!.AsArray().Select(message => message.Text("text")));
            cursor = page.Text("response_metadata.next_cursor");
            await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "late"));
        }
        while (cursor.Length > 0);

        seen.Where(text => text.StartsWith("page ", StringComparison.Ordinal)).ShouldBe(["page 6", "page 5", "page 4", "page 3", "page 2", "page 1", "page 0"]);
        (await sandbox.CallAsync(token, "conversations.history", ("channel", channel), ("cursor", "nonsense"))).Text("error").ShouldBe("invalid_cursor");
    }

    [Fact]
    public async Task Lists_page_by_cursor()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("channels:read,users:read");

        var first = await sandbox.CallAsync(token, "conversations.list", ("limit", "3"));
        var second = await sandbox.CallAsync(token, "conversations.list", ("limit", "3"), ("cursor", first.Text("response_metadata.next_cursor")));
        var people = await sandbox.CallAsync(token, "users.list", ("limit", "2"));

        first.At("channels")!.AsArray().Concat(second.At("channels")!.AsArray()).Select(channel => channel.Text("name")).ShouldBe(["general", "random", "sales", "support"]);
        second.Text("response_metadata.next_cursor").ShouldBe("");
        people.Text("members.0.profile.email").ShouldBe("");
        people.Text("response_metadata.next_cursor").ShouldNotBe("");
    }

    [Fact]
    public async Task Channels_are_made_joined_named_and_filled()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("channels:manage,channels:join,channels:read,users:read,users:read.email,chat:write");
        var lena = (await sandbox.CallAsync(token, "users.lookupByEmail", ("email", "LENA@northwind.example"))).Text("user.id");
        (await sandbox.CallAsync(token, "users.lookupByEmail", ("email", "nobody@northwind.example"))).Text("error").ShouldBe("users_not_found");
        (await sandbox.CallAsync(token, "users.info", ("user", lena))).Text("user.profile.email").ShouldBe("lena@northwind.example");

        var made = await sandbox.CallAsync(token, "conversations.create", ("name", "launch"));
        var channel = ("channel", made.Text("channel.id"));

        made.Text("channel.is_member").ShouldBe("true");
        (await sandbox.CallAsync(token, "conversations.create", ("name", "launch"))).Text("error").ShouldBe("name_taken");
        (await sandbox.CallAsync(token, "conversations.create", ("name", "No Capitals"))).Text("error").ShouldBe("invalid_name_specials");
        (await sandbox.CallAsync(token, "conversations.setTopic", channel, ("topic", "Soon"))).Text("channel.topic.value").ShouldBe("Soon");
        (await sandbox.CallAsync(token, "conversations.invite", channel, ("users", lena))).Text("channel.num_members").ShouldBe("2");
        (await sandbox.CallAsync(token, "conversations.invite", channel, ("users", lena))).Text("error").ShouldBe("already_in_channel");
        (await sandbox.CallAsync(token, "conversations.members", channel)).At("members")!.AsArray().Count.ShouldBe(2);
        (await sandbox.CallAsync(token, "conversations.info", channel)).Text("channel.topic.value").ShouldBe("Soon");

        var random = (await sandbox.CallAsync(token, "conversations.list")).At("channels")!.AsArray().Single(c => c.Text("name") == "random").Text("id");
        (await sandbox.CallAsync(token, "conversations.join", ("channel", random))).Text("channel.is_member").ShouldBe("true");
        (await sandbox.CallAsync(token, "conversations.join", ("channel", random))).Text("warning").ShouldBe("already_in_channel");
    }

    [Fact]
    public async Task Direct_messages_open_once_and_take_a_persons_id()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("im:write,im:history,chat:write,users:read,mpim:write");
        var people = (await sandbox.CallAsync(token, "users.list")).At("members")!.AsArray();
        var (lena, tom) = (people.Single(user => user.Text("name") == "lena").Text("id"), people.Single(user => user.Text("name") == "tom").Text("id"));

        var posted = await sandbox.CallAsync(token, "chat.postMessage", ("channel", lena), ("text", "psst"));
        var opened = await sandbox.CallAsync(token, "conversations.open", ("users", lena));

        opened.Text("channel.id").ShouldBe(posted.Text("channel"));
        opened.Text("already_open").ShouldBe("true");
        (await sandbox.CallAsync(token, "conversations.history", ("channel", posted.Text("channel")))).Text("messages.0.text").ShouldBe("psst");
        (await sandbox.CallAsync(token, "conversations.open", ("users", $"{lena},{tom}"))).Text("channel.id").ShouldNotBe(opened.Text("channel.id"));
        (await sandbox.CallAsync(token, "conversations.open", ("users", "U0NOBODY"))).Text("error").ShouldBe("user_not_found");
    }

    [Fact]
    public async Task Reactions_pins_and_bookmarks_read_back()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,reactions:write,reactions:read,pins:write,pins:read,bookmarks:write,bookmarks:read");
        var posted = await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "mark me"));
        var (channel, ts) = (("channel", posted.Text("channel")), ("timestamp", posted.Text("ts")));

        await sandbox.CallAsync(token, "reactions.add", channel, ts, ("name", "eyes"));
        await sandbox.CallAsync(token, "pins.add", channel, ts);
        var bookmark = await sandbox.CallAsync(token, "bookmarks.add", ("channel_id", channel.Item2), ("type", "link"), ("title", "Desk"), ("link", "https://desk.example"));

        (await sandbox.CallAsync(token, "reactions.get", channel, ts)).Text("message.reactions.0.count").ShouldBe("1");
        (await sandbox.CallAsync(token, "reactions.add", channel, ts, ("name", "eyes"))).Text("error").ShouldBe("already_reacted");
        (await sandbox.CallAsync(token, "pins.list", channel)).Text("items.0.message.text").ShouldBe("mark me");
        (await sandbox.CallAsync(token, "pins.add", channel, ts)).Text("error").ShouldBe("already_pinned");
        bookmark.Text("bookmark.title").ShouldBe("Desk");
        (await sandbox.CallAsync(token, "bookmarks.list", ("channel_id", channel.Item2))).At("bookmarks")!.AsArray().Count.ShouldBe(1);
        (await sandbox.CallAsync(token, "bookmarks.add", ("channel_id", channel.Item2), ("type", "link"), ("title", "x"), ("link", "javascript:alert(1)"))).Text("error").ShouldBe("invalid_link");
    }

    [Theory]
    [InlineData("chat.postMessage", "chat:write")]
    [InlineData("chat.update", "chat:write")]
    [InlineData("chat.delete", "chat:write")]
    [InlineData("conversations.list", "channels:read")]
    [InlineData("conversations.info", "channels:read")]
    [InlineData("conversations.members", "channels:read")]
    [InlineData("conversations.history", "channels:history")]
    [InlineData("conversations.replies", "channels:history")]
    [InlineData("conversations.open", "im:write")]
    [InlineData("conversations.join", "channels:join")]
    [InlineData("conversations.create", "channels:manage")]
    [InlineData("conversations.setTopic", "channels:manage")]
    [InlineData("conversations.invite", "channels:manage")]
    [InlineData("users.list", "users:read")]
    [InlineData("users.info", "users:read")]
    [InlineData("users.lookupByEmail", "users:read.email")]
    [InlineData("team.info", "team:read")]
    [InlineData("reactions.add", "reactions:write")]
    [InlineData("reactions.remove", "reactions:write")]
    [InlineData("reactions.get", "reactions:read")]
    [InlineData("pins.add", "pins:write")]
    [InlineData("pins.remove", "pins:write")]
    [InlineData("pins.list", "pins:read")]
    [InlineData("bookmarks.add", "bookmarks:write")]
    [InlineData("bookmarks.list", "bookmarks:read")]
    public async Task Each_method_needs_its_scope_and_says_which(string method, string scope)
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var without = await sandbox.ConnectAsync("emoji:read");

        var refused = await sandbox.CallAsync(without, method);
        await sandbox.ConnectAsync(scope);
        var allowed = await sandbox.CallAsync(without, method);

        refused.Text("error").ShouldBe("missing_scope");
        refused.Text("needed").ShouldBe(scope);
        refused.Text("provided").ShouldBe("emoji:read");
        allowed.Text("error").ShouldNotBe("missing_scope");
    }

    [Fact]
    public async Task A_persons_token_changes_channels_with_channels_write()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("", "channels:write,chat:write");

        (await sandbox.CallAsync(token, "conversations.create", ("name", "by-mara"))).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#by-mara"), ("text", "me"))).At("message.bot_id").ShouldBeNull();
    }

    [Fact]
    public async Task Unknown_methods_and_paths_are_slacks_own()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");

        (await sandbox.CallAsync("x", "chat.shout")).Text("error").ShouldBe("unknown_method");
        using var page = await sandbox.Http.GetAsync(new Uri("/slack.com/nothing/here", UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var vendor = await sandbox.Http.GetAsync(new Uri("/api.unknown.example/v1", UriKind.Relative));
        vendor.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await vendor.JsonAsync()).At("hosts")!.ToJsonString().ShouldContain("slack.com");
    }
}
