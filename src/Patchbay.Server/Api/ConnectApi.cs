using Patchbay.Platform.Apps;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Hosting;
using Patchbay.Server.Security;
using Patchbay.Vault;
using Patchbay.Vault.OAuth;

namespace Patchbay.Server.Api;

/// <summary>How an account is connected: the wish, our own page in between (<c>/connect/{handle}</c>), the click that leads to
/// the vendor, and the way back.</summary>
internal static class ConnectApi
{
    private const string FailedPage = "/connect-failed";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/apps/{app}/connections/{connector}/connect", async (string app, string connector, ConnectBody body, AppService apps, ConnectStarts starts, Addresses addresses, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var handle = await starts.AskAsync(context.Teammate(), found,
                new ConnectWish(connector, body.Scopes ?? [], body.Realm, body.Client, body.SwitchAccount ?? false, body.ProposalId), cancellationToken);
            return TypedResults.Ok(new ConnectReply(new Uri(addresses.PublicUrl, $"/connect/{handle}").AbsoluteUri));
        }).ForRole(Role.Editor).WithName("connect");

        api.MapGet("/connect/{handle}", async (string handle, ConnectStarts starts, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(ConnectStartView.Of(await starts.DescribeAsync(context.Teammate(), handle, cancellationToken))))
            .ForRole(Role.Editor).WithName("getConnectStart");

        api.MapPost("/connect/{handle}", async (string handle, ConnectChoice body, ConnectStarts starts, Addresses addresses, HttpContext context, CancellationToken cancellationToken) =>
        {
            var binding = context.Request.Cookies[addresses.Cookie.BindingName] is { Length: 43 } known ? known : Tokens.New();
            var start = await starts.GoAsync(context.Teammate(), handle, body.Realm, body.Client, binding, cancellationToken);
            addresses.Cookie.SetBinding(context, start.BrowserBinding);
            return TypedResults.Ok(new ConnectGo(start.AuthorizeUrl.AbsoluteUri));
        }).ForRole(Role.Editor).WithName("goConnect");
    }

    /// <summary>Where vendors send browsers back to. A navigation, so it answers with a redirect into the dashboard, never with
    /// a body that the vendor could shape.</summary>
    public static void MapCallback(WebApplication app)
    {
        app.MapGet("/oauth/callback/{vendor}", async (string vendor, AppConnections connections, Addresses addresses, HttpContext context, CancellationToken cancellationToken) =>
        {
            var values = context.Request.Query.SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? ""))).ToList();
            var binding = context.Request.Cookies[addresses.Cookie.BindingName] ?? "";
            var outcome = await connections.CompleteAsync(context.Teammate(), new CallbackParameters(vendor, values), binding, cancellationToken);
            var query = new Dictionary<string, string?>();
            if (outcome.Failure is { } failure)
                // Only the code: a text in an address could be anybody's, and the page would show it as ours.
                query["error"] = failure.ToString();
            else
                query["connection"] = outcome.Connection!.Id.Value;
            if (outcome.Connector is { } connector)
                query["connector"] = connector;
            if (outcome.Context is { } proposal)
                query["proposal"] = proposal;
            var page = outcome.App is { } id ? $"/apps/{id}/connected" : FailedPage;
            return TypedResults.Redirect(page + QueryString.Create(query));
        }).ForRole(Role.Editor).RefusesWithPage(FailedPage).ExcludeFromDescription();

        // Base44's address. It redirects and does nothing else: no flow of ours names it to a vendor, and so no vendor's answer
        // comes here unless somebody registered it there, against the steps on the connector's page.
        app.MapGet("/api/external-auth/callback", async (IConnections vault, HttpContext context, CancellationToken cancellationToken) =>
        {
            var vendor = context.Request.Query["state"] is [{ Length: > 0 and <= 200 } state] ? await vault.FindVendorOfAsync(state, cancellationToken) : null;
            return TypedResults.Redirect(vendor is null ? $"{FailedPage}?error={nameof(ConnectFailure.UnknownState)}" : $"/oauth/callback/{vendor}{context.Request.QueryString}");
        }).ForRole(Role.Editor).RefusesWithPage(FailedPage).ExcludeFromDescription();
    }
}

/// <param name="Client">Our id of the OAuth client; null: the default one.</param>
/// <param name="Realm">Null: live where it is set up, else the sandbox.</param>
public sealed record ConnectBody(IReadOnlyList<string>? Scopes, string? ProposalId, Realm? Realm, bool? SwitchAccount, string? Client);

/// <param name="ConnectUrl">Our own page, for whoever asked: it says what is about to happen and leads to the vendor. Ten minutes, once.</param>
public sealed record ConnectReply(string ConnectUrl);

/// <summary>What a person chose on the page; null: as it was asked for.</summary>
public sealed record ConnectChoice(Realm? Realm, string? Client);

/// <param name="AuthorizeUrl">The vendor's page. It finishes in this browser only.</param>
public sealed record ConnectGo(string AuthorizeUrl);

/// <param name="RequestedBy">Name of the teammate who asked: always the signed-in one.</param>
/// <param name="AccountLabel">Of the connected account that this replaces; null for a first one.</param>
/// <param name="Realm">Where it goes unless another is chosen; null if neither realm can.</param>
/// <param name="IdentityAsked">Whether the vendor is also asked whose account it is.</param>
public sealed record ConnectStartView(
    string App, string AppName, string Connector, string ConnectorName, string RequestedBy, string? AccountLabel, bool SwitchAccount, IReadOnlyList<ConnectPermissionView> Permissions,
    bool IdentityAsked, Realm? Realm, string? Client, ConnectorSetupView Setup, string? ProposalId, bool BackendFunctions, DateTimeOffset ExpiresAt)
{
    internal static ConnectStartView Of(ConnectStartDetails d) => new(
        d.App.Id.Value, d.App.Name, d.Connector.Id, d.Connector.Name, d.RequestedBy, d.Existing?.AccountLabel, d.Start.SwitchAccount,
        [.. d.Permissions.Select(p => new ConnectPermissionView(p.Scope.Id, p.Scope.Plain, p.Scope.Class, p.IsNew))], d.Connector.OAuth.IdentityScopes.Count > 0,
        d.Start.Realm ?? (d.Start.Client is null ? d.Readiness.Usual : Patchbay.Vault.Realm.Live), d.Start.Client, ConnectorSetupView.Of(d.Connector, d.Readiness), d.Start.Context, d.App.BackendFunctions, d.Start.ExpiresAt);
}

public sealed record ConnectPermissionView(string Scope, string Plain, Catalog.ScopeClass Class, bool IsNew);
