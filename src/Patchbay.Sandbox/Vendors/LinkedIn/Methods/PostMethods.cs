using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>/rest/posts: writing as a person or as a company, changing, deleting, and reading a company's.</summary>
internal sealed class PostMethods(LinkedInWorld world, PostContents contents) : ILinkedInMethods
{
    private static readonly string[] Fields =
        ["author", "commentary", "visibility", "distribution", "lifecycleState", "isReshareDisabledByAuthor", "content", "reshareContext", "contentLandingPage", "contentCallToActionLabel", "container", "adContext"];

    private static readonly string[] Changeable = ["commentary", "contentCallToActionLabel", "contentLandingPage", "lifecycleState", "adContext", "content"];

    public IReadOnlyList<LinkedInMethod> Methods =>
    [
        new("POST", LinkedInMethod.Rest, "/posts", "posts.CREATE", [], Create),
        new("GET", LinkedInMethod.Rest, "/posts", "posts.FINDER-author", [], Find),
        new("GET", LinkedInMethod.Rest, "/posts/{urn}", "posts.GET", [], call => LinkedInAnswer.Ok(Shape(Readable(call, call.Route("urn"))))),
        new("POST", LinkedInMethod.Rest, "/posts/{urn}", "posts.PARTIAL_UPDATE", [], Update),
        new("DELETE", LinkedInMethod.Rest, "/posts/{urn}", "posts.DELETE", [], Delete),
    ];

    private LinkedInAnswer Create(LinkedInCall call)
    {
        var body = call.Body;
        foreach (var (name, _) in body)
        {
            if (!Fields.Contains(name))
                throw LinkedInRefusal.Wrong("/" + name, "unrecognized field found but not allowed");
        }

        foreach (var required in (string[])["author", "commentary", "visibility", "distribution", "lifecycleState"])
        {
            if (body[required] is null)
                throw LinkedInRefusal.Missing("/" + required);
        }

        var author = Authors.Demand(world, call, body.Text("author") ?? throw LinkedInRefusal.Wrong("/author", "is not a backed by a String"), "/author");
        var commentary = body.Text("commentary") ?? throw LinkedInRefusal.Wrong("/commentary", "is not a backed by a String");
        if (commentary.Length > 3000)
            throw LinkedInRefusal.Wrong("/commentary", $"length is {commentary.Length}, but the longest is 3000");
        var distribution = body["distribution"] as JsonObject ?? throw LinkedInRefusal.Wrong("/distribution", "is not an object");
        if (distribution.Text("feedDistribution") is not ("MAIN_FEED" or "NONE"))
            throw distribution["feedDistribution"] is null ? LinkedInRefusal.Missing("/distribution/feedDistribution") : LinkedInRefusal.Wrong("/distribution/feedDistribution", $"\"{distribution.Text("feedDistribution")}\" is not an enum symbol");
        var post = new LinkedInPost
        {
            Urn = "", Author = author, Commentary = commentary,
            Visibility = OneOf(body, "visibility", "PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"),
            Lifecycle = OneOf(body, "lifecycleState", "PUBLISHED", "DRAFT"),
            Distribution = (JsonObject)distribution.DeepClone(),
            Content = body["content"] is { } content ? contents.Read(content, author, call) : null,
            Reshare = body["reshareContext"] is JsonObject reshare ? Reshared(reshare) : null,
            NoReshare = body.Flag("isReshareDisabledByAuthor"),
            Created = 0, Modified = 0, ClientId = call.ClientId,
        };
        var made = Publish(post);
        return LinkedInAnswer.Created(made.Urn);
    }

    /// <summary>Stores a new post. The same words with the same content within a day are refused, deleted ones counting too.</summary>
    public LinkedInPost Publish(LinkedInPost draft)
    {
        var now = world.Now.ToUnixTimeMilliseconds();
        var twin = world.Posts(draft.Author, deletedToo: true).FirstOrDefault(post => now - post.Created < TimeSpan.FromDays(1).TotalMilliseconds
            && post.Commentary == draft.Commentary && post.Lifecycle == draft.Lifecycle
            && JsonNode.DeepEquals(post.Content, draft.Content) && JsonNode.DeepEquals(post.Reshare, draft.Reshare));
        if (twin is not null)
            throw new LinkedInRefusal(422, null, $"com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of {twin.Urn}")
            {
                More = new JsonObject
                {
                    ["errorDetailType"] = "com.linkedin.common.error.BadRequest",
                    ["errorDetails"] = new JsonObject { ["inputErrors"] = new JsonArray(new JsonObject { ["description"] = "Duplicate post is detected", ["input"] = new JsonObject(), ["code"] = "DUPLICATE_POST" }) },
                },
            };
        var video = draft.Content?["media"].Text("id")?.StartsWith("urn:li:video:", StringComparison.Ordinal) == true;
        var post = draft with { Urn = $"urn:li:{(video ? "ugcPost" : "share")}:{world.NextId()}", Created = now, Modified = now };
        world.Put(post);
        return post;
    }

