using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>Comments and reactions, by the newer and the older names.</summary>
internal sealed class SocialMethods(LinkedInWorld world) : ILinkedInMethods
{
    private static readonly string[] Kinds = ["LIKE", "PRAISE", "EMPATHY", "INTEREST", "APPRECIATION", "ENTERTAINMENT"];

    public IReadOnlyList<LinkedInMethod> Methods =>
    [
        new("GET", LinkedInMethod.Both, "/socialActions/{urn}", "socialActions.GET", [], call => LinkedInAnswer.Ok(Summary(Readable(call), call))),
        new("GET", LinkedInMethod.Rest, "/socialMetadata/{urn}", "socialMetadata.GET", [], call => LinkedInAnswer.Ok(Metadata(Readable(call)))),
        new("POST", LinkedInMethod.Both, "/socialActions/{urn}/comments", "comments.CREATE", [], Comment),
        new("GET", LinkedInMethod.Both, "/socialActions/{urn}/comments", "comments.GET_ALL", [], call => LinkedInAnswer.Ok(call.List(world.Comments(Readable(call).Urn), Shape))),
        new("GET", LinkedInMethod.Both, "/socialActions/{urn}/comments/{comment}", "comments.GET", [], call => LinkedInAnswer.Ok(Shape(Of(Readable(call), call)))),
        new("DELETE", LinkedInMethod.Both, "/socialActions/{urn}/comments/{comment}", "comments.DELETE", [], DeleteComment),
        new("POST", LinkedInMethod.Both, "/socialActions/{urn}/likes", "likes.CREATE", [], Like),
        new("GET", LinkedInMethod.Both, "/socialActions/{urn}/likes", "likes.GET_ALL", [], call => LinkedInAnswer.Ok(call.List([.. world.Reactions(Readable(call).Urn)], Shape))),
        new("DELETE", LinkedInMethod.Both, "/socialActions/{urn}/likes/{actor}", "likes.DELETE", [], call => TakeBack(call, Post(call), call.Route("actor"))),
        new("POST", LinkedInMethod.Both, "/reactions", "reactions.CREATE", [], React),
        new("GET", LinkedInMethod.Both, "/reactions/{key}", "reactions.FINDER-entity", [], Reactions),
        new("DELETE", LinkedInMethod.Both, "/reactions/{key}", "reactions.DELETE", [], DeleteReaction),
    ];

    private LinkedInAnswer Comment(LinkedInCall call)
    {
        var actor = Authors.Demand(world, call, call.Body.Text("actor") ?? throw LinkedInRefusal.Missing("/actor"), "/actor");
        var post = Post(call);
        var text = call.Body["message"].Text("text") is { Length: > 0 } given ? given : throw LinkedInRefusal.Missing("/message/text");
        if (text.Length > 1250)
            throw LinkedInRefusal.Wrong("/message/text", $"length is {text.Length}, but the longest is 1250");
        var comment = new LinkedInComment(world.NextId(), post.Urn, actor, text, world.Now.ToUnixTimeMilliseconds(), call.Body.Text("parentComment"));
        world.Put(comment);
        return LinkedInAnswer.Created(comment.Id, Shape(comment));
    }

    private LinkedInAnswer DeleteComment(LinkedInCall call)
    {
        var actor = Authors.Demand(world, call, call.Text("actor") ?? call.Member.Urn, "/actor");
        var comment = Of(Post(call), call);
        if (comment.Actor != actor)
            throw LinkedInRefusal.NotYours("/actor");
        world.Delete(comment);
        return LinkedInAnswer.NoContent;
    }

    private LinkedInAnswer Like(LinkedInCall call) => Set(call, Post(call), call.Body.Text("actor") ?? throw LinkedInRefusal.Missing("/actor"), "LIKE");

    private LinkedInAnswer React(LinkedInCall call)
    {
        var root = call.Body.Text("root") ?? throw LinkedInRefusal.Missing("/root");
        var kind = call.Body.Text("reactionType") ?? throw LinkedInRefusal.Missing("/reactionType");
        if (!Kinds.Contains(kind))
            throw LinkedInRefusal.Wrong("/reactionType", $"\"{kind}\" is not an enum symbol");
        return Set(call, world.Post(root) ?? throw LinkedInRefusal.NotFound($"Post {root} could not be found"), call.Text("actor") ?? call.Body.Text("actor") ?? throw LinkedInRefusal.BadQuery("Query parameter actor is required"), kind);
    }

    private LinkedInAnswer Set(LinkedInCall call, LinkedInPost post, string given, string kind)
    {
        var actor = Authors.Demand(world, call, given, "/actor");
        var reaction = new LinkedInReaction(post.Urn, actor, kind, world.Now.ToUnixTimeMilliseconds());
        world.Put(reaction);
        return LinkedInAnswer.Created($"urn:li:reaction:({actor},{post.Urn})", Shape(reaction));
    }

