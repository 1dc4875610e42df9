using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery;

/// <summary>BigQuery: bigquery.googleapis.com/bigquery/v2. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class BigQueryVendor : IVendor, IDisposable
{
    private const string Host = "bigquery.googleapis.com";
    private readonly GoogleAccounts accounts;
    private readonly GoogleBearer bearer;
    private readonly Shelf shelf;
    private readonly WarehouseStore warehouse;
    private readonly BigQueryMethod[] methods;

    public BigQueryVendor(Store store, OAuthStore oauth, LiveFeed live, Pages.WorldShell shell, SandboxOptions options, TimeProvider time)
    {
        accounts = new GoogleAccounts(store);
        bearer = new GoogleBearer(oauth, accounts);
        shelf = new Shelf(store, time);
        warehouse = new WarehouseStore(options.DataDirectory, shelf, time);
        var runner = new JobRunner(shelf, warehouse, time);
        IBigQueryMethods[] families =
        [
            new DatasetMethods(shelf, warehouse), new TableMethods(shelf, warehouse, time), new TabledataMethods(shelf, warehouse, time), new JobMethods(shelf, runner, warehouse), new QueryMethods(shelf, runner, warehouse),
        ];
        methods = [.. families.SelectMany(family => family.Methods)];
        World = new BigQueryPage(shelf, warehouse, runner, accounts, shell, live).Page;
    }

    public string Name => GoogleOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [Host];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
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
            map(Host, "/bigquery/v2" + method.Path, context => RunAsync(context, method));
        }
    }

    public void Seed()
    {
        accounts.Seed();
        if (shelf.Empty)
            BigQuerySeed.Plant(shelf, accounts);
    }

    public void Clear()
    {
        lock (warehouse.Gate)
        {
            warehouse.Clear();
            shelf.Clear();
        }
    }

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => (status switch
    {
        429 => GoogleAnswer.Error(429, "Exceeded rate limits: too many api requests per user per method for this user_method.", "rateLimitExceeded", "RESOURCE_EXHAUSTED"),
        503 => GoogleAnswer.Error(503, "Visibility check was unavailable. Please retry the request and contact support if the problem persists", "backendError", "UNAVAILABLE"),
        _ => GoogleAnswer.Error(status, "An internal error occurred and the request could not be completed.", "backendError", "INTERNAL"),
    }).WriteAsync(context);

    public void Dispose() => warehouse.Dispose();

    private async Task RunAsync(HttpContext context, BigQueryMethod method)
    {
        var (account, scopes, refusal) = bearer.Check(context, Host, "google.cloud.bigquery.v2." + method.Name, method.Accepted);
        if (account is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        var sendsBody = context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        var body = sendsBody && method.Verb is not "GET" and not "DELETE" ? await Json.ReadObjectAsync(context) : [];
        if (body is null)
        {
            await GoogleAnswer.Error(400, "Invalid JSON payload received. Unable to parse the request.", "parseError", "INVALID_ARGUMENT").WriteAsync(context);
            return;
        }

        GoogleAnswer answer;
        lock (warehouse.Gate)
        {
            try
            {
                answer = method.Run(new BigQueryCall(context, account, scopes, body));
            }
            catch (SqlError error)
            {
                answer = BigQueryErrors.Answer(error);
            }
            catch (ScopeNeeded)
            {
                answer = GoogleAnswer.ScopeInsufficient(Host, "google.cloud.bigquery.v2." + method.Name, BigQueryScopes.Write);
            }
        }

        await answer.WriteAsync(context);
    }
}
