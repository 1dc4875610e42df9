using Patchbay.Platform;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Server.Security;
using Patchbay.Vault.Egress;

namespace Patchbay.Server.Base44;

/// <summary>Who calls the app's public API: a program with a key, or the app's own function over its socket.</summary>
/// <param name="Function">Set only for a call that came in over a function's socket.</param>
/// <param name="Depth">How many flows led to this call (<see cref="FlowDepth"/>).</param>
internal sealed record AppCaller(App App, IFunctionCaller? Function, int Depth);

/// <summary>Reads the header credentials of <c>/api/apps/*</c>. A cookie never counts here.</summary>
internal sealed class AppCallers(AppService apps, IAppStore store, ServiceTokens tokens)
{
    private const string BearerPrefix = "Bearer ";

    /// <exception cref="UserVisibleException">No credential, or one that does not open this app.</exception>
    public async Task<AppCaller> DemandAsync(HttpContext context, string appId, CancellationToken cancellationToken)
    {
        if (context.Features.Get<AppOrigin>() is { } origin && origin.Label != appId)
            throw NotThisApp();
        var bearer = context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(BearerPrefix, StringComparison.Ordinal) ? header[BearerPrefix.Length..] : null;
        if (context.Features.Get<IFunctionCaller>() is { } function)
        {
            // The socket says which function it is; the token says that it acts with the service role.
            if (function.Identity.App.Value != appId || await store.FindAsync(function.Identity.App, cancellationToken) is not { } own)
                throw NotThisApp();
            if (tokens.Find(bearer)?.Function != function.Identity)
                throw new UserVisibleException(RefusalKind.NeedsPerson, "PB1701", "This call needs the service role: use base44.asServiceRole.");
            // Only what our own dispatcher wrote is believed, and only over the socket: nobody else can count flows.
            return new(own, function, FlowDepth.Read(context.Request.Headers[FlowDepth.Header].ToString()));
        }
        var key = context.Request.Headers["api_key"].ToString() is { Length: > 0 } named ? named : bearer;
        if (key is null)
            throw new UserVisibleException(RefusalKind.NeedsPerson, "PB1702", "Send the app's API key in the header api_key. An admin makes one in the app's settings.");
        return await apps.FindByKeyAsync(key, cancellationToken) is { } found && found.Id.Value == appId ? new(found, null, 0) : throw NotThisApp();
    }

    private static UserVisibleException NotThisApp() => new(RefusalKind.NeedsPerson, "PB1703", "This credential does not open this app.");
}
