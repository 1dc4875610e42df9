using Patchbay.Server.Api;
using Patchbay.Server.Hosting;
using Patchbay.Vault.Egress;

namespace Patchbay.Server.Security;

/// <summary>Sorts requests by origin: 421 for hosts that are not ours. Which endpoints an app's host has is decided by
/// <see cref="AccessMiddleware"/>, after routing.</summary>
internal sealed class HostMiddleware(RequestDelegate next, Addresses addresses)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IFunctionCaller>() is not null)
        {
            // A function calls from inside; of our own API it sees the app's public face only.
            if (context.Request.Path.StartsWithSegments("/api/apps", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/api/functions", StringComparison.Ordinal))
                await next(context);
            else
                await ApiError.WriteAsync(context, 404, "PB1204", "Functions reach the app's API only, under /api/apps/{app}.");
            return;
        }
        // The header as it came: Request.Host would translate punycode, and throw for what is none.
        switch (addresses.Hosts.Find(new HostString(context.Request.Headers.Host.ToString())))
        {
            case null:
                await ApiError.WriteAsync(context, 421, "PB1205", $"This server does not answer for that host. Use {addresses.PublicUrl.GetLeftPart(UriPartial.Authority)}.");
                return;
            case { Kind: OriginKind.App } origin:
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Features.Set(new AppOrigin(origin.AppLabel!));
                await next(context);
                return;
            default:
                SecurityHeaders.Apply(context);
                await next(context);
                return;
        }
    }
}

/// <summary>The request came in on an app's host.</summary>
/// <param name="Label">First label of the host: the app's id.</param>
internal sealed record AppOrigin(string Label);
