using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Bulk;
using Patchbay.Sandbox.Vendors.Salesforce.Methods;
using Patchbay.Sandbox.Vendors.Salesforce.OAuth;
using Patchbay.Sandbox.Vendors.Salesforce.Pages;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;

namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>Salesforce: where people sign in, and the hosts of organisations. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class SalesforceVendor : IVendor, IVendorControl, IDisposable
{
    private readonly RecordStore records;
    private readonly RecordWriter writer;
    private readonly QueryMethods queries;
    private readonly BulkJobs jobs;
    private readonly SalesforceAuthorize authorization;
    private readonly SalesforceIdTokens idTokens;
    private readonly SalesforceTokens tokens;
    private readonly SalesforceIdentity identity;
    private readonly SalesforceApi api;
    private readonly TimeProvider time;

    public SalesforceVendor(Store store, OAuthStore oauth, PendingConsents pending, LiveFeed live, RequestLog log, Sandbox.Pages.WorldShell shell, TimeProvider time)
    {
        this.time = time;
        records = new RecordStore(store, live);
        writer = new RecordWriter(records, time);
        World = new SalesforcePage(records, writer, store, shell, time).Page;
        var soql = new SoqlRunner(records, time);
        var upserts = new RecordUpsert(records, writer);
        jobs = new BulkJobs(store, records, time);
        queries = new QueryMethods(soql, records, store, time);
        authorization = new SalesforceAuthorize(oauth, pending, records);
        idTokens = new SalesforceIdTokens(records, time);
        tokens = new SalesforceTokens(oauth, idTokens, log, time);
        identity = new SalesforceIdentity(oauth, records);
        var router = new SalesforceRouter();
        api = new SalesforceApi(oauth, store, router);
        var actions = new ActionMethods(records, writer, time);
        router.Add(
        [
            queries,
            new SObjectMethods(records, writer, upserts, soql),
            new DescribeMethods(records),
            new ChangeMethods(records, time),
            new SetupMethods(records, () => api.Usage),
            new SearchMethods(soql),
            new CollectionMethods(records, writer, upserts),
            new CompositeMethods(router, records),
            new TreeMethods(records, writer),
            actions,
            new ChatterMethods(records, writer),
            new BulkQueryMethods(soql, records, jobs),
            new BulkIngestMethods(records, writer, upserts, jobs),
        ]);
    }

    public string Name => SalesforceAuthorize.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [SalesforceOrgs.LoginHost, SalesforceOrgs.TestHost, SalesforceOrgs.InstanceHosts];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        foreach (var host in Hosts)
        {
            routes.Get(host, SalesforceAuthorize.Path, authorization.AuthorizeAsync);
            routes.Post(host, SalesforceAuthorize.Path, authorization.AnswerAsync);
            routes.Post(host, "/services/oauth2/token", tokens.TokenAsync);
            routes.Get(host, "/services/oauth2/revoke", tokens.RevokeAsync);
            routes.Post(host, "/services/oauth2/revoke", tokens.RevokeAsync);
            routes.Post(host, "/services/oauth2/introspect", tokens.IntrospectAsync);
            routes.Get(host, "/services/oauth2/userinfo", identity.UserInfoAsync);
            routes.Post(host, "/services/oauth2/userinfo", identity.UserInfoAsync);
            routes.Get(host, "/id/keys", idTokens.KeysAsync);
            routes.Get(host, "/id/{org}/{user}", identity.IdAsync);
            routes.Post(host, "/id/{org}/{user}", identity.IdAsync);
            routes.Get(host, "/services/data", SalesforceApi.VersionsAsync);
            foreach (var map in (Action<string, string, RequestDelegate>[])[routes.Get, routes.Post, routes.Put, routes.Patch, routes.Delete])
                map(host, "/services/data/{**rest}", api.RunAsync);
        }
    }

    /// <summary>?object=Lead&amp;org=production → the records as the API shows them, oldest first.</summary>
    public void MapControl(IEndpointRouteBuilder routes) => routes.MapGet("/_sandbox/salesforce/records", (RequestDelegate)(async context =>
    {
        var query = context.Request.Query;
        if (SalesforceSchema.Find(query["object"].ToString()) is not { } type)
        {
            await ControlApi.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such object.");
            return;
        }

        var org = query["org"].ToString() == "sandbox" ? SalesforceOrgs.Sandbox : SalesforceOrgs.Production;
        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. records.All(org.Id, type).Select(record => (JsonNode)SObjectMethods.Show("/services/data/v62.0", record, null))]));
    }));

    public void Seed()
    {
        if (records.Empty)
            SalesforceSeed.Plant(records, writer, time);
    }

    public void Clear()
    {
        records.Clear();
        queries.Clear();
        jobs.Clear();
    }

    public Task NotFoundAsync(HttpContext context) => SalesforceAnswer.Error(SalesforceError.NotFound).WriteAsync(context);

    public Task FailAsync(HttpContext context, int status) => new SalesforceAnswer(status, new JsonArray((status switch
    {
        StatusCodes.Status429TooManyRequests => new SalesforceError("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."),
        StatusCodes.Status503ServiceUnavailable => new SalesforceError("SERVER_UNAVAILABLE", "The server is too busy to handle the request."),
        _ => new SalesforceError("UNKNOWN_EXCEPTION", "An unexpected error occurred. Please include this ErrorId if you contact support: 1-1 (-1)"),
    }).ToJson())).WriteAsync(context);

    public void Dispose() => idTokens.Dispose();
}
