using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>Chatter: posts on people and records, and comments. They are FeedItem and FeedComment records.</summary>
internal sealed class ChatterMethods(RecordStore records, RecordWriter writer) : ISalesforceMethods
{
    private static readonly SObjectType Item = SalesforceSchema.Get("FeedItem"), Comment = SalesforceSchema.Get("FeedComment");

    public IEnumerable<SalesforceRoute> Routes =>
    [
        Chatter("POST", "chatter/feed-elements", Post),
        Chatter("GET", "chatter/feed-elements/{id}", call => SalesforceAnswer.Ok(Show(call, SObjectMethods.Find(records, call.Actor, Item, call.Route["id"])))),
        Chatter("DELETE", "chatter/feed-elements/{id}", Delete),
        Chatter("POST", "chatter/feed-elements/{id}/capabilities/comments/items", Reply),
        Chatter("GET", "chatter/feed-elements/{id}/capabilities/comments/items", Comments),
        Chatter("GET", "chatter/feeds/news/me/feed-elements", call => Feed(call, _ => true)),
        Chatter("GET", "chatter/feeds/company/feed-elements", call => Feed(call, _ => true)),
        Chatter("GET", "chatter/feeds/record/{id}/feed-elements", call => Feed(call, Subject(call, call.Route["id"]))),
        Chatter("GET", "chatter/feeds/user-profile/{id}/feed-elements", call => Feed(call, Subject(call, call.Route["id"]))),
        Chatter("GET", "chatter/users/{id}", call => SalesforceAnswer.Ok(Person(call, records.Living(call.Actor.Org, SubjectId(call, call.Route["id"])) is { Type: "User" } user ? user : throw new SalesforceRefusal(SalesforceError.NotFound)))),
    ];

    private static SalesforceRoute Chatter(string method, string template, Func<SalesforceCall, SalesforceAnswer> run) => new(method, template, run, SalesforceScopes.Chatter);

    private SalesforceAnswer Post(SalesforceCall call)
    {
        var body = call.Body.Length > 0 ? call.Json() : [];
        var subject = SalesforceJson.Text(body["subjectId"]) ?? call.Parameter("subjectId") ?? throw new SalesforceRefusal("MISSING_ARGUMENT", "Required parameter subjectId is missing");
        var text = body["body"] is null ? call.Parameter("text") : TextOf(call, body["body"]);
        if (string.IsNullOrWhiteSpace(text))
            throw new SalesforceRefusal("POST_BODY_PARSE_ERROR", "The feed element needs a body with at least one message segment");
        var item = writer.Create(call.Actor, Item, new JsonObject { ["ParentId"] = SubjectId(call, subject), ["Body"] = text });
        return new SalesforceAnswer(StatusCodes.Status201Created, Show(call, item));
    }

    private SalesforceAnswer Reply(SalesforceCall call)
    {
        var item = SObjectMethods.Find(records, call.Actor, Item, call.Route["id"]);
        var text = TextOf(call, call.Json()["body"]);
        if (string.IsNullOrWhiteSpace(text))
            throw new SalesforceRefusal("POST_BODY_PARSE_ERROR", "The comment needs a body with at least one message segment");
        var comment = writer.Create(call.Actor, Comment, new JsonObject { ["FeedItemId"] = item.Id, ["CommentBody"] = text });
        writer.Change(call.Actor, item, values => values["CommentCount"] = (int)(item.Number("CommentCount") ?? 0) + 1, new HashSet<string>());
        return new SalesforceAnswer(StatusCodes.Status201Created, Show(call, comment, text));
    }

    private SalesforceAnswer Delete(SalesforceCall call)
    {
        writer.Delete(call.Actor, SObjectMethods.Find(records, call.Actor, Item, call.Route["id"]));
        return SalesforceAnswer.NoContent;
    }

    private SalesforceAnswer Comments(SalesforceCall call)
    {
        var item = SObjectMethods.Find(records, call.Actor, Item, call.Route["id"]);
        var found = CommentsOf(item).ToList();
        return SalesforceAnswer.Ok(new JsonObject { ["items"] = new JsonArray([.. found.Select(comment => (JsonNode)Show(call, comment, comment.Text("CommentBody")!))]), ["total"] = found.Count, ["nextPageUrl"] = null });
    }

    private SalesforceAnswer Feed(SalesforceCall call, Func<SObjectRecord, bool> belongs)
    {
        var size = int.TryParse(call.Parameter("pageSize"), out var given) ? Math.Clamp(given, 1, 100) : 25;
        var from = int.TryParse(call.Parameter("page"), out var page) ? Math.Max(0, page) : 0;
        var all = records.All(call.Actor.Org, Item).Where(belongs).Reverse().ToList();
        var next = from + size < all.Count ? $"{call.Root}/{string.Join('/', call.Segments)}?page={from + size}&pageSize={size}" : null;
        return SalesforceAnswer.Ok(new JsonObject
        {
            ["elements"] = new JsonArray([.. all.Skip(from).Take(size).Select(item => (JsonNode)Show(call, item))]),
            ["currentPageUrl"] = $"{call.Root}/{string.Join('/', call.Segments)}",
            ["nextPageUrl"] = next,
        });
    }

