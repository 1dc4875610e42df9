using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.LinkedIn.Methods;

/// <summary>Uploads: announced with the owner's name, sent to an address that carries its own permission, then ready.</summary>
internal sealed class MediaMethods(LinkedInWorld world) : ILinkedInMethods
{
    private const int PartBytes = 4 * 1024 * 1024;

    public IReadOnlyList<LinkedInMethod> Methods =>
    [
        new("POST", LinkedInMethod.Rest, "/images", "images.ACTION-initializeUpload", [], call => Begin(call, "image")),
        new("POST", LinkedInMethod.Rest, "/documents", "documents.ACTION-initializeUpload", [], call => Begin(call, "document")),
        new("POST", LinkedInMethod.Rest, "/videos", "videos.ACTION-initializeUpload", [], Video),
        new("POST", LinkedInMethod.Old, "/assets", "assets.ACTION-registerUpload", [], Register),
        new("GET", LinkedInMethod.Rest, "/images/{urn}", "images.GET", [], Get),
        new("GET", LinkedInMethod.Rest, "/documents/{urn}", "documents.GET", [], Get),
        new("GET", LinkedInMethod.Rest, "/videos/{urn}", "videos.GET", [], Get),
        new("GET", LinkedInMethod.Old, "/assets/{urn}", "assets.GET", [], Get),
    ];

