using Patchbay.Platform.Workspaces;
using Patchbay.Server.Api;
using Patchbay.Server.Base44;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Security;

/// <summary>Lets a request through to its endpoint only if it fulfils the endpoint's <see cref="Access"/>. An endpoint that
/// names none is closed.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, Addresses addresses)
{
    public async Task InvokeAsync(HttpContext context, WorkspaceService workspaces, AppCallers callers)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }
        // By the endpoint and not by the path: routes match in any case and spelling, a list of paths does not.
        if (context.Features.Get<AppOrigin>() is not null && endpoint.Metadata.GetMetadata<Access>() is not { Kind: AccessKind.AppCredential or AccessKind.Visitor })
        {
            await ApiError.WriteAsync(context, 404, "PB1206", "An app's host serves the app only.");
            return;
        }
        switch (endpoint.Metadata.GetMetadata<Access>())
        {
            case { Kind: AccessKind.Anyone }:
                if (OriginRules.IsChange(context.Request.Method) && OriginRules.Refusal(context.Request, addresses.PublicUrl) is { } foreign)
                {
                    await ApiError.WriteAsync(context, 403, "PB1201", foreign);
                    return;
                }
                await next(context);
                return;
            case { Kind: AccessKind.Teammate, Least: { } least }:
                await TeammateAsync(context, workspaces, least);
                return;
            case { Kind: AccessKind.Visitor } when context.Features.Get<AppOrigin>() is null:
                await ApiError.WriteAsync(context, 404, "PB1207", "This address exists on the app's own host only.");
                return;
            case { Kind: AccessKind.AppCredential }:
                // Before the body is read: who may not call is not parsed.
                context.Features.Set(await callers.DemandAsync(context, (string?)context.Request.RouteValues["appId"] ?? "", context.RequestAborted));
                await next(context);
                return;
            case { Kind: AccessKind.Visitor }:
                await next(context);
                return;
            default:
                await ApiError.WriteAsync(context, 403, "PB1200", "This address is closed: it names no access rule.");
                return;
        }
    }

    private async Task TeammateAsync(HttpContext context, WorkspaceService workspaces, Role least)
    {
        if (addresses.Cookie.Read(context) is not { Length: > 0 } session || await workspaces.FindBySessionAsync(session, context.RequestAborted) is not { } teammate)
        {
            if (!WithPage(context, "SignedOut"))
                await ApiError.WriteAsync(context, 401, "PB1202", "Sign in first.");
            return;
        }
        if (OriginRules.IsChange(context.Request.Method) && OriginRules.Refusal(context.Request, addresses.PublicUrl) is { } foreign)
        {
            await ApiError.WriteAsync(context, 403, "PB1201", foreign);
            return;
        }
        if (teammate.Role < least)
        {
            if (!WithPage(context, "RoleTooLow"))
                await ApiError.WriteAsync(context, 403, "PB1203", $"This needs the role {least.ToString().ToLowerInvariant()} or higher. Ask an owner or admin of the workspace.");
            return;
        }
        context.Features.Set(new SignedIn(teammate, session));
        await next(context);
    }

    /// <summary>Only for a browser that opens the address: a program gets the status that it can act on.</summary>
    private static bool WithPage(HttpContext context, string reason)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RefusedWithPage>() is not { } refused || context.Request.Headers["Sec-Fetch-Mode"].ToString() != "navigate")
            return false;
        context.Response.Redirect($"{refused.Page}?error={reason}");
        return true;
    }
}

/// <summary>The teammate whose session the request carries.</summary>
internal sealed record SignedIn(Teammate Teammate, string Session);

internal static class SignedInExtensions
{
    public static AppCaller AppCaller(this HttpContext context) =>
        context.Features.Get<AppCaller>() ?? throw new InvalidOperationException("The route is not one for app credentials.");

    public static Teammate Teammate(this HttpContext context) =>
        context.Features.Get<SignedIn>()?.Teammate ?? throw new InvalidOperationException("The route is not one for teammates.");
}