    private Func<SObjectRecord, bool> Subject(SalesforceCall call, string id)
    {
        var subject = SubjectId(call, id);
        return item => item.Text("ParentId") == subject;
    }

    private string SubjectId(SalesforceCall call, string text) =>
        text == "me" ? call.Actor.UserId
        : SalesforceIds.TryRead(text, out var id) && records.Living(call.Actor.Org, id) is not null ? id
        : throw new SalesforceRefusal("NOT_FOUND", "The resource you requested isn't available. It was either deleted or never existed.");

    /// <summary>The words of message segments; a mention becomes the person's name.</summary>
    private string TextOf(SalesforceCall call, JsonNode? body) => body is not JsonObject map || map["messageSegments"] is not JsonArray segments ? "" : string.Concat(segments.OfType<JsonObject>().Select(segment =>
        (SalesforceJson.Text(segment["type"]) ?? "").ToUpperInvariant() switch
        {
            "TEXT" => SalesforceJson.Text(segment["text"]) ?? "",
            "LINK" => SalesforceJson.Text(segment["url"]) ?? "",
            "HASHTAG" => "#" + SalesforceJson.Text(segment["tag"]),
            "MENTION" => records.Living(call.Actor.Org, SalesforceIds.TryRead(SalesforceJson.Text(segment["id"]) ?? "", out var id) ? id : null) is { } person
                ? "@" + person.Title
                : throw new SalesforceRefusal("INVALID_ID_FIELD", "The person mentioned does not exist"),
            _ => "",
        }));

    private IEnumerable<SObjectRecord> CommentsOf(SObjectRecord item) => records.All(item.Org, Comment).Where(comment => comment.Text("FeedItemId") == item.Id);

    private JsonObject Show(SalesforceCall call, SObjectRecord item)
    {
        var parent = records.Get(item.Org, item.Text("ParentId"));
        var text = item.Text("Body") ?? "";
        var comments = CommentsOf(item).ToList();
        return new JsonObject
        {
            ["id"] = item.Id,
            ["feedElementType"] = "FeedItem",
            ["type"] = "TextPost",
            ["actor"] = Actor(call, item),
            ["body"] = Words(text),
            ["capabilities"] = new JsonObject
            {
                ["comments"] = new JsonObject { ["page"] = new JsonObject { ["items"] = new JsonArray([.. comments.Select(comment => (JsonNode)Show(call, comment, comment.Text("CommentBody")!))]), ["total"] = comments.Count } },
            },
            ["createdDate"] = item.Text("CreatedDate"),
            ["modifiedDate"] = item.Text("LastModifiedDate"),
            ["header"] = new JsonObject { ["text"] = records.Get(item.Org, item.Text("CreatedById"))?.Title },
            ["parent"] = parent is null ? null : new JsonObject { ["id"] = parent.Id, ["name"] = parent.Title, ["type"] = parent.Type, ["url"] = $"{call.Root}/chatter/{(parent.Type == "User" ? "users" : "records")}/{parent.Id}" },
            ["url"] = $"{call.Root}/chatter/feed-elements/{item.Id}",
            ["visibility"] = "AllUsers",
        };
    }

    private JsonObject Show(SalesforceCall call, SObjectRecord comment, string text) => new()
    {
        ["id"] = comment.Id,
        ["body"] = Words(text),
        ["createdDate"] = comment.Text("CreatedDate"),
        ["feedElement"] = new JsonObject { ["id"] = comment.Text("FeedItemId"), ["url"] = $"{call.Root}/chatter/feed-elements/{comment.Text("FeedItemId")}" },
        ["user"] = Actor(call, comment),
        ["url"] = $"{call.Root}/chatter/comments/{comment.Id}",
    };

    private static JsonObject Words(string text) => new()
    {
        ["isRichText"] = false,
        ["messageSegments"] = new JsonArray(new JsonObject { ["type"] = "Text", ["text"] = text }),
        ["text"] = text,
    };

    private JsonObject? Actor(SalesforceCall call, SObjectRecord by) => records.Get(by.Org, by.Text("CreatedById")) is { } user ? Person(call, user) : null;

    private static JsonObject Person(SalesforceCall call, SObjectRecord user) => new()
    {
        ["id"] = user.Id,
        ["name"] = user.Text("Name"),
        ["displayName"] = user.Text("Name"),
        ["firstName"] = user.Text("FirstName"),
        ["lastName"] = user.Text("LastName"),
        ["username"] = user.Text("Username"),
        ["email"] = user.Text("Email"),
        ["title"] = user.Text("Title"),
        ["companyName"] = user.Text("CompanyName"),
        ["isActive"] = user.Flag("IsActive"),
        ["type"] = "User",
        ["url"] = $"{call.Root}/chatter/users/{user.Id}",
    };
}
