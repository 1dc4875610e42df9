using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Drive.Methods;
using Patchbay.Sandbox.Vendors.Google.Drive.Upload;
using Patchbay.Sandbox.Vendors.Google.Gmail;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>Google Drive: www.googleapis.com/drive/v3. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class DriveVendor : IVendor, IVendorControl
{
    public const string Service = "drive.googleapis.com";
    public const long LargestUpload = 40 * 1024 * 1024;
    private const string Host = "www.googleapis.com";
    private readonly Store store;
    private readonly TimeProvider time;
    private readonly GoogleAccounts accounts;
    private readonly GoogleBearer bearer;
    private readonly DriveFiles files;
    private readonly DriveUploads uploads;
    private readonly DriveChannels channels;
    private readonly DriveUploadEndpoints upload;
    private readonly DriveControl control;
    private readonly DriveMethod[] methods;

    public DriveVendor(Store store, OAuthStore oauth, LiveFeed live, Pages.WorldShell shell, IServiceProvider services, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        accounts = new GoogleAccounts(store);
        bearer = new GoogleBearer(oauth, accounts);
        files = new DriveFiles(store, live, time);
        uploads = new DriveUploads(store, time);
        var products = new DriveProducts(services);
        var desk = new DriveDesk(files, accounts, products, time);
        World = new DrivePage(desk, oauth, store, shell).Page;
        control = new DriveControl(desk, oauth);
        var notice = new ShareNotice(new GmailMailboxes(store, live, time), accounts);
        channels = new DriveChannels(store);
        var fileMethods = new FileMethods(desk);
        upload = new DriveUploadEndpoints(desk, fileMethods, uploads, bearer, store);
        IDriveMethods[] families = [fileMethods, new ListMethods(desk), new ContentMethods(desk), new PermissionMethods(desk, notice), new ChangeMethods(desk), new AboutMethods(desk), new ChannelMethods(desk, channels)];
        methods = [.. families.SelectMany(family => family.Methods)];
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
                "PATCH" => routes.Patch,
                "DELETE" => routes.Delete,
                _ => routes.Post,
            };
            map(Host, "/drive/v3" + method.Path, context => RunAsync(context, method));
        }

        const string path = "/upload/drive/v3/files";
        routes.Post(Host, path, upload.BeginAsync);
        routes.Patch(Host, path + "/{fileId}", upload.BeginAsync);
        foreach (var session in (string[])[path, path + "/{fileId}"])
        {
            routes.Put(Host, session, upload.ContinueAsync);
            routes.Delete(Host, session, upload.CancelAsync);
        }
    }

    public void MapControl(IEndpointRouteBuilder routes) => control.Map(routes);

    public void Seed() => DriveSeed.Ensure(files, accounts, time);

    public void Clear()
    {
        files.Clear();
        uploads.Clear();
        channels.Clear();
    }

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => GooglePages.FailAsync(context, status);

    private async Task RunAsync(HttpContext context, DriveMethod method)
    {
        var (caller, refusal) = bearer.CheckCaller(context, Service, "google.apps.drive.v3." + method.Name, method.Accepted);
        if (caller is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        var body = new JsonObject();
        if (method.Verb is "POST" or "PATCH" && (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0))
        {
            if (await Json.ReadObjectAsync(context) is not { } read)
            {
                await DriveErrors.ParseError.WriteAsync(context);
                return;
            }

            body = read;
        }

        var answer = store.Atomic(() => method.Run(new DriveCall(context, caller, body)));
        await answer.WriteAsync(context);
    }
}