    /// <summary>/reactions/(entity:urn)?q=entity</summary>
    private LinkedInAnswer Reactions(LinkedInCall call)
    {
        var entity = Key(call).Text("entity") ?? throw LinkedInRefusal.BadQuery("The key must name an entity");
        Authors.DemandReading(world, call, world.Post(entity)?.Author ?? "");
        return LinkedInAnswer.Ok(call.List([.. world.Reactions(world.Post(entity)!.Urn)], Shape));
    }

    private LinkedInAnswer DeleteReaction(LinkedInCall call)
    {
        var entity = Key(call).Text("entity") ?? "";
        return TakeBack(call, world.Post(entity) ?? throw LinkedInRefusal.NotFound($"Post {entity} could not be found"), Key(call).Text("actor") ?? throw LinkedInRefusal.BadQuery("The key must name an actor"));
    }

    private LinkedInAnswer TakeBack(LinkedInCall call, LinkedInPost post, string given)
    {
        var actor = Authors.Demand(world, call, given, "/actor");
        if (world.Reaction(post.Urn, actor) is { } reaction)
            world.Delete(reaction);
        return LinkedInAnswer.NoContent;
    }

    private static JsonObject Key(LinkedInCall call) => RestLi.Parse(call.Route("key")) as JsonObject ?? throw LinkedInRefusal.BadQuery("The key of a reaction is (actor:...,entity:...)");

    private LinkedInPost Post(LinkedInCall call) => world.Post(call.Route("urn")) ?? throw LinkedInRefusal.NotFound($"Post {call.Route("urn")} could not be found");

    private LinkedInPost Readable(LinkedInCall call)
    {
        Authors.DemandReading(world, call, world.Post(call.Route("urn"))?.Author ?? "");
        return Post(call);
    }

    private LinkedInComment Of(LinkedInPost post, LinkedInCall call) =>
        world.Comment(call.Route("comment")) is { } comment && comment.Post == post.Urn ? comment : throw LinkedInRefusal.NotFound("The comment could not be found");

    private JsonObject Summary(LinkedInPost post, LinkedInCall call)
    {
        var likes = world.Reactions(post.Urn);
        return new JsonObject
        {
            ["$URN"] = post.Urn,
            ["target"] = post.Urn,
            ["commentsSummary"] = new JsonObject { ["totalFirstLevelComments"] = world.Comments(post.Urn).Count(comment => comment.Parent is null), ["aggregatedTotalComments"] = world.Comments(post.Urn).Count },
            ["likesSummary"] = new JsonObject { ["totalLikes"] = likes.Count, ["aggregatedTotalLikes"] = likes.Count, ["likedByCurrentUser"] = likes.Any(like => like.Actor == call.Member.Urn) },
        };
    }

    private JsonObject Metadata(LinkedInPost post) => new()
    {
        ["entity"] = post.Urn,
        ["commentsState"] = "OPEN",
        ["commentSummary"] = new JsonObject { ["count"] = world.Comments(post.Urn).Count, ["topLevelCount"] = world.Comments(post.Urn).Count(comment => comment.Parent is null) },
        ["reactionSummaries"] = new JsonObject(world.Reactions(post.Urn).GroupBy(reaction => reaction.Type).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)new JsonObject { ["reactionType"] = group.Key, ["count"] = group.Count() }))),
    };

    private static JsonObject Shape(LinkedInComment comment) => new()
    {
        ["id"] = comment.Id,
        ["$URN"] = $"urn:li:comment:({comment.Post},{comment.Id})",
        ["commentUrn"] = $"urn:li:comment:({comment.Post},{comment.Id})",
        ["actor"] = comment.Actor,
        ["object"] = comment.Post,
        ["message"] = new JsonObject { ["attributes"] = new JsonArray(), ["text"] = comment.Text },
        ["created"] = new JsonObject { ["actor"] = comment.Actor, ["time"] = comment.Created },
        ["lastModified"] = new JsonObject { ["actor"] = comment.Actor, ["time"] = comment.Created },
    };

    private static JsonObject Shape(LinkedInReaction reaction) => new()
    {
        ["id"] = $"urn:li:reaction:({reaction.Actor},{reaction.Post})",
        ["actor"] = reaction.Actor,
        ["root"] = reaction.Post,
        ["object"] = reaction.Post,
        ["reactionType"] = reaction.Type,
        ["created"] = new JsonObject { ["actor"] = reaction.Actor, ["time"] = reaction.Created },
        ["lastModified"] = new JsonObject { ["actor"] = reaction.Actor, ["time"] = reaction.Created },
    };
}
