using System.Globalization;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.TikTok.Methods;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>/world/tiktok: a profile as everybody sees it, and its owner's inbox.</summary>
internal sealed class TikTokPage(TikTokWorld world, WorldShell shell, TimeProvider time)
{
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);

    /// <summary>Our own tile: a note, not the official mark.</summary>
    public static readonly Html Glyph = Html.Of($"""
        <svg class="glyph tile tiktok" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M17.5 8v11.5a3.75 3.75 0 1 1-3.75-3.75M17.5 8c.3 2.8 2.2 4.6 5 4.9"/></svg>
        """);

    public WorldPage Page => new(TikTokOAuth.Vendor, "TikTok", "Three profiles with their videos, counts and inbox.", Glyph, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["post"] = PostAsync, ["watch"] = WatchAsync, ["follow"] = FollowAsync, ["finish"] = FinishAsync, ["bio"] = BioAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var account = Chosen(context.Request.Query["account"].ToString());
        return shell.Of(new WorldView
        {
            Vendor = TikTokOAuth.Vendor,
            Style = "tiktok.css",
            Imitates = "TikTok",
            Slug = TikTokOAuth.Vendor,
            Hosts = [TikTokOAuth.Host, TikTokVendor.Api, PostMethods.UploadHost],
            Title = $"@{account.Username} on TikTok",
            Side = Side(account),
            Middle = Middle(account),
        }).WriteAsync(context);
    }

    private TikTokAccount Chosen(string username) => world.Accounts().FirstOrDefault(account => account.Username == username) ?? world.Accounts()[0];

    private Html Side(TikTokAccount current) => Html.Of($"""
        <aside class="side" aria-label="Profiles" data-live="side">
        <div class="side-head">{Glyph}<span><b>TikTok</b><span>Seen as {current.DisplayName}</span></span></div>
        <nav aria-label="Profiles"><h2>Profiles</h2><ul>{world.Accounts().Select(account => Html.Of($"""<li><a href="/world/tiktok?account={account.Username}"{(account.Id == current.Id ? Html.Of($""" aria-current="page" """) : Html.Empty)}><span class="face" aria-hidden="true">{ConsentPage.Initials(account.DisplayName)}</span><span class="name">@{account.Username}</span>{(account.Private ? Icons.Lock : Html.Empty)}</a></li>"""))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private Html Middle(TikTokAccount account)
    {
        var videos = world.Videos(account.Id);
        return Html.Of($"""
            <header class="middle-head"><h1>@{account.Username}</h1><p class="meta">{(account.Private ? "Private profile" : "Public profile")}</p></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Profile"><div class="profile">
            <div class="profile-head" data-live="profile"><span class="face" aria-hidden="true">{ConsentPage.Initials(account.DisplayName)}</span><div><h2>{account.DisplayName}{Html.If(account.Verified, $"""<span class="verified">{Icons.Check}<span>verified</span></span>""")}</h2>
            <ul class="numbers"><li><b>{Count(account.Following)}</b> following</li><li><b>{Count(account.Followers)}</b> followers</li><li><b>{Count(world.PublicVideos(account.Id).Sum(video => video.Likes))}</b> likes</li></ul><p>{account.Bio}</p></div></div>
            <div class="profile-acts"><form method="post" action="/world/tiktok/follow">{Hidden(account)}<button class="button">Follow, as somebody else</button></form>
            <details class="crm-add inline"><summary>Post a video</summary><form method="post" action="/world/tiktok/post">{Hidden(account)}<div class="crm-fields"><label><span>Title</span><input name="title" maxlength="150" required autocomplete="off"></label></div><button class="button primary small">Post</button></form></details>
            <details class="crm-add inline"><summary>Change the bio</summary><form method="post" action="/world/tiktok/bio">{Hidden(account)}<div class="crm-fields"><label><span>Bio</span><input name="bio" maxlength="80" value="{account.Bio}" autocomplete="off"></label></div><button class="button small">Save</button></form></details></div>
            <div data-live="inbox">{Inbox(account)}</div>
            <div data-live="videos">{(videos.Count == 0 ? Html.Of($"""<p class="empty">There are no videos yet. What a flow posts as @{account.Username} appears here.</p>""") : Html.Of($"""<ul class="videos">{videos.Take(60).Select(video => Card(account, video))}</ul>"""))}</div>
            </div></div>
            """);
    }

    private Html Inbox(TikTokAccount account)
    {
        var waiting = world.Publishes(account.Id).Where(publish => publish.Status is "SEND_TO_USER_INBOX" or "PROCESSING_UPLOAD").Take(10).ToList();
        return Html.If(waiting.Count > 0, $"""
            <section class="inbox" aria-label="Inbox"><h2>Inbox</h2><ul class="related">{waiting.Select(publish => publish.Status == "PROCESSING_UPLOAD"
                ? Html.Of($"""<li><span>An app is uploading: {(publish.Size == 0 ? 0 : publish.Uploaded * 100 / publish.Size)} % of {Count(publish.Size)} bytes</span><span class="badge">uploading</span></li>""")
                : Html.Of($"""<li><span>An app handed in a video for you to finish</span><form method="post" action="/world/tiktok/finish">{Hidden(account)}<input type="hidden" name="publish" value="{publish.Id}"><button class="button small">Post it</button></form></li>"""))}</ul></section>
            """);
    }

    private Html Card(TikTokAccount account, TikTokVideo video)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(video.CreatedAt);
        var fresh = video.ByApp && time.GetUtcNow() - at < New;
        return Html.Of($"""
            <li class="video{(fresh ? " fresh" : "")}"><div class="cover cover-{Cover(video)}" aria-hidden="true"><span>{(video.Duration == 0 ? "photos" : $"{video.Duration / 60}:{video.Duration % 60:D2}")}</span></div>
            <b>{(video.Title.Length > 0 ? video.Title : "Untitled")}</b><span class="meta">{Count(video.Views)} views · {Count(video.Likes)} likes · {at.ToString("d MMM", CultureInfo.InvariantCulture)}</span>
            <span class="video-foot">{Html.If(video.Privacy != TikTokPrivacy.Everyone, $"""<span class="badge">{(video.Privacy == TikTokPrivacy.Self ? "only me" : "friends")}</span>""")}{Html.If(video.ByApp, $"""<span class="badge accent">by an app</span>""")}<form method="post" action="/world/tiktok/watch">{Hidden(account)}<input type="hidden" name="video" value="{video.Id}"><button class="link" name="what" value="watch" aria-label="Watch {video.Title}">Watch</button><button class="link" name="what" value="like" aria-label="Like {video.Title}">Like</button></form></span></li>
            """);
    }

    private Html Hidden(TikTokAccount account) => Html.Of($"""{shell.GuardField}<input type="hidden" name="account" value="{account.Username}">""");

    private Task PostAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, account =>
    {
        if (form["title"].ToString().Trim() is { Length: > 0 and <= 150 } title)
            world.Add(new TikTokVideo { Id = "", Account = account.Id, CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(), Title = title, Description = title, Privacy = TikTokPrivacy.OptionsOf(account)[0] });
    });

    private Task WatchAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, account =>
    {
        if (world.Video(form["video"].ToString()) is { } video && video.Account == account.Id)
            world.Save(form["what"] == "like" ? video with { Views = video.Views + 1, Likes = video.Likes + 1 } : video with { Views = video.Views + 1 });
    });

    private Task FollowAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, account => world.Put(account with { Followers = account.Followers + 1 }));

    private Task BioAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, account =>
    {
        if (form["bio"].ToString().Trim() is { Length: <= 80 } bio)
            world.Put(account with { Bio = bio });
    });

    /// <summary>The creator finishes what an app handed in, and everybody sees it.</summary>
    private Task FinishAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, account =>
    {
        if (world.Publish(form["publish"].ToString()) is { Status: "SEND_TO_USER_INBOX" } publish && publish.Account == account.Id)
            world.Post(publish with { Privacy = TikTokPrivacy.OptionsOf(account)[0] });
    });

    private Task ActAsync(HttpContext context, IFormCollection form, Action<TikTokAccount> act)
    {
        var account = Chosen(form["account"].ToString());
        act(account);
        context.Response.Redirect("/world/tiktok?account=" + account.Username);
        return Task.CompletedTask;
    }

    private static int Cover(TikTokVideo video) => video.Id[^1] % 6;

    private static string Count(long number) => number switch
    {
        >= 1_000_000 => (number / 1_000_000d).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (number / 1000d).ToString("0.#", CultureInfo.InvariantCulture) + "K",
        _ => number.ToString("#,##0", CultureInfo.InvariantCulture),
    };
}
