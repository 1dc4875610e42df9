using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.LinkedIn.Methods;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>LinkedIn: www.linkedin.com for signing in and uploads, api.linkedin.com for the rest. The README says what is faithful.</summary>
internal sealed class LinkedInVendor : IVendor, IVendorControl, IDisposable
{
    private const string ApiHost = "api.linkedin.com";
    private readonly LinkedInWorld world;
    private readonly LinkedInOAuth authorization;
    private readonly LinkedInTokens tokens;
    private readonly LinkedInIdTokens idTokens;
    private readonly LinkedInApi api;
    private readonly MediaMethods media;
    private readonly ILinkedInMethods[] families;

    public LinkedInVendor(Store store, OAuthStore oauth, PendingConsents pending, LiveFeed live, RequestLog log, WorldShell shell, TimeProvider time)
    {
        world = new LinkedInWorld(store, live, time);
        authorization = new LinkedInOAuth(oauth, pending, world);
        idTokens = new LinkedInIdTokens(time);
        tokens = new LinkedInTokens(oauth, world, idTokens, log);
        api = new LinkedInApi(world, oauth);
        media = new MediaMethods(world);
        var contents = new PostContents(world);
        var posts = new PostMethods(world, contents);
        World = new LinkedInPage(world, posts, shell).Page;
        families = [new ProfileMethods(world), posts, new UgcMethods(world, posts, contents), new SocialMethods(world), new OrganizationMethods(world), media, new AdMethods(world)];
    }

    public string Name => LinkedInOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [ApiHost, LinkedInOAuth.Host, LinkedInProfile.MediaHost];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        routes.Get(LinkedInOAuth.Host, LinkedInOAuth.Path, authorization.AuthorizeAsync);
        routes.Post(LinkedInOAuth.Host, LinkedInOAuth.Path, authorization.AnswerAsync);
        routes.Post(LinkedInOAuth.Host, "/oauth/v2/accessToken", tokens.TokenAsync);
        routes.Post(LinkedInOAuth.Host, "/oauth/v2/introspectToken", tokens.IntrospectAsync);
        routes.Post(LinkedInOAuth.Host, "/oauth/v2/revoke", tokens.RevokeAsync);
        routes.Get(LinkedInOAuth.Host, "/oauth/openid/jwks", idTokens.KeysAsync);
        routes.Put(LinkedInOAuth.Host, "/dms-uploads/{secret}/{what}/{part}", media.UploadAsync);
        routes.Post(LinkedInOAuth.Host, "/dms-uploads/{secret}/{what}/{part}", media.UploadAsync);
        routes.Put(ApiHost, "/mediaUpload/{secret}/{what}/{part}", media.UploadAsync);
        routes.Post(ApiHost, "/mediaUpload/{secret}/{what}/{part}", media.UploadAsync);
        routes.Get(LinkedInProfile.MediaHost, "/dms/image/{urn}", media.DownloadAsync);
        routes.Get(LinkedInProfile.MediaHost, "/dms/image/profile/{id}", PictureAsync);
        foreach (var method in families.SelectMany(family => family.Methods))
        {
            foreach (var door in method.Doors)
            {
                Action<string, string, RequestDelegate> map = method.Verb switch
                {
                    "GET" => routes.Get,
                    "DELETE" => routes.Delete,
                    _ => routes.Post,
                };
                map(ApiHost, door + method.Path, context => api.RunAsync(context, method, door));
            }
        }
    }

    public void MapControl(IEndpointRouteBuilder routes) => routes.MapGet("/_sandbox/linkedin/posts", (RequestDelegate)ControlPostsAsync);

    public void Seed()
    {
        if (world.Members().Count == 0)
            new LinkedInSeed(world).Plant();
    }

    public void Clear() => world.Clear();

    public async Task NotFoundAsync(HttpContext context)
    {
        if (VendorPath.Host(context.Request.Path) == ApiHost)
        {
            await Json.WriteAsync(context, 404, new LinkedInRefusal(404, "RESOURCE_NOT_FOUND", "No virtual resource found", 0).Body);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!doctype html><title>Page not found</title><p>This page does not exist. (Patchbay sandbox, not LinkedIn.)\n", context.RequestAborted);
    }

    public Task FailAsync(HttpContext context, int status) => Json.WriteAsync(context, status, (status switch
    {
        429 => new LinkedInRefusal(429, "TOO_MANY_REQUESTS", "Resource level throttle limit for calls to this resource is reached.", 101),
        503 => new LinkedInRefusal(503, "SERVICE_UNAVAILABLE", "Service Unavailable", 0),
        _ => new LinkedInRefusal(status, "SERVER_ERROR", "Internal Server Error", 0),
    }).Body);

    public void Dispose() => idTokens.Dispose();

    /// <summary>Initials on a disc; nobody's photo.</summary>
    private async Task PictureAsync(HttpContext context)
    {
        var member = world.Member((string?)context.Request.RouteValues["id"]);
        context.Response.StatusCode = member is null ? 404 : 200;
        context.Response.ContentType = "image/svg+xml";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await context.Response.WriteAsync($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" role="img"><circle cx="50" cy="50" r="50" fill="#c3d0fa"/><text x="50" y="62" font-size="36" text-anchor="middle" fill="#2646c4">{HtmlEncoder.Default.Encode(ConsentPage.Initials(member?.Name ?? ""))}</text></svg>""", context.RequestAborted);
    }

    /// <summary>?author= → [{urn, author, name, commentary, text, visibility, lifecycle, content, at}], newest first; without author the whole feed.</summary>
    private Task ControlPostsAsync(HttpContext context)
    {
        var author = context.Request.Query["author"].ToString();
        return Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. world.Feed().Where(post => author.Length == 0 || post.Author == author || world.NameOf(post.Author) == author).Select(post => (JsonNode)new JsonObject
        {
            ["urn"] = post.Urn,
            ["author"] = post.Author,
            ["name"] = world.NameOf(post.Author),
            ["commentary"] = post.Commentary,
            ["text"] = LittleText.Plain(post.Commentary),
            ["visibility"] = post.Visibility,
            ["lifecycle"] = post.Lifecycle,
            ["content"] = post.Content?.DeepClone(),
            ["at"] = DateTimeOffset.FromUnixTimeMilliseconds(post.Created).ToString("O"),
        })]));
    }
}
