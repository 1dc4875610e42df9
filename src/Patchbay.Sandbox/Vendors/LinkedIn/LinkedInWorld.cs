using System.Globalization;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>Members, company pages, posts and what people do to them, media, and ads.</summary>
internal sealed class LinkedInWorld(Store store, LiveFeed live, TimeProvider time)
{
    private readonly Collection<LinkedInMember> members = new(store, "linkedin.member");
    private readonly Collection<LinkedInOrganization> organizations = new(store, "linkedin.organization");
    private readonly Collection<LinkedInPost> posts = new(store, "linkedin.post");
    private readonly Collection<LinkedInComment> comments = new(store, "linkedin.comment");
    private readonly Collection<LinkedInReaction> reactions = new(store, "linkedin.reaction");
    private readonly Collection<LinkedInMedia> media = new(store, "linkedin.media");
    private readonly Collection<LinkedInMedia> uploads = new(store, "linkedin.upload");
    private readonly Collection<LinkedInAdAccount> accounts = new(store, "linkedin.adaccount");
    private readonly Collection<LinkedInCampaign> campaigns = new(store, "linkedin.campaign");
    private long last;

    public Store Store => store;

    public DateTimeOffset Now => time.GetUtcNow();

    public void Clear()
    {
        members.Clear();
        organizations.Clear();
        posts.Clear();
        comments.Clear();
        reactions.Clear();
        media.Clear();
        uploads.Clear();
        accounts.Clear();
        campaigns.Clear();
    }

    public IReadOnlyList<LinkedInMember> Members() => members.List();

    public LinkedInMember? Member(string? id) => id is null ? null : members.Get(id);

    public void Put(LinkedInMember member) => members.Put(member.Id, member, sort: Sort());

    public IReadOnlyList<LinkedInOrganization> Organizations() => organizations.List();

    public LinkedInOrganization? Organization(string? id) => id is null ? null : organizations.Get(id);

    public void Put(LinkedInOrganization organization) => organizations.Put(organization.Id, organization, sort: Sort());

    /// <summary>"Mara Köhler" or "Northwind"; empty for nobody.</summary>
    public string NameOf(string urn) => MemberOf(urn)?.Name ?? OrganizationOf(urn)?.Name ?? "";

    public LinkedInMember? MemberOf(string? urn) => Member(Part(urn, "urn:li:person:") ?? Part(urn, "urn:li:member:"));

    public LinkedInOrganization? OrganizationOf(string? urn) => Organization(Part(urn, "urn:li:organization:"));

    /// <summary>A fresh number in LinkedIn's size, later than every one before.</summary>
    public string NextId()
    {
        last = Math.Max(Now.ToUnixTimeMilliseconds() * 4_000_000, last + 1);
        return last.ToString(CultureInfo.InvariantCulture);
    }

    public void Put(LinkedInPost post)
    {
        posts.Put(post.Urn, post, post.Author, post.Created.ToString("D15", CultureInfo.InvariantCulture) + post.Urn.Split(':')[^1]);
        live.Changed("linkedin");
    }

    /// <summary>A post by its name; the older and newer kinds of name mean the same number.</summary>
    public LinkedInPost? Post(string? urn) => urn is null ? null : Alive(posts.Get(urn)) ?? Alive(posts.Get(urn.Replace(":ugcPost:", ":share:", StringComparison.Ordinal)))
        ?? Alive(posts.Get(urn.Replace(":share:", ":ugcPost:", StringComparison.Ordinal))) ?? Alive(posts.Get(urn.Replace(":activity:", ":share:", StringComparison.Ordinal)));

    /// <summary>An author's posts, newest first; deleted ones only for the search for duplicates.</summary>
    public IReadOnlyList<LinkedInPost> Posts(string author, bool deletedToo = false) => [.. posts.List(author, newestFirst: true).Where(post => deletedToo || !post.Deleted)];

    public IReadOnlyList<LinkedInPost> Feed() =>
        [.. Members().Select(member => member.Urn).Concat(Organizations().Select(organization => organization.Urn)).SelectMany(author => Posts(author)).OrderByDescending(post => post.Created).ThenByDescending(post => post.Urn, StringComparer.Ordinal)];

    public void Put(LinkedInComment comment)
    {
        comments.Put(comment.Id, comment, comment.Post, comment.Created.ToString("D15", CultureInfo.InvariantCulture) + comment.Id);
        live.Changed("linkedin");
    }

    public LinkedInComment? Comment(string id) => comments.Get(id);

    public IReadOnlyList<LinkedInComment> Comments(string post) => comments.List(post);

    public void Delete(LinkedInComment comment)
    {
        comments.Delete(comment.Id);
        live.Changed("linkedin");
    }

    public void Put(LinkedInReaction reaction)
    {
        reactions.Put($"{reaction.Post}/{reaction.Actor}", reaction, reaction.Post, reaction.Created.ToString("D15", CultureInfo.InvariantCulture));
        live.Changed("linkedin");
    }

    public LinkedInReaction? Reaction(string post, string actor) => reactions.Get($"{post}/{actor}");

    public IReadOnlyList<LinkedInReaction> Reactions(string post) => reactions.List(post);

    public bool Delete(LinkedInReaction reaction)
    {
        live.Changed("linkedin");
        return reactions.Delete($"{reaction.Post}/{reaction.Actor}");
    }

    public LinkedInMedia? Media(string? urn) => urn is null ? null : media.Get(urn);

    /// <summary>The upload that an address with this secret belongs to.</summary>
    public LinkedInMedia? Upload(string secret) => uploads.Get(Secrets.Hash(secret)) is { } upload ? media.Get(upload.Urn) : null;

    public void Put(LinkedInMedia item)
    {
        media.Put(item.Urn, item, item.Owner);
        uploads.Put(item.UploadHash, item with { Content = null });
    }

    public IReadOnlyList<LinkedInAdAccount> AdAccounts() => accounts.List();

    public LinkedInAdAccount? AdAccount(string? id) => id is null ? null : accounts.Get(id);

    public void Put(LinkedInAdAccount account) => accounts.Put(account.Id, account, sort: account.Id);

    public IReadOnlyList<LinkedInCampaign> Campaigns(string account) => campaigns.List(account);

    public LinkedInCampaign? Campaign(string? id) => id is null ? null : campaigns.Get(id);

    public void Put(LinkedInCampaign campaign) => campaigns.Put(campaign.Id, campaign, campaign.Account, campaign.Id);

    public static string? Part(string? urn, string prefix) => urn is not null && urn.StartsWith(prefix, StringComparison.Ordinal) ? urn[prefix.Length..] : null;

    private static LinkedInPost? Alive(LinkedInPost? post) => post is { Deleted: false } ? post : null;

    private string Sort() => NextId().PadLeft(20, '0');
}
