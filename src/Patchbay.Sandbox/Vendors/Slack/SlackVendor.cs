using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Slack.Methods;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>Slack: slack.com. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class SlackVendor : IVendor, IVendorControl
{
    private readonly SlackWorld world;
    private readonly SlackShelf shelf;
    private readonly SlackScheduled scheduled;
    private readonly FileMethods files;
    private readonly SlackOAuth authorization;
    private readonly SlackApi api;
    private readonly OAuthStore oauth;
    private readonly TimeProvider time;

    public SlackVendor(Store store, OAuthStore oauth, PendingConsents pending, LiveFeed live, RequestLog log, Pages.WorldShell shell, TimeProvider time)
    {
        (this.oauth, this.time) = (oauth, time);
        world = new SlackWorld(store, live, time);
        shelf = new SlackShelf(store);
        scheduled = new SlackScheduled(store, world, time);
        files = new FileMethods(world, shelf, time);
        World = new SlackPage(world, shell, time).Page;
        authorization = new SlackOAuth(oauth, pending, world, log);
        api = new SlackApi(world, oauth, authorization, store,
        [
            new AuthMethods(world, oauth),
            new ChatMethods(world, time),
            new ConversationMethods(world),
            new UserMethods(world),
            new MarkMethods(world, time),
            files,
            new PersonalMethods(world, shelf, time),
            new KeptMethods(world, shelf, time),
            new LaterMethods(world, scheduled, time),
        ]);
    }

    public string Name => SlackOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = ["slack.com", FileMethods.Host];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        routes.Get("slack.com", "/oauth/v2/authorize", authorization.AuthorizeAsync);
        routes.Post("slack.com", "/oauth/v2/authorize", authorization.AnswerAsync);
        routes.Get("slack.com", "/api/{method}", api.RunAsync);
        routes.Post("slack.com", "/api/{method}", api.RunAsync);
        routes.Post(FileMethods.Host, "/upload/v1/{secret}", files.UploadAsync);
    }

    public void MapControl(IEndpointRouteBuilder routes) => new SlackControl(world).Map(routes);

    public void Seed()
    {
        scheduled.PostDue();
        if (world.Teams().Count > 0)
            return;
        SlackSeed.Plant(world, time);
        foreach (var grant in oauth.Grants(Name).Where(grant => !grant.Ended && !grant.Subject.Contains('/', StringComparison.Ordinal)))
        {
            if (oauth.FindClient(Name, grant.ClientId) is { } client)
                world.EnsureBot(client, grant.Subject);
        }
    }

    public void Clear()
    {
        world.Clear();
        shelf.Clear();
        scheduled.Clear();
    }

    public async Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("There's been a glitch: this page does not exist.\n", context.RequestAborted);
    }

    public Task FailAsync(HttpContext context, int status) => Json.WriteAsync(context, status, new JsonObject
    {
        ["ok"] = false,
        ["error"] = status switch
        {
            StatusCodes.Status429TooManyRequests => "ratelimited",
            StatusCodes.Status503ServiceUnavailable => "service_unavailable",
            _ => "internal_error",
        },
    });
}
