using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>What hangs on a post: an article, media that was uploaded, several images, a poll.</summary>
internal sealed class PostContents(LinkedInWorld world)
{
    public JsonObject Read(JsonNode node, string owner, LinkedInCall call)
    {
        if (node is not JsonObject { Count: 1 } content || content.First() is not { Value: JsonObject inner } part)
            throw LinkedInRefusal.Wrong("/content", "union must have exactly one member");
        var read = part.Key switch
        {
            "article" => Article(inner, owner),
            "media" => Media(inner, owner, "/content/media"),
            "multiImage" => Images(inner, owner),
            "poll" => Poll(inner),
            _ => throw LinkedInRefusal.Wrong("/content", $"\"{part.Key}\" is not a member type of union"),
        };
        _ = call;
        return new JsonObject { [part.Key] = read };
    }

    private JsonObject Article(JsonObject given, string owner)
    {
        var source = given.Text("source") ?? throw LinkedInRefusal.Missing("/content/article/source");
        if (!Uri.TryCreate(source, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw LinkedInRefusal.Wrong("/content/article/source", $"\"{source}\" is not a valid URL");
        if (string.IsNullOrEmpty(given.Text("title")))
            throw LinkedInRefusal.Missing("/content/article/title");
        if (given.Text("thumbnail") is { } thumbnail)
            Demand(thumbnail, owner, "/content/article/thumbnail", "image");
        return (JsonObject)given.DeepClone();
    }

    private JsonObject Media(JsonObject given, string owner, string path)
    {
        Demand(given.Text("id") ?? throw LinkedInRefusal.Missing($"{path}/id"), owner, $"{path}/id", "image", "video", "document");
        return (JsonObject)given.DeepClone();
    }

    private JsonObject Images(JsonObject given, string owner)
    {
        var images = given["images"] as JsonArray ?? throw LinkedInRefusal.Missing("/content/multiImage/images");
        if (images.Count is < 2 or > 20)
            throw LinkedInRefusal.Wrong("/content/multiImage/images", "must have between 2 and 20 items");
        foreach (var (image, index) in images.Select((image, index) => (image, index)))
            Demand(image.Text("id") ?? throw LinkedInRefusal.Missing($"/content/multiImage/images/{index}/id"), owner, $"/content/multiImage/images/{index}/id", "image");
        return (JsonObject)given.DeepClone();
    }

    private static JsonObject Poll(JsonObject given)
    {
        if (string.IsNullOrEmpty(given.Text("question")))
            throw LinkedInRefusal.Missing("/content/poll/question");
        var options = given["options"] as JsonArray ?? throw LinkedInRefusal.Missing("/content/poll/options");
        if (options.Count is < 2 or > 4)
            throw LinkedInRefusal.Wrong("/content/poll/options", "must have between 2 and 4 items");
        if (given["settings"].Text("duration") is not ("ONE_DAY" or "THREE_DAYS" or "SEVEN_DAYS" or "FOURTEEN_DAYS"))
            throw LinkedInRefusal.Wrong("/content/poll/settings/duration", "is not an enum symbol");
        return (JsonObject)given.DeepClone();
    }

    /// <summary>Media must exist, belong to the author and have arrived.</summary>
    public void Demand(string urn, string owner, string path, params ReadOnlySpan<string> kinds)
    {
        if (world.Media(urn) is not { } media || !kinds.Contains(media.Kind))
            throw LinkedInRefusal.Wrong(path, $"{urn} could not be found");
        if (media.Owner != owner)
            throw LinkedInRefusal.NotYours(path);
        if (media.Status != "AVAILABLE")
            throw LinkedInRefusal.Wrong(path, $"{urn} has the status {media.Status}: upload it first");
    }
}
