using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Slack;

public sealed class SlackShelfTests
{
    [Fact]
    public async Task A_file_is_uploaded_in_three_steps_and_reads_back()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("files:write,files:read,channels:read,channels:history");
        var support = (await sandbox.CallAsync(token, "conversations.list")).At("channels")!.AsArray().Single(channel => channel.Text("name") == "support").Text("id");
        var content = "ticket,state\n1047,open\n";

        var address = await sandbox.CallAsync(token, "files.getUploadURLExternal", ("filename", "tickets.csv"), ("length", $"{content.Length}"));
        var here = new Uri(address.Text("upload_url").Replace("https://", "/", StringComparison.Ordinal), UriKind.Relative);
        using (var wrong = await sandbox.Http.PostAsync(here, new ByteArrayContent([1])))
            ((int)wrong.StatusCode).ShouldBe(400);
        (await sandbox.CallAsync(token, "files.completeUploadExternal", ("files", $$"""[{"id":"{{address.Text("file_id")}}"}]"""))).Text("error").ShouldBe("file_not_found");
        using (var sent = await sandbox.Http.PostAsync(here, new ByteArrayContent(Encoding.UTF8.GetBytes(content))))
            ((int)sent.StatusCode).ShouldBe(200);
        var done = await sandbox.CallAsync(token, "files.completeUploadExternal",
            ("files", $$"""[{"id":"{{address.Text("file_id")}}","title":"Tickets"}]"""), ("channel_id", support), ("initial_comment", "Today's list"));

        done.Text("files.0.title").ShouldBe("Tickets");
        (await sandbox.CallAsync(token, "files.info", ("file", address.Text("file_id")))).Text("content").ShouldBe(content);
        (await sandbox.CallAsync(token, "files.list")).At("files")!.AsArray().Count.ShouldBe(1);
        var history = await sandbox.CallAsync(token, "conversations.history", ("channel", support), ("limit", "1"));
        history.Text("messages.0.files.0.id").ShouldBe(address.Text("file_id"));
        using var late = await sandbox.Http.PostAsync(here, new ByteArrayContent(Encoding.UTF8.GetBytes(content)));
        ((int)late.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Reminders_snoozes_and_groups_read_back()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("", "reminders:write,reminders:read,dnd:write,dnd:read,usergroups:read");

        (await sandbox.CallAsync(token, "reminders.add", ("text", "Call Fern"), ("time", "in 20 minutes"))).Text("reminder.text").ShouldBe("Call Fern");
        (await sandbox.CallAsync(token, "reminders.add", ("text", "x"), ("time", "someday"))).Text("error").ShouldBe("cannot_parse");
        (await sandbox.CallAsync(token, "reminders.add", ("text", "x"), ("time", "100000"))).Text("error").ShouldBe("time_in_past");
        (await sandbox.CallAsync(token, "reminders.list")).At("reminders")!.AsArray().Count.ShouldBe(1);
        (await sandbox.CallAsync(token, "dnd.setSnooze", ("num_minutes", "30"))).Text("snooze_remaining").ShouldBe("1800");
        sandbox.Time.Advance(TimeSpan.FromMinutes(31));
        (await sandbox.CallAsync(token, "dnd.info")).Text("snooze_enabled").ShouldBe("false");
        (await sandbox.CallAsync(token, "usergroups.list")).At("usergroups")!.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Search_is_for_people_and_finds_what_was_said()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("", "search:read");

        var found = await sandbox.CallAsync(token, "search.messages", ("query", "in:#support from:@tom printer"));

        found.Text("messages.total").ShouldBe("1");
        found.Text("messages.matches.0.channel.name").ShouldBe("support");
        (await sandbox.CallAsync(token, "search.messages", ("query", "nothing-like-this"))).Text("messages.total").ShouldBe("0");
    }

