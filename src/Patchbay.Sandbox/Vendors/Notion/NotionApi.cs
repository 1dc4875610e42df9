using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Vendors.Notion.Methods;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>What stands before every call: token, version, body, capability. Then it runs as one transaction.</summary>
internal sealed class NotionApi(NotionWorld world, OAuthStore oauth)
{
    /// <summary>Under this name the parts of an upload wait in the request's items.</summary>
    public const string FormItem = "notion.form";

    public async Task RunAsync(HttpContext context, NotionMethod method)
    {
        try
        {
            var (bot, capabilities) = Authenticate(context.Request);
            var version = NotionVersion.Read(context.Request);
            if (method.Exists?.Invoke(version) == false)
                throw NotionRefusal.Url;
            var body = await BodyAsync(context, method);
            if (method.Capability is { } capability && !capabilities.Contains(capability))
                throw NotionRefusal.Restricted;
            var answer = world.Store.Atomic(() => method.Run(new NotionCall(context, bot, capabilities, version, body, world)));
            answer["request_id"] = NotionIds.New();
            await Json.WriteAsync(context, StatusCodes.Status200OK, answer);
        }
        catch (NotionRefusal refusal)
        {
            await RefuseAsync(context, refusal);
        }
        catch (ArgumentException exception) when (exception.Message.Contains("same key", StringComparison.Ordinal))
        {
            // A JSON object with a repeated key fails only where it is first read, which is anywhere.
            await RefuseAsync(context, NotionRefusal.InvalidJson);
        }
    }

    public static Task RefuseAsync(HttpContext context, NotionRefusal refusal)
    {
        var body = new JsonObject { ["object"] = "error", ["status"] = refusal.Status, ["code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.More is not null)
            body["additional_data"] = refusal.More.DeepClone();
        body["request_id"] = NotionIds.New();
        return Json.WriteAsync(context, refusal.Status, body);
    }

    private (NotionBot Bot, IReadOnlyList<string> Capabilities) Authenticate(HttpRequest request)
    {
        if (ClientCredentials.ParseBearer(request.Headers.Authorization.ToString()) is { } text
            && oauth.Find(NotionOAuth.Vendor, TokenKind.Access, text) is { State: TokenState.Live } found
            && world.Bot(NotionOAuth.BotId(found.Grant!)) is { } bot)
            return (bot, found.Scopes!);
        throw NotionRefusal.Unauthorized;
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context, NotionMethod method)
    {
        if (method.Path.EndsWith("/send", StringComparison.Ordinal))
        {
            if (context.Request.HasFormContentType)
                context.Items[FormItem] = await Forms.ReadAsync(context);
            return [];
        }

        var sendsBody = context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        if (method.Verb is "GET" or "DELETE" || !sendsBody)
            return [];
        return await Json.ReadObjectAsync(context) ?? throw NotionRefusal.InvalidJson;
    }
}
