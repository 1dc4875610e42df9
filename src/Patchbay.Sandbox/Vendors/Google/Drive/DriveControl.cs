using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>/_sandbox/drive: what a test looks at, and the picker that gives an app a file.</summary>
internal sealed class DriveControl(DriveDesk desk, OAuthStore oauth)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_sandbox/drive/files", (RequestDelegate)FilesAsync);
        routes.MapPost("/_sandbox/drive/pick", (RequestDelegate)PickAsync);
    }

    /// <summary>[{id, name, mimeType, owner, parent, trashed, text}] of every account, newest change first.</summary>
    private Task FilesAsync(HttpContext context)
    {
        var all = desk.Files.All();
        var access = desk.Access(all);
        return Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. all.Where(file => file.Parent is not null).OrderByDescending(file => file.Modified).Select(file => (JsonNode)new JsonObject
        {
            ["id"] = file.Id,
            ["name"] = file.Name,
            ["mimeType"] = file.MimeType,
            ["owner"] = desk.Accounts.Get(file.Owner)?.Email,
            ["parent"] = file.Parent,
            ["trashed"] = access.IsTrashed(file),
            ["text"] = desk.Text(file),
        })]));
    }

    /// <summary>{fileId, clientId, account}: lets an app with drive.file use one more file of an account.</summary>
    private async Task PickAsync(HttpContext context)
    {
        var body = await Json.ReadObjectAsync(context);
        if (desk.Files.Get(body.Text("fileId") ?? "") is not { } file || desk.Accounts.ByEmail(body.Text("account") ?? "") is not { } account
            || oauth.FindClient(GoogleOAuth.Vendor, body.Text("clientId")) is not { } client)
        {
            await ControlApi.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such file, account or client.");
            return;
        }

        desk.Files.Give(file, client.ClientId, account);
        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["ok"] = true });
    }
}