    [Theory]
    [InlineData("files.getUploadURLExternal", "files:write")]
    [InlineData("files.completeUploadExternal", "files:write")]
    [InlineData("files.info", "files:read")]
    [InlineData("files.list", "files:read")]
    [InlineData("reminders.add", "reminders:write")]
    [InlineData("reminders.list", "reminders:read")]
    [InlineData("dnd.setSnooze", "dnd:write")]
    [InlineData("dnd.info", "dnd:read")]
    [InlineData("usergroups.list", "usergroups:read")]
    [InlineData("search.messages", "search:read")]
    public async Task Each_method_needs_its_scope(string method, string scope)
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var without = await sandbox.ConnectAsync("", "emoji:read");

        var refused = await sandbox.CallAsync(without, method);
        await sandbox.ConnectAsync("", scope);

        refused.Text("needed").ShouldBe(scope);
        (await sandbox.CallAsync(without, method)).Text("error").ShouldNotBe("missing_scope");
    }

    [Fact]
    public async Task A_scheduled_message_is_posted_at_its_time_and_a_withdrawn_one_is_not()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,channels:history");
        async Task<JsonNode> ScheduleAsync(string text) => await sandbox.CallAsync(token, "chat.scheduleMessage", ("channel", "#support"), ("text", text),
            ("post_at", (sandbox.Time.GetUtcNow().ToUnixTimeSeconds() + 600).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        (await ScheduleAsync("later")).Text("ok").ShouldBe("true");
        var withdrawn = (await ScheduleAsync("never")).Text("scheduled_message_id");
        (await sandbox.CallAsync(token, "chat.deleteScheduledMessage", ("channel", "#support"), ("scheduled_message_id", withdrawn))).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(token, "chat.scheduledMessages.list")).At("scheduled_messages")!.AsArray().ShouldHaveSingleItem().Text("text").ShouldBe("later");
        var before = await TextsAsync();
        before.ShouldNotContain("later");

        sandbox.Time.Advance(TimeSpan.FromMinutes(11));

        (await TextsAsync()).ShouldContain("later");
        (await TextsAsync()).ShouldNotContain("never");
        (await sandbox.CallAsync(token, "chat.scheduledMessages.list")).At("scheduled_messages")!.AsArray().ShouldBeEmpty();

        async Task<List<string>> TextsAsync() => [.. (await sandbox.ControlAsync("slack/messages?channel=support")).AsArray().Select(message => message.Text("text"))];
    }

    [Fact]
    public async Task Stars_groups_and_deleted_files_read_back()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var bot = await sandbox.ConnectAsync("chat:write,usergroups:read,usergroups:write,users:read");
        var person = await sandbox.ConnectAsync("", "stars:read,stars:write");
        var posted = await sandbox.CallAsync(bot, "chat.postMessage", ("channel", "#support"), ("text", "keep me"));
        (await sandbox.CallAsync(person, "stars.add", ("channel", posted.Text("channel")), ("timestamp", posted.Text("ts")))).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(person, "stars.add", ("channel", posted.Text("channel")), ("timestamp", posted.Text("ts")))).Text("error").ShouldBe("already_starred");
        (await sandbox.CallAsync(person, "stars.list")).At("items")!.AsArray().ShouldHaveSingleItem().Text("message.text").ShouldBe("keep me");

        var group = (await sandbox.CallAsync(bot, "usergroups.create", ("name", "Packers"), ("handle", "packers"))).Text("usergroup.id");
        var somebody = (await sandbox.CallAsync(bot, "users.list")).Text("members.0.id");
        (await sandbox.CallAsync(bot, "usergroups.users.update", ("usergroup", group), ("users", somebody))).Text("usergroup.user_count").ShouldBe("1");
        (await sandbox.CallAsync(bot, "usergroups.list")).At("usergroups")!.AsArray().Select(one => one.Text("handle")).ShouldContain("packers");
        (await sandbox.CallAsync(bot, "usergroups.create", ("name", "Packers"))).Text("error").ShouldBe("name_already_exists");
    }
}
