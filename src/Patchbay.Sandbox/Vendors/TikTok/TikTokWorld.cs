using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>Profiles, their videos, and what apps are posting. API and page go through here.</summary>
internal sealed class TikTokWorld(Store store, LiveFeed live, TimeProvider time)
{
    private readonly Collection<TikTokAccount> accounts = new(store, "tiktok.account");
    private readonly Collection<TikTokVideo> videos = new(store, "tiktok.video");
    private readonly Collection<TikTokPublish> publishes = new(store, "tiktok.publish");

    public void Clear()
    {
        accounts.Clear();
        videos.Clear();
        publishes.Clear();
    }

    public IReadOnlyList<TikTokAccount> Accounts() => accounts.List();

    public TikTokAccount? Account(string? id) => id is null ? null : accounts.Get(id);

    public void Put(TikTokAccount account)
    {
        accounts.Put(account.Id, account, sort: account.Id);
        Changed();
    }

    /// <summary>What an app sees of an account is its own: another app gets another id for the same person.</summary>
    public static string OpenId(string clientId, string account) => "-000" + Hash($"open/{clientId}/{account}", 32);

    /// <summary>The same for all apps of one maker. Here every app has the same maker.</summary>
    public static string UnionId(string account) => Hash($"union/{account}", 36);

    public TikTokVideo? Video(string id) => videos.Get(id);

    /// <summary>Newest first, private ones too.</summary>
    public IReadOnlyList<TikTokVideo> Videos(string account) => videos.List(account, newestFirst: true);

    /// <summary>What everybody can see, newest first: the API lists no others.</summary>
    public IReadOnlyList<TikTokVideo> PublicVideos(string account) => [.. Videos(account).Where(video => video.Privacy == TikTokPrivacy.Everyone)];

    /// <summary>Adds a video under a fresh id, later than every one before.</summary>
    public TikTokVideo Add(TikTokVideo draft) => store.Atomic(() =>
    {
        var at = draft.CreatedAt;
        while (videos.List(draft.Account, Sort(at), Sort(at + 1)).Count > 0)
            at++;
        var video = draft with { CreatedAt = at, Id = VideoId(draft.Account, at) };
        Save(video);
        return video;
    });

    public void Save(TikTokVideo video)
    {
        videos.Put(video.Id, video, video.Account, Sort(video.CreatedAt));
        Changed();
    }

    public void Delete(TikTokVideo video)
    {
        videos.Delete(video.Id);
        Changed();
    }

    public TikTokPublish? Publish(string id) => publishes.Get(id);

    public TikTokPublish? PublishByUpload(string secret) => publishes.List("upload/" + Secrets.Hash(secret)).FirstOrDefault() is { } pointer ? Publish(pointer.Id) : null;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<TikTokPublish> Publishes(string account) => publishes.List(account, newestFirst: true);

    public void Save(TikTokPublish publish)
    {
        publishes.Put(publish.Id, publish, publish.Account, Sort(publish.CreatedAt.ToUnixTimeMilliseconds()));
        // Found by the hash of its upload secret too: the secret itself is kept nowhere.
        if (publish.UploadHash.Length > 0)
            publishes.Put("upload/" + publish.Id, publish, "upload/" + publish.UploadHash);
        Changed();
    }

    /// <summary>Everything is there: a direct post appears, anything else goes to the creator's inbox.</summary>
    public TikTokPublish Complete(TikTokPublish publish) => publish.Direct ? Post(publish) : Keep(publish with { Status = "SEND_TO_USER_INBOX" });

    /// <summary>Puts it on the profile.</summary>
    public TikTokPublish Post(TikTokPublish publish) => store.Atomic(() =>
    {
        var video = Add(new TikTokVideo
        {
            Id = "",
            Account = publish.Account,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Title = publish.Title,
            Description = publish.Description.Length > 0 ? publish.Description : publish.Title,
            Duration = publish.Media == "PHOTO" ? 0 : 15,
            Privacy = publish.Privacy,
            ByApp = true,
        });
        return Keep(publish with { Status = "PUBLISH_COMPLETE", Video = video.Id });
    });

    private TikTokPublish Keep(TikTokPublish publish)
    {
        Save(publish);
        return publish;
    }

    private void Changed() => live.Changed(TikTokOAuth.Vendor);

    private static string Sort(long milliseconds) => milliseconds.ToString("D15", CultureInfo.InvariantCulture);

    /// <summary>19 digits that begin with the time, as TikTok's do; a reset world keeps them.</summary>
    private static string VideoId(string account, long milliseconds) =>
        ((milliseconds / 1000 << 32) + BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}/{milliseconds}")))).ToString(CultureInfo.InvariantCulture);

    private static string Hash(string text, int length) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..length];
}
