using System.Text.Encodings.Web;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.HubSpot.Content;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;
using Patchbay.Sandbox.Vendors.HubSpot.Methods;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>HubSpot: app.hubspot.com and api.hubapi.com. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class HubSpotVendor : IVendor, IVendorControl
{
    public const string Api = "api.hubapi.com";
    private readonly CrmWorld world;
    private readonly CrmRecords records;
    private readonly CrmAssociations associations;
    private readonly CrmLists lists;
    private readonly HubContent content;
    private readonly HubSpotOAuth authorization;
    private readonly HubSpotTokens tokens;
    private readonly HubSpotApi api;
    private readonly FileMethods files;
    private readonly FormMethods forms;
    private readonly HubSpotMethod[] methods;

    public HubSpotVendor(Store store, OAuthStore oauth, PendingConsents pending, LiveFeed live, RequestLog log, Pages.WorldShell shell, TimeProvider time)
    {
        world = new CrmWorld(store, live, time);
        records = new CrmRecords(store, world);
        associations = new CrmAssociations(store, world, records);
        lists = new CrmLists(store, world, records);
        content = new HubContent(store, world);
        authorization = new HubSpotOAuth(oauth, pending, world);
        tokens = new HubSpotTokens(oauth, world, log);
        api = new HubSpotApi(world, oauth, store, new RateWindow(time));
        files = new FileMethods(content, world, api);
        forms = new FormMethods(content, world, records, api);
        World = new HubSpotPage(world, records, associations, lists, api, shell).Page;
        var objects = new ObjectMethods(world, records, associations, new CrmSearch(world, records, associations));
        IHubSpotMethods[] families =
        [
            objects, new BatchMethods(world, records, objects), new AssociationMethods(world, records, associations), new AssociationBatchMethods(world, records, associations),
            new PipelineMethods(world, records), new PropertyMethods(world), new AccountMethods(world), new ListMethods(world, lists),
            files, forms, new BlogMethods(content, world), new AnalyticsMethods(content, records), new WorkflowMethods(content, records),
        ];
        methods = [.. families.SelectMany(family => family.Methods)];
    }

    public string Name => HubSpotOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [HubSpotOAuth.Host, Api, FormMethods.SubmitHost];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        routes.Get(HubSpotOAuth.Host, HubSpotOAuth.Path, authorization.AuthorizeAsync);
        routes.Post(HubSpotOAuth.Host, HubSpotOAuth.Path, authorization.AnswerAsync);
        tokens.Map(routes);
        routes.Post(Api, "/files/v3/files", files.UploadAsync);
        routes.Post(FormMethods.SubmitHost, FormMethods.SubmitPath, forms.SubmitAsync);
        foreach (var method in methods)
        {
            Action<string, string, RequestDelegate> map = method.Verb switch
            {
                "GET" => routes.Get,
                "PUT" => routes.Put,
                "PATCH" => routes.Patch,
                "DELETE" => routes.Delete,
                _ => routes.Post,
            };
            foreach (var path in Paths(method.Path))
                map(Api, path, context => api.RunAsync(context, method));
        }
    }

    public void MapControl(IEndpointRouteBuilder routes) => new HubSpotControl(world, records).Map(routes);

    public void Seed()
    {
        if (world.Portals().Count == 0)
            new HubSpotSeed(world, records, associations, lists, content).Plant();
    }

    public void Clear()
    {
        world.Clear();
        records.Clear();
        associations.Clear();
        lists.Clear();
        content.Clear();
    }

    /// <summary>HubSpot's front answers an unknown path with a page, not with its API's shape.</summary>
    public async Task NotFoundAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html;charset=iso-8859-1";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        await context.Response.WriteAsync(
            $"<html><head><title>Error 404 Not Found</title></head><body><h2>HTTP ERROR 404 Not Found</h2><table><tr><th>URI:</th><td>{HtmlEncoder.Default.Encode(path[(VendorPath.Host(context.Request.Path).Length + 1)..])}</td></tr></table></body></html>\n",
            context.RequestAborted);
    }

    public Task FailAsync(HttpContext context, int status)
    {
        if (status != StatusCodes.Status429TooManyRequests)
            return HubSpotAnswer.Error(status, "INTERNAL_ERROR", status == StatusCodes.Status503ServiceUnavailable ? "Service temporarily unavailable" : "internal error").WriteAsync(context);
        var answer = HubSpotAnswer.Error(status, "RATE_LIMITS", "You have reached your ten_secondly_rolling limit.");
        answer.Body!["errorType"] = "RATE_LIMIT";
        answer.Body["policyName"] = "TEN_SECONDLY_ROLLING";
        return answer.WriteAsync(context);
    }

    /// <summary>The CRM's calls also go by HubSpot's dated versions: /crm/v3/objects/... is /crm/objects/2026-03/... too.</summary>
    private static IEnumerable<string> Paths(string path)
    {
        yield return path;
        foreach (var version in (string[])["/crm/v3/", "/crm/v4/"])
        {
            // Associations exist in both; the dated version is the newer one's.
            if (path.StartsWith(version, StringComparison.Ordinal) && !(version == "/crm/v3/" && path.Contains("associations", StringComparison.Ordinal)))
            {
                var rest = path[version.Length..];
                var family = rest.Split('/')[0];
                yield return $"/crm/{family}/2026-03{rest[family.Length..]}";
            }
        }
    }
}
