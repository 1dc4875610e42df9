using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Content;

/// <summary>/cms/v3/blogs/posts: drafts, publishing, scheduling.</summary>
internal sealed class BlogMethods(HubContent content, CrmWorld world) : IHubSpotMethods
{
    private const string Many = "/cms/v3/blogs/posts";
    private const string One = Many + "/{id}";
    private static readonly string[] Scope = ["content"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", "/cms/v3/blog-settings/settings", Scope, call => DocumentPages.Of(call, content.All(HubContent.Blogs, call.Portal.Id), blog => DocumentPages.Shape(blog, "created", "updated"), total: true)),
        new("GET", Many, Scope, List),
        new("POST", Many, Scope, Create),
        new("GET", One, Scope, call => HubSpotAnswer.Ok(Shape(Post(call)))),
        new("GET", One + "/draft", Scope, call => HubSpotAnswer.Ok(Shape(Post(call)))),
        new("PATCH", One, Scope, Update),
        new("PATCH", One + "/draft", Scope, Update),
        new("DELETE", One, Scope, Delete),
        new("POST", One + "/draft/push-live", Scope, call => Publish(Post(call), world.Now)),
        new("POST", Many + "/schedule", Scope, Schedule),
    ];

    private HubSpotAnswer List(HubSpotCall call)
    {
        var posts = content.All(HubContent.Posts, call.Portal.Id)
            .Where(post => (call.Query("state") ?? call.Query("state__eq")) is not { } state || State(post) == state)
            .Where(post => (call.Query("contentGroupId") ?? call.Query("contentGroupId__eq")) is not { } blog || post.Body.Text("contentGroupId") == blog)
            .Where(post => call.Query("name__icontains") is not { } part || (post.Body.Text("name") ?? "").Contains(part, StringComparison.OrdinalIgnoreCase));
        if (call.Query("sort") is { } sort)
        {
            var key = sort.TrimStart('-');
            string Key(HubDocument post) => Shape(post).Text(key) ?? "";
            posts = sort.StartsWith('-') ? posts.OrderByDescending(Key, StringComparer.Ordinal) : posts.OrderBy(Key, StringComparer.Ordinal);
        }

        return DocumentPages.Of(call, posts, Shape, total: true);
    }

    private HubSpotAnswer Create(HubSpotCall call)
    {
        if (call.Object.Text("name") is not { Length: > 0 } name)
            return HubSpotAnswer.Invalid("Some required fields were not set: [name]");
        var blogs = content.All(HubContent.Blogs, call.Portal.Id);
        var blog = PropertyValues.Text(call.Object["contentGroupId"]) is { Length: > 0 } wanted ? blogs.FirstOrDefault(candidate => candidate.Id == wanted) : blogs is [var first, ..] ? first : null;
        if (blog is null)
            return HubSpotAnswer.Invalid($"contentGroupId {PropertyValues.Text(call.Object["contentGroupId"])} is not a blog of this account");
        var body = new JsonObject
        {
            ["name"] = name,
            ["htmlTitle"] = name,
            ["slug"] = $"{blog.Body.Text("slug")}/{Slug(name)}",
            ["state"] = "DRAFT",
            ["currentlyPublished"] = false,
            ["contentGroupId"] = blog.Id,
            ["postBody"] = "",
            ["postSummary"] = "",
            ["metaDescription"] = "",
            ["language"] = "en",
            ["authorName"] = call.User.Name,
            ["createdById"] = call.User.Id,
            ["updatedById"] = call.User.Id,
            ["publishDate"] = HubTime.Text(DateTimeOffset.UnixEpoch),
            ["domain"] = $"www.{call.Portal.Domain}",
        };
        // The state follows from publishing, not from what is sent.
        foreach (var (member, value) in call.Object.Where(member => member.Key is not ("id" or "state" or "created" or "updated" or "contentGroupId" or "currentlyPublished")))
            body[member] = value?.DeepClone();
        var post = content.Add(HubContent.Posts, call.Portal.Id, world.NextId(call.Portal.Id), body);
        return HubSpotAnswer.Created(Shape(call.Object.Text("state") is "PUBLISHED" ? Published(post, world.Now) : post));
    }

    private HubSpotAnswer Update(HubSpotCall call)
    {
        var members = (JsonObject)call.Object.DeepClone();
        var publish = members.Text("state") is "PUBLISHED";
        members.Remove("state");
        var post = content.Change(HubContent.Posts, Post(call), members);
        return HubSpotAnswer.Ok(Shape(publish ? Published(post, world.Now) : post));
    }

    private HubSpotAnswer Delete(HubSpotCall call)
    {
        content.Delete(HubContent.Posts, Post(call));
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Schedule(HubSpotCall call) =>
        content.Get(HubContent.Posts, call.Portal.Id, PropertyValues.Text(call.Object["id"]) ?? "") is not { } post ? HubSpotAnswer.NotFound()
        : HubTime.Parse(call.Object.Text("publishDate") ?? "") is { } at ? Publish(post, at)
        : HubSpotAnswer.Invalid("publishDate is missing or not a date");

    private HubSpotAnswer Publish(HubDocument post, DateTimeOffset at)
    {
        Published(post, at);
        return HubSpotAnswer.NoContent;
    }

    private HubDocument Published(HubDocument post, DateTimeOffset at) =>
        content.Change(HubContent.Posts, post, new JsonObject { ["publishDate"] = HubTime.Text(at), ["state"] = "PUBLISHED" });

    private HubDocument Post(HubSpotCall call) => content.Get(HubContent.Posts, call.Portal.Id, call.Route("id")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());

    /// <summary>A post with a date to come is scheduled until then.</summary>
    private string State(HubDocument post) =>
        post.Body.Text("state") is not "PUBLISHED" ? "DRAFT" : HubTime.Parse(post.Body.Text("publishDate") ?? "") <= world.Now ? "PUBLISHED" : "SCHEDULED";

    private JsonNode Shape(HubDocument post)
    {
        var body = DocumentPages.Shape(post, "created", "updated");
        body["archivedAt"] = HubTime.Text(DateTimeOffset.UnixEpoch);
        body["state"] = State(post);
        body["currentState"] = State(post);
        body["currentlyPublished"] = State(post) == "PUBLISHED";
        body["url"] = $"https://{body.Text("domain")}/{body.Text("slug")}";
        return body;
    }

    private static string Slug(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLower(CultureInfo.InvariantCulture))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                text.Append(letter);
            else if (text.Length > 0 && text[^1] != '-' && !char.IsHighSurrogate(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                text.Append('-');
        }

        return text.ToString().Trim('-');
    }
}
