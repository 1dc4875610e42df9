using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.TikTok.Methods;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>TikTok: www.tiktok.com and open.tiktokapis.com. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class TikTokVendor : IVendor
{
    public const string Api = "open.tiktokapis.com";
    private readonly TikTokWorld world;
    private readonly TikTokOAuth authorization;
    private readonly TikTokTokens tokens;
    private readonly TikTokUpload upload;
    private readonly OAuthStore oauth;
    private readonly Store store;
    private readonly TimeProvider time;
    private readonly TikTokMethod[] methods;

    public TikTokVendor(Store store, OAuthStore oauth, PendingConsents pending, LiveFeed live, RequestLog log, Pages.WorldShell shell, TimeProvider time)
    {
        (this.oauth, this.store, this.time) = (oauth, store, time);
        world = new TikTokWorld(store, live, time);
        authorization = new TikTokOAuth(oauth, pending, world);
        tokens = new TikTokTokens(oauth, log, time);
        upload = new TikTokUpload(world, store, time);
        World = new TikTokPage(world, shell, time).Page;
        methods = [.. new UserMethods(world).Methods, .. new VideoMethods(world, time).Methods, .. new PostMethods(world, time).Methods];
    }

    public string Name => TikTokOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [TikTokOAuth.Host, Api, PostMethods.UploadHost];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        routes.Get(TikTokOAuth.Host, TikTokOAuth.Path, authorization.AuthorizeAsync);
        routes.Post(TikTokOAuth.Host, TikTokOAuth.Path, authorization.AnswerAsync);
        routes.Post(Api, "/v2/oauth/token", context => WithSlash(context, tokens.TokenAsync));
        routes.Post(Api, "/v2/oauth/revoke", context => WithSlash(context, tokens.RevokeAsync));
        routes.Put(PostMethods.UploadHost, "/video", upload.PutAsync);
        foreach (var method in methods)
        {
            Action<string, string, RequestDelegate> map = method.Verb == "GET" ? routes.Get : routes.Post;
            map(Api, method.Path, context => RunAsync(context, method));
        }
    }

    public void Seed()
    {
        if (world.Accounts().Count == 0)
            TikTokSeed.Plant(world, time);
    }

    public void Clear() => world.Clear();

    /// <summary>What TikTok's gateway says to a path it has no service for.</summary>
    public async Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("Unsupported path(Janus)", context.RequestAborted);
    }

    public Task FailAsync(HttpContext context, int status) => (status == StatusCodes.Status429TooManyRequests
        ? TikTokAnswer.Error(status, "rate_limit_exceeded", "The API rate limit was exceeded. Please try again later.")
        : TikTokAnswer.Error(status, "internal_error", "Something went wrong. Please try again later.")).WriteAsync(context, time);

    /// <summary>The OAuth addresses end in a slash; without it there is nothing there.</summary>
    private Task WithSlash(HttpContext context, RequestDelegate handler) =>
        context.Request.Path.Value!.EndsWith('/') ? handler(context) : NotFoundAsync(context);

    private async Task RunAsync(HttpContext context, TikTokMethod method)
    {
        var answer = await AnswerAsync(context, method);
        await answer.WriteAsync(context, time);
    }

    private async Task<TikTokAnswer> AnswerAsync(HttpContext context, TikTokMethod method)
    {
        if (ClientCredentials.ParseBearer(context.Request.Headers.Authorization.ToString()) is not { } text
            || oauth.Find(Name, TokenKind.Access, text) is not { State: TokenState.Live } found || world.Account(found.Grant!.Subject) is not { } account)
            return TikTokAnswer.TokenInvalid;
        if (method.Accepted.Count > 0 && !method.Accepted.Any(found.Scopes!.Contains))
            return TikTokAnswer.ScopeMissing();

        JsonObject? body = [];
        if (method.Verb == "POST" && (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0))
            body = await Json.ReadObjectAsync(context);
        if (body is null || !Readable(body))
            return TikTokAnswer.Invalid("The request body is not valid JSON");
        var call = new TikTokCall(context, found.Grant.ClientId, account, found.Scopes!, body);
        return store.Atomic(() => method.Run(call));
    }

    /// <summary>An object that names a member twice parses, and throws only when it is read.</summary>
    private static bool Readable(JsonNode? node)
    {
        try
        {
            return (node switch { JsonObject map => map.Select(member => member.Value), JsonArray list => list, _ => [] }).All(Readable);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
