using System.Globalization;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>/world/slack: the workspace as one of its people sees it.</summary>
internal sealed class SlackPage(SlackWorld world, WorldShell shell, TimeProvider time)
{
    private static readonly string[] AttachmentWords = ["title", "text", "fallback"];
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);

    public WorldPage Page => new("slack", "Slack", "A workspace of four people, with channels that flows post to.", Icons.Slack, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["say"] = SayAsync, ["invite"] = InviteAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var channel = Chosen(context.Request.Query["channel"].ToString(), context.Request.Query["team"].ToString());
        return shell.Of(new WorldView
        {
            Vendor = SlackOAuth.Vendor,
            Imitates = "Slack",
            Slug = "slack",
            Hosts = ["slack.com", Methods.FileMethods.Host],
            Title = Name(channel) + " in Slack",
            Side = Side(channel),
            Middle = Middle(channel),
        }).WriteAsync(context);
    }

    /// <summary>A person writes. Lena in Northwind; the first person elsewhere.</summary>
    private Task SayAsync(HttpContext context, IFormCollection form)
    {
        var channel = Chosen(form["channel"].ToString(), "");
        if (form["text"].ToString().Trim() is { Length: > 0 and <= 4000 } text)
            world.Post(new SlackMessage { Channel = channel.Id, Ts = "", User = Viewer(channel).Id, Text = text });
        return BackAsync(context, channel);
    }

    /// <summary>Adds every app of the workspace to a channel, as /invite would.</summary>
    private Task InviteAsync(HttpContext context, IFormCollection form)
    {
        var channel = Chosen(form["channel"].ToString(), "");
        foreach (var bot in Bots(channel))
            world.AddMember(world.Channel(channel.Id)!, bot.Id);
        return BackAsync(context, channel);
    }

    private static Task BackAsync(HttpContext context, SlackChannel channel)
    {
        context.Response.Redirect($"/world/slack?channel={channel.Id}");
        return Task.CompletedTask;
    }

    private SlackChannel Chosen(string channel, string team)
    {
        if (channel.Length > 0 && (world.Channel(channel) ?? world.FindChannel(SlackSeed.Northwind, channel)) is { } found)
            return found;
        var teamId = world.Team(team)?.Id ?? SlackSeed.Northwind;
        var channels = world.Channels(teamId);
        return channels.FirstOrDefault(candidate => candidate.Name == "support") ?? channels[0];
    }

    private Html Side(SlackChannel current)
    {
        var team = world.Team(current.TeamId)!;
        var channels = world.Channels(team.Id);
        return Html.Of($"""
            <aside class="side" aria-label="Workspace" data-live="side">
            <div class="side-head">{Icons.Slack}<span><b>{team.Name}</b><span>Seen as {Viewer(current).RealName}</span></span></div>
            <nav aria-label="Channels"><h2>Channels</h2><ul>{channels.Where(c => c.Kind is SlackChannelKind.Public or SlackChannelKind.Private).Select(c => Link(c, current))}</ul></nav>
            {Html.If(channels.Any(IsDirect), $"""<nav aria-label="Direct messages"><h2>Direct messages</h2><ul>{channels.Where(IsDirect).Select(c => Link(c, current))}</ul></nav>""")}
            <nav aria-label="Other places"><h2>Elsewhere</h2><ul>{world.Teams().Where(t => t.Id != team.Id).Select(t => Html.Of($"""<li><a href="/world/slack?team={t.Id}"><span class="face" aria-hidden="true">{ConsentPage.Initials(t.Name)}</span><span class="name">{t.Name}</span></a></li>"""))}<li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
            </aside>
            """);
    }

    private Html Link(SlackChannel channel, SlackChannel current)
    {
        var icon = channel.Kind switch
        {
            SlackChannelKind.Public => Icons.Hash,
            SlackChannelKind.Private => Icons.Lock,
            _ => Icons.Person,
        };
        var here = channel.Id == current.Id ? Html.Of($""" aria-current="page" """) : Html.Empty;
        return Html.Of($"""<li><a href="/world/slack?channel={channel.Id}"{here}>{icon}<span class="name">{Name(channel)}</span></a></li>""");
    }

    private Html Middle(SlackChannel channel)
    {
        var viewer = Viewer(channel);
        return Html.Of($"""
            <header class="middle-head" data-live="head">{(IsDirect(channel) ? Icons.Person : Icons.Hash)}<h1>{Name(channel)}</h1><p class="meta">{channel.Topic}{(channel.Topic.Length > 0 ? ". " : "")}{channel.Members.Count} members</p>{Apps(channel)}</header>
            <div class="scroll" data-to-end tabindex="0" role="region" aria-label="Messages"><div class="messages" data-live="messages">{Messages(channel)}</div></div>
            <form class="composer" method="post" action="/world/slack/say">{shell.GuardField}<input type="hidden" name="channel" value="{channel.Id}"><input name="text" maxlength="4000" autocomplete="off" required aria-label="Message" placeholder="Write to {(IsDirect(channel) ? "" : "#")}{Name(channel)} as {viewer.RealName}"><button aria-label="Send">{Icons.Send}</button></form>
            """);
    }

    /// <summary>Whether the apps are in: the first thing to look at when a post is refused with not_in_channel.</summary>
    private Html Apps(SlackChannel channel)
    {
        var bots = Bots(channel);
        var outside = bots.Where(bot => !channel.Has(bot.Id)).ToList();
        if (bots.Count == 0)
            return Html.Of($"""<span class="status">No app is connected</span>""");
        return outside.Count == 0
            ? Html.Of($"""<span class="status ok">{Icons.Check}{Names(bots)} {(bots.Count == 1 ? "is a member" : "are members")}</span>""")
            : Html.Of($"""<form method="post" action="/world/slack/invite" class="status off">{shell.GuardField}<input type="hidden" name="channel" value="{channel.Id}">{Icons.Alert}{Names(outside)} cannot post here<button class="button small">Invite</button></form>""");
    }

    private Html Messages(SlackChannel channel)
    {
        var parts = new List<Html>();
        var day = "";
        foreach (var message in world.History(channel.Id, "", "\u007f", 100).Reverse())
        {
            var at = At(message);
            var label = Day(at);
            if (label != day)
                parts.Add(Html.Of($"""<p class="day">{label}</p>"""));
            day = label;
            parts.Add(Message(message, reply: false));
            if (!message.Broadcast)
                parts.AddRange(world.Replies(channel.Id, message.Ts).Select(reply => Message(reply, reply: true)));
        }

        return parts.Count == 0 ? Html.Of($"""<p class="empty">Nothing has been said here. Write something below, or run a flow that posts to #{Name(channel)}.</p>""") : Html.Join(parts);
    }

    private Html Message(SlackMessage message, bool reply)
    {
        var user = world.User(message.User);
        var at = At(message);
        var fresh = time.GetUtcNow() - at < New && user is { IsBot: true };
        var face = user is { IsBot: true } ? Icons.Patchbay : Html.Of($"""<span class="face square" aria-hidden="true">{ConsentPage.Initials(user?.RealName ?? "?")}</span>""");
        var blocks = SlackMarkup.Blocks(message.Blocks).ToList();
        var marks = message.Reactions.Select(reaction => Html.Of($"""<span class="reaction"><span>:{reaction.Name}:</span><span>{reaction.Users.Count}</span></span>"""))
            .Concat(message.Files.Select(file => Html.Of($"""<span class="reaction">{Icons.Clip}{file.Title}</span>""")))
            .Concat(message.Pinned ? [Html.Of($"""<span class="reaction">Pinned</span>""")] : []).ToList();
        return Html.Of($"""
            <article class="message{(reply ? " reply" : "")}{(fresh ? " fresh" : "")}">{face}<div class="said">
            <div class="by"><b>{user?.RealName ?? "Somebody who left"}</b>{Html.If(user is { IsBot: true }, $"""<span class="badge app-badge">APP</span>""")}<time>{at.ToString("HH:mm", CultureInfo.InvariantCulture)}</time>{Html.If(message.EditedTs is not null, $"""<span class="meta">edited</span>""")}{Html.If(fresh, $"""<span class="new">just now</span>""")}</div>
            {Html.If(blocks.Count == 0 && message.Text.Length > 0, $"""<p class="words">{SlackMarkup.Of(message.Text, Known)}</p>""")}
            {blocks.Select(block => Html.Of($"""<p class="{(block.Kind is "section" or "header" ? "words" : "quote")}">{(block.Kind == "header" ? Html.Of($"<b>{block.Text}</b>") : SlackMarkup.Of(block.Text, Known))}</p>"""))}
            {(message.Attachments ?? []).Select(Attachment)}
            {Html.If(marks.Count > 0, $"""<div class="marks">{marks}</div>""")}
            </div></article>
            """);
    }

    private Html Attachment(System.Text.Json.Nodes.JsonNode? attachment)
    {
        var words = AttachmentWords.Select(name => Http.Json.Text(attachment, name)).OfType<string>().Take(2);
        var blocks = SlackMarkup.Blocks((attachment as System.Text.Json.Nodes.JsonObject)?["blocks"] as System.Text.Json.Nodes.JsonArray).Select(block => block.Text);
        return Html.Of($"""<div class="quote">{words.Concat(blocks).Select(line => Html.Of($"<p>{SlackMarkup.Of(line, Known)}</p>"))}</div>""");
    }

    private SlackUser Viewer(SlackChannel channel)
    {
        var people = world.Users(channel.TeamId).Where(user => !user.IsBot).ToList();
        return people.FirstOrDefault(user => user.Name == "lena") ?? people[0];
    }

    private List<SlackUser> Bots(SlackChannel channel) => [.. world.Users(channel.TeamId).Where(user => user.IsBot)];

    private string? Known(string id) => world.User(id)?.RealName ?? world.Channel(id)?.Name;

    private string Name(SlackChannel channel) => channel.Kind switch
    {
        SlackChannelKind.Direct or SlackChannelKind.Group => string.Join(", ", channel.Members.Select(id => world.User(id)?.RealName ?? id)),
        _ => channel.Name,
    };

    private string Day(DateTimeOffset at) => (time.GetUtcNow().Date - at.Date).Days switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => at.ToString("dddd d MMMM", CultureInfo.InvariantCulture),
    };

    private static bool IsDirect(SlackChannel channel) => channel.Kind is SlackChannelKind.Direct or SlackChannelKind.Group;

    private static string Names(IEnumerable<SlackUser> users) => string.Join(", ", users.Select(user => user.RealName));

    private static DateTimeOffset At(SlackMessage message) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Ts.Split('.')[0], CultureInfo.InvariantCulture));
}