    private LinkedInAnswer Find(LinkedInCall call)
    {
        if (call.Value("ids") is { } ids)
            return Batch(call, RestLi.Texts(ids));
        if (call.Text("q") is not "author")
            throw LinkedInRefusal.BadQuery("Query parameter q must be author");
        var author = call.Text("author") is { Length: > 0 } given ? given : throw LinkedInRefusal.BadQuery("Query parameter author is required");
        Authors.DemandReading(world, call, author);
        var posts = world.Posts(author).Where(post => post.Lifecycle == "PUBLISHED");
        posts = call.Text("sortBy") is "CREATED" ? posts.OrderByDescending(post => post.Created).ThenByDescending(post => post.Urn, StringComparer.Ordinal) : posts.OrderByDescending(post => post.Modified).ThenByDescending(post => post.Urn, StringComparer.Ordinal);
        return LinkedInAnswer.Ok(call.List([.. posts], Shape));
    }

    private LinkedInAnswer Batch(LinkedInCall call, IReadOnlyList<string> urns)
    {
        var (results, statuses, errors) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var urn in urns.Distinct())
        {
            try
            {
                results[urn] = Shape(Readable(call, urn));
                statuses[urn] = 200;
            }
            catch (LinkedInRefusal refusal)
            {
                errors[urn] = refusal.Body;
                statuses[urn] = refusal.Status;
            }
        }

        return LinkedInAnswer.Ok(new JsonObject { ["results"] = results, ["statuses"] = statuses, ["errors"] = errors });
    }

    private LinkedInPost Readable(LinkedInCall call, string urn)
    {
        var post = world.Post(urn);
        Authors.DemandReading(world, call, post?.Author ?? "");
        return post ?? throw LinkedInRefusal.NotFound($"Post {urn} could not be found");
    }

    private LinkedInAnswer Update(LinkedInCall call)
    {
        if (!call.Header("X-RestLi-Method").Equals("PARTIAL_UPDATE", StringComparison.OrdinalIgnoreCase))
            throw LinkedInRefusal.BadQuery("X-RestLi-Method must be PARTIAL_UPDATE to change a post");
        var post = world.Post(call.Route("urn"));
        Authors.Demand(world, call, post?.Author ?? call.Member.Urn, "/author");
        if (post is null)
            throw LinkedInRefusal.NotFound($"Post {call.Route("urn")} could not be found");
        var set = call.Body["patch"].Child("$set") as JsonObject ?? throw LinkedInRefusal.Missing("/patch/$set");
        foreach (var (name, _) in set)
        {
            if (!Changeable.Contains(name))
                throw LinkedInRefusal.Wrong($"/patch/$set/{name}", "cannot be updated");
        }

        world.Put(post with
        {
            Commentary = set.Text("commentary") ?? post.Commentary,
            Lifecycle = set["lifecycleState"] is null ? post.Lifecycle : OneOf(set, "lifecycleState", "PUBLISHED", "DRAFT"),
            Content = set["content"] is { } content ? contents.Read(content, post.Author, call) : post.Content,
            Modified = world.Now.ToUnixTimeMilliseconds(),
        });
        return LinkedInAnswer.NoContent;
    }

    private LinkedInAnswer Delete(LinkedInCall call)
    {
        var post = world.Post(call.Route("urn"));
        Authors.Demand(world, call, post?.Author ?? (call.Has("w_member_social") ? call.Member.Urn : world.Organizations().FirstOrDefault(page => page.Admins.ContainsKey(call.Member.Id))?.Urn ?? ""), "/author");
        if (post is not null)
            world.Put(post with { Deleted = true });
        return LinkedInAnswer.NoContent;
    }

    private JsonObject Reshared(JsonObject reshare)
    {
        var parent = reshare.Text("parent") ?? throw LinkedInRefusal.Missing("/reshareContext/parent");
        var post = world.Post(parent) ?? throw LinkedInRefusal.NotFound($"Post {parent} could not be found");
        return post.NoReshare
            ? throw LinkedInRefusal.Wrong("/reshareContext/parent", "resharing was switched off by the author")
            : new JsonObject { ["parent"] = post.Urn, ["root"] = post.Reshare.Text("root") ?? post.Urn };
    }

    public static JsonObject Shape(LinkedInPost post)
    {
        var shape = new JsonObject
        {
            ["id"] = post.Urn,
            ["author"] = post.Author,
            ["commentary"] = post.Commentary,
            ["visibility"] = post.Visibility,
            ["lifecycleState"] = post.Lifecycle,
            ["lifecycleStateInfo"] = new JsonObject { ["isEditedByAuthor"] = post.Modified > post.Created },
            ["distribution"] = post.Distribution.DeepClone(),
            ["isReshareDisabledByAuthor"] = post.NoReshare,
            ["createdAt"] = post.Created,
            ["lastModifiedAt"] = post.Modified,
            ["publishedAt"] = post.Created,
        };
        if (post.Content is not null)
            shape["content"] = post.Content.DeepClone();
        if (post.Reshare is not null)
            shape["reshareContext"] = post.Reshare.DeepClone();
        return shape;
    }

    private static string OneOf(JsonObject body, string name, params ReadOnlySpan<string> known)
    {
        var value = body.Text(name) ?? "";
        return known.Contains(value) ? value : throw LinkedInRefusal.Wrong("/" + name, $"\"{value}\" is not an enum symbol");
    }
}
