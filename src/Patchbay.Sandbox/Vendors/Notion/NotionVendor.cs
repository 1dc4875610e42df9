using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Notion.Blocks;
using Patchbay.Sandbox.Vendors.Notion.Methods;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Notion: api.notion.com. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class NotionVendor : IVendor
{
    private readonly NotionWorld world;
    private readonly NotionFiles files;
    private readonly NotionComments comments;
    private readonly NotionOAuth authorization;
    private readonly NotionTokens tokens;
    private readonly NotionApi api;
    private readonly NotionSeed seed;
    private readonly INotionMethods[] families;

    public NotionVendor(Store store, OAuthStore oauth, PendingConsents pending, LiveFeed live, RequestLog log, Pages.WorldShell shell, TimeProvider time)
    {
        world = new NotionWorld(store, live, time);
        files = new NotionFiles(store, time);
        comments = new NotionComments(store);
        var users = new NotionUsers(world);
        var fileValue = new FileValue(files);
        var richText = new RichText(world);
        var properties = new PropertyShapes(world, users, fileValue);
        var shapes = new NotionShapes(world, users, properties, fileValue);
        var schemas = new PropertySchema(world);
        var values = new PropertyValues(world, richText, fileValue);
        var reader = new BlockReader(richText, fileValue);
        var writer = new BlockWriter(world);
        authorization = new NotionOAuth(oauth, pending, world);
        tokens = new NotionTokens(oauth, world, users, log);
        api = new NotionApi(world, oauth);
        seed = new NotionSeed(world, comments);
        World = new NotionPage(world, comments, properties, writer, shell).Page;
        families =
        [
            new PageMethods(world, shapes, properties, values, fileValue, reader, writer),
            new DatabaseMethods(world, shapes, properties, schemas, richText, fileValue),
            new MarkdownMethods(world, writer),
            new BlockMethods(world, shapes, reader, writer),
            new CommentMethods(world, comments, shapes, richText),
            new UserMethods(world, users),
            new SearchMethods(world, shapes),
            new FileMethods(world, files),
        ];
    }

    public string Name => NotionOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [NotionOAuth.Host, NotionFiles.Host];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        routes.Get(NotionOAuth.Host, NotionOAuth.Path, authorization.AuthorizeAsync);
        routes.Post(NotionOAuth.Host, NotionOAuth.Path, authorization.AnswerAsync);
        routes.Post(NotionOAuth.Host, "/v1/oauth/token", tokens.TokenAsync);
        routes.Post(NotionOAuth.Host, "/v1/oauth/revoke", tokens.RevokeAsync);
        routes.Post(NotionOAuth.Host, "/v1/oauth/introspect", tokens.IntrospectAsync);
        routes.Get(NotionFiles.Host, "/{id}/{name}", files.DownloadAsync);
        foreach (var method in families.SelectMany(family => family.Methods))
        {
            Action<string, string, RequestDelegate> map = method.Verb switch
            {
                "GET" => routes.Get,
                "PATCH" => routes.Patch,
                "DELETE" => routes.Delete,
                _ => routes.Post,
            };
            map(NotionOAuth.Host, "/v1" + method.Path, context => api.RunAsync(context, method));
        }
    }

    public void Seed()
    {
        if (world.Workspaces().Count == 0)
            seed.Plant();
    }

    public void Clear()
    {
        world.Clear();
        files.Clear();
        comments.Clear();
    }

    public Task NotFoundAsync(HttpContext context) => NotionApi.RefuseAsync(context, NotionRefusal.Url);

    public Task FailAsync(HttpContext context, int status) => NotionApi.RefuseAsync(context, status switch
    {
        429 => new NotionRefusal(429, "rate_limited", "You have been rate limited. Please try again in a few minutes."),
        503 => new NotionRefusal(503, "service_unavailable", "Public API service is temporarily unavailable, please try again later."),
        504 => new NotionRefusal(504, "gateway_timeout", "Notion timed out while attempting to complete this request. Please try again later."),
        529 => new NotionRefusal(529, "service_overload", "Notion is overloaded. Please try again later."),
        < 500 => new NotionRefusal(status, "invalid_request", "This request is not supported."),
        _ => new NotionRefusal(status, "internal_server_error", "Unexpected error occurred."),
    });
}
