using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>The older /v2/ugcPosts, which most functions in the wild still use. It writes the same posts.</summary>
internal sealed class UgcMethods(LinkedInWorld world, PostMethods posts, PostContents contents) : ILinkedInMethods
{
    private const string Share = "com.linkedin.ugc.ShareContent";
    private const string Visibility = "com.linkedin.ugc.MemberNetworkVisibility";

    public IReadOnlyList<LinkedInMethod> Methods =>
    [
        new("POST", LinkedInMethod.Old, "/ugcPosts", "ugcPosts.CREATE", [], Create),
        new("GET", LinkedInMethod.Old, "/ugcPosts", "ugcPosts.FINDER-authors", [], Find),
        new("GET", LinkedInMethod.Old, "/ugcPosts/{urn}", "ugcPosts.GET", [], Get),
        new("DELETE", LinkedInMethod.Old, "/ugcPosts/{urn}", "ugcPosts.DELETE", [], Delete),
    ];

    private LinkedInAnswer Create(LinkedInCall call)
    {
        var body = call.Body;
        foreach (var required in (string[])["author", "lifecycleState", "specificContent", "visibility"])
        {
            if (body[required] is null)
                throw LinkedInRefusal.Missing("/" + required);
        }

        var author = Authors.Demand(world, call, body.Text("author") ?? "", "/author");
        var share = body["specificContent"].Child(Share) as JsonObject ?? throw LinkedInRefusal.Missing($"/specificContent/{Share}");
        if (body.Text("lifecycleState") is not "PUBLISHED")
            throw LinkedInRefusal.Wrong("/lifecycleState", $"\"{body.Text("lifecycleState")}\" is not allowed: only PUBLISHED can be created");
        if (share["shareCommentary"] is null)
            throw LinkedInRefusal.Missing($"/specificContent/{Share}/shareCommentary");
        var visibility = body["visibility"].Text(Visibility);
        if (visibility is not ("PUBLIC" or "CONNECTIONS" or "LOGGED_IN"))
            throw LinkedInRefusal.Wrong($"/visibility/{Visibility}", $"\"{visibility}\" is not an enum symbol");

        var made = posts.Publish(new LinkedInPost
        {
            Urn = "", Author = author,
            // The older door takes plain text; the newer one would end it at the first bracket.
            Commentary = LittleText.Escape(share["shareCommentary"].Text("text") ?? ""),
            Visibility = visibility, Lifecycle = "PUBLISHED",
            Distribution = new JsonObject { ["feedDistribution"] = "MAIN_FEED", ["targetEntities"] = new JsonArray(), ["thirdPartyDistributionChannels"] = new JsonArray() },
            Content = Content(share, author), Created = 0, Modified = 0, ClientId = call.ClientId,
        });
        return LinkedInAnswer.Created(made.Urn, new JsonObject { ["id"] = made.Urn });
    }

    private JsonObject? Content(JsonObject share, string author)
    {
        var category = share.Text("shareMediaCategory") ?? throw LinkedInRefusal.Missing($"/specificContent/{Share}/shareMediaCategory");
        if (category is "NONE")
            return null;
        if (category is not ("ARTICLE" or "IMAGE" or "VIDEO"))
            throw LinkedInRefusal.Wrong($"/specificContent/{Share}/shareMediaCategory", $"\"{category}\" is not an enum symbol");
        var media = share["media"] is JsonArray { Count: > 0 } list ? list[0] : throw LinkedInRefusal.Missing($"/specificContent/{Share}/media");
        var path = $"/specificContent/{Share}/media/0";
        if (media.Text("status") is not "READY")
            throw LinkedInRefusal.Wrong($"{path}/status", "must be READY");
        if (category is "ARTICLE")
        {
            var source = media.Text("originalUrl") ?? throw LinkedInRefusal.Missing($"{path}/originalUrl");
            return new JsonObject { ["article"] = new JsonObject { ["source"] = source, ["title"] = media.Child("title").Text("text") ?? source, ["description"] = media.Child("description").Text("text") } };
        }

        var id = media.Text("media") ?? throw LinkedInRefusal.Missing($"{path}/media");
        contents.Demand(id, author, $"{path}/media", "asset", "image", "video");
        return new JsonObject { ["media"] = new JsonObject { ["id"] = id, ["title"] = media.Child("title").Text("text") } };
    }

    private LinkedInAnswer Get(LinkedInCall call)
    {
        var post = world.Post(call.Route("urn"));
        Authors.DemandReading(world, call, post?.Author ?? "");
        return LinkedInAnswer.Ok(Shape(post ?? throw LinkedInRefusal.NotFound("The post could not be found")));
    }

    private LinkedInAnswer Find(LinkedInCall call)
    {
        if (call.Text("q") is not "authors")
            throw LinkedInRefusal.BadQuery("Query parameter q must be authors");
        var author = RestLi.Texts(call.Value("authors")) is [var first, ..] ? first : throw LinkedInRefusal.BadQuery("Query parameter authors is required");
        Authors.DemandReading(world, call, author);
        return LinkedInAnswer.Ok(call.List(world.Posts(author), Shape));
    }

    private LinkedInAnswer Delete(LinkedInCall call)
    {
        var post = world.Post(call.Route("urn"));
        Authors.Demand(world, call, post?.Author ?? call.Member.Urn, "/author");
        if (post is not null)
            world.Put(post with { Deleted = true });
        return LinkedInAnswer.NoContent;
    }

    private static JsonObject Shape(LinkedInPost post) => new()
    {
        ["id"] = post.Urn,
        ["author"] = post.Author,
        ["lifecycleState"] = post.Lifecycle,
        ["specificContent"] = new JsonObject { [Share] = new JsonObject { ["shareCommentary"] = new JsonObject { ["text"] = LittleText.Plain(post.Commentary) }, ["shareMediaCategory"] = post.Content is null ? "NONE" : post.Content["article"] is null ? "IMAGE" : "ARTICLE" } },
        ["visibility"] = new JsonObject { [Visibility] = post.Visibility },
        ["created"] = new JsonObject { ["time"] = post.Created, ["actor"] = post.Author },
        ["firstPublishedAt"] = post.Created,
        ["lastModified"] = new JsonObject { ["time"] = post.Modified },
    };
}
