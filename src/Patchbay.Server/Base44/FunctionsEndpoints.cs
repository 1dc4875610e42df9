using Patchbay.FunctionHost;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Server.Security;
using Patchbay.Vault;

namespace Patchbay.Server.Base44;

/// <summary>Calling functions by HTTP: with the app's credential under <c>/api/apps/{appId}</c>, and by anybody (webhooks, browsers)
/// on the app's own host, where the function decides whom it serves.</summary>
internal static class FunctionsEndpoints
{
    // Ours to set: what a caller sends under these names must not reach the function as if we had said it.
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Base44-App-Id", "Base44-Api-Url", "Base44-Service-Authorization", "Base44-Idempotency-Key", "Base44-State", "X-Patchbay-Run",
        "Host", "Cookie", "api_key", "Content-Length",
    };

    public static void Map(RouteGroupBuilder app) =>
        app.MapPost("/functions/{**name}", async (string name, IFunctionInvoker invoker, HttpContext context) =>
        {
            var caller = context.AppCaller();
            await CallAsync(caller.App.Id, name, invoker, context, forwardAuthorization: false, caller.Depth);
        }).ForAppCredential().WithName("appCallFunction").WithDescription("The body and most headers go to the function; its answer comes back as it is.");

    public static void MapAppHost(WebApplication app) =>
        app.Map("/functions/{**name}", (string name, IFunctionInvoker invoker, HttpContext context) =>
            CallAsync(new AppId(context.Features.Get<AppOrigin>()!.Label), name, invoker, context, forwardAuthorization: true, depth: 0)).ForVisitors().ExcludeFromDescription();

    /// <param name="depth">How many flows led to this call: a function that calls another does not begin anew.</param>
    private static async Task CallAsync(AppId app, string name, IFunctionInvoker invoker, HttpContext context, bool forwardAuthorization, int depth)
    {
        var request = context.Request;
        var headers = request.Headers.Where(h => !Ours.Contains(h.Key) && (forwardAuthorization || !h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)))
            .SelectMany(h => h.Value.Select(v => KeyValuePair.Create(h.Key, v ?? ""))).ToList();
        if (depth > 0)
            headers.Add(KeyValuePair.Create(FlowDepth.Header, FlowDepth.StateOf(depth)));
        var url = new Uri($"https://{app}.functions.internal/{name}{request.QueryString}");
        var hasBody = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
        await using var call = await invoker.CallAsync(app, name, new FunctionHttpRequest(request.Method, url, headers, hasBody ? request.Body : null), null, context.RequestAborted);
        await ForeignReply.WriteAsync(context, call);
    }
}