    /// <summary>PUT of bytes. The secret in the address is the permission; a token is neither needed nor read.</summary>
    public async Task UploadAsync(HttpContext context)
    {
        var secret = (string?)context.Request.RouteValues["secret"] ?? "";
        var part = (string?)context.Request.RouteValues["part"] ?? "0";
        if (world.Upload(secret) is not { } upload || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= upload.Parts)
        {
            await Json.WriteAsync(context, 403, new LinkedInRefusal(403, "FORBIDDEN", "The upload address is not valid").Body);
            return;
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        if (bytes.Length == 0)
        {
            await Json.WriteAsync(context, 400, new LinkedInRefusal(400, "BAD_REQUEST", "The upload is empty").Body);
            return;
        }

        var received = new Dictionary<string, int>(upload.Received) { [part] = (int)bytes.Length };
        world.Put(upload with
        {
            Received = received,
            // A video waits for finalizeUpload; everything else is ready once it has arrived.
            Status = upload.Kind == "video" ? "WAITING_UPLOAD" : "AVAILABLE",
            Content = upload.Kind is "image" or "asset" ? Convert.ToBase64String(bytes.ToArray()) : null,
            ContentType = context.Request.ContentType,
        });
        context.Response.Headers.ETag = Tag(upload.Urn, part, (int)bytes.Length);
        context.Response.StatusCode = upload.Kind == "video" ? StatusCodes.Status200OK : StatusCodes.Status201Created;
    }

    /// <summary>media.licdn.com: pictures, as attachments. Whatever was uploaded never renders here.</summary>
    public async Task DownloadAsync(HttpContext context)
    {
        if (world.Media((string?)context.Request.RouteValues["urn"]) is not { Content: { } content })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.ContentDisposition = "attachment";
        await context.Response.Body.WriteAsync(Convert.FromBase64String(content), context.RequestAborted);
    }

    private LinkedInAnswer Begin(LinkedInCall call, string kind)
    {
        if (call.Text("action") is not "initializeUpload")
            throw LinkedInRefusal.BadQuery("Query parameter action must be initializeUpload");
        var request = call.Body["initializeUploadRequest"] as JsonObject ?? throw LinkedInRefusal.Missing("/initializeUploadRequest");
        var (media, secret) = Announce(kind, Owner(request, call, "/initializeUploadRequest/owner"), 1);
        return LinkedInAnswer.Ok(new JsonObject
        {
            ["value"] = new JsonObject { ["uploadUrlExpiresAt"] = Expiry(), ["uploadUrl"] = Address(kind, secret, 0), [kind] = media.Urn },
        });
    }

    private LinkedInAnswer Video(LinkedInCall call)
    {
        if (call.Text("action") is "finalizeUpload")
            return Finish(call);
        if (call.Text("action") is not "initializeUpload")
            throw LinkedInRefusal.BadQuery("Query parameter action must be initializeUpload or finalizeUpload");
        var request = call.Body["initializeUploadRequest"] as JsonObject ?? throw LinkedInRefusal.Missing("/initializeUploadRequest");
        var owner = Owner(request, call, "/initializeUploadRequest/owner");
        var size = request["fileSizeBytes"] is JsonValue value && value.TryGetValue<long>(out var bytes) && bytes > 0 ? bytes : throw LinkedInRefusal.Missing("/initializeUploadRequest/fileSizeBytes");
        var parts = (int)Math.Min(10_000, (size + PartBytes - 1) / PartBytes);
        var (media, secret) = Announce("video", owner, parts);
        return LinkedInAnswer.Ok(new JsonObject
        {
            ["value"] = new JsonObject
            {
                ["uploadUrlsExpireAt"] = Expiry(),
                ["video"] = media.Urn,
                ["uploadInstructions"] = new JsonArray([.. Enumerable.Range(0, parts).Select(part => (JsonNode)new JsonObject
                {
                    ["uploadUrl"] = Address("video", secret, part), ["firstByte"] = (long)part * PartBytes, ["lastByte"] = Math.Min(size, (long)(part + 1) * PartBytes) - 1,
                })]),
                ["uploadToken"] = "",
            },
        });
    }

    private LinkedInAnswer Finish(LinkedInCall call)
    {
        var request = call.Body["finalizeUploadRequest"] as JsonObject ?? throw LinkedInRefusal.Missing("/finalizeUploadRequest");
        var media = world.Media(request.Text("video")) is { Kind: "video" } found ? found : throw LinkedInRefusal.NotFound("The video could not be found");
        Authors.Demand(world, call, media.Owner, "/owner");
        var sent = request.Texts("uploadedPartIds");
        var expected = Enumerable.Range(0, media.Parts).Select(part => part.ToString(CultureInfo.InvariantCulture)).Select(part => media.Received.TryGetValue(part, out var size) ? Tag(media.Urn, part, size) : null).ToList();
        if (!sent.SequenceEqual(expected))
            throw LinkedInRefusal.Wrong("/finalizeUploadRequest/uploadedPartIds", "must be the ETag of every part, in order");
        world.Put(media with { Status = "AVAILABLE" });
        return new LinkedInAnswer(200);
    }

    private LinkedInAnswer Register(LinkedInCall call)
    {
        if (call.Text("action") is not "registerUpload")
            throw LinkedInRefusal.BadQuery("Query parameter action must be registerUpload");
        var request = call.Body["registerUploadRequest"] as JsonObject ?? throw LinkedInRefusal.Missing("/registerUploadRequest");
        if (request.Texts("recipes") is not [var recipe, ..] || !recipe.StartsWith("urn:li:digitalmediaRecipe:feedshare-", StringComparison.Ordinal))
            throw LinkedInRefusal.Wrong("/registerUploadRequest/recipes", "must name a recipe such as urn:li:digitalmediaRecipe:feedshare-image");
        var (media, secret) = Announce("asset", Owner(request, call, "/registerUploadRequest/owner"), 1);
        return LinkedInAnswer.Ok(new JsonObject
        {
            ["value"] = new JsonObject
            {
                ["uploadMechanism"] = new JsonObject { ["com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"] = new JsonObject { ["headers"] = new JsonObject { ["media-type-family"] = "STILLIMAGE" }, ["uploadUrl"] = Address("asset", secret, 0) } },
                ["mediaArtifact"] = $"urn:li:digitalmediaMediaArtifact:({media.Urn},urn:li:digitalmediaMediaArtifactClass:feedshare-uploadedImage)",
                ["asset"] = media.Urn,
            },
        });
    }

    private LinkedInAnswer Get(LinkedInCall call)
    {
        if (!call.Has("w_member_social", "w_organization_social", "r_organization_social"))
            throw LinkedInRefusal.Forbidden(call.Resource);
        var media = world.Media(call.Route("urn")) ?? world.Media("urn:li:digitalmediaAsset:" + call.Route("urn")) ?? throw LinkedInRefusal.NotFound("The media could not be found");
        if (media.Owner != call.Member.Urn && world.OrganizationOf(media.Owner)?.Admins.ContainsKey(call.Member.Id) != true)
            throw LinkedInRefusal.Forbidden(call.Resource);
        var shape = new JsonObject { ["id"] = media.Urn, ["owner"] = media.Owner, ["status"] = media.Status };
        if (media.Kind == "asset")
            shape["recipes"] = new JsonArray(new JsonObject { ["recipe"] = "urn:li:digitalmediaRecipe:feedshare-image", ["status"] = media.Status == "AVAILABLE" ? "AVAILABLE" : "NEW" });
        if (media is { Status: "AVAILABLE", Content: not null })
        {
            shape["downloadUrl"] = $"https://{LinkedInProfile.MediaHost}/dms/image/{media.Urn}";
            shape["downloadUrlExpiresAt"] = Expiry();
        }

        return LinkedInAnswer.Ok(shape);
    }

    private string Owner(JsonObject request, LinkedInCall call, string path) => Authors.Demand(world, call, request.Text("owner") ?? throw LinkedInRefusal.Missing(path), path);

    private (LinkedInMedia Media, string Secret) Announce(string kind, string owner, int parts)
    {
        var secret = Secrets.New("up-");
        var media = new LinkedInMedia
        {
            Urn = $"urn:li:{(kind == "asset" ? "digitalmediaAsset" : kind)}:C4D{Secrets.StableId("", world.NextId(), 16)}", Kind = kind, Owner = owner, Created = world.Now.ToUnixTimeMilliseconds(),
            UploadHash = Secrets.Hash(secret), Parts = parts, Status = "WAITING_UPLOAD",
        };
        world.Put(media);
        return (media, secret);
    }

    private static string Address(string kind, string secret, int part) => kind == "asset"
        ? $"https://api.linkedin.com/mediaUpload/{secret}/feedshare-uploadedImage/{part}?ca=vector_feedshare&cn=uploads"
        : $"https://www.linkedin.com/dms-uploads/{secret}/uploaded-{kind}/{part}?ca=vector_feedshare&cn=uploads&sync=0&v=beta";

    private static string Tag(string urn, string part, int size) => "/ambry-video/" + Secrets.StableId("", $"{urn}/{part}/{size}", 20);

    private long Expiry() => world.Now.AddDays(1).ToUnixTimeMilliseconds();
}
