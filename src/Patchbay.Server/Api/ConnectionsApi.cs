using Patchbay.Platform.Apps;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Workspaces;
using Patchbay.Platform.Runs;
using Patchbay.Server.Security;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress;
using Patchbay.Vault.OAuth;

namespace Patchbay.Server.Api;

/// <summary>The app's shared connections. How one comes about: <see cref="ConnectApi"/>.</summary>
internal static class ConnectionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/apps/{app}/connections", async (string app, AppService apps, AppConnections connections, ICallLogReader calls, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var items = new List<ConnectionReply>();
            foreach (var connection in await connections.ListAsync(found.Id, cancellationToken))
                items.Add(await ViewAsync(connection, connections, calls, cancellationToken));
            return TypedResults.Ok(new Page<ConnectionReply>(items, null));
        }).ForRole(Role.Viewer).WithName("listConnections");

        api.MapPost("/apps/{app}/connections/{connector}/key", async (string app, string connector, KeyBody body, AppService apps, AppConnections connections, ICallLogReader calls, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var connection = await connections.ConnectWithKeyAsync(context.Teammate(), found, connector, body.Fields, body.Scopes ?? [], body.SwitchAccount ?? false, cancellationToken);
            return TypedResults.Ok(await ViewAsync(connection, connections, calls, cancellationToken));
        }).ForRole(Role.Editor).WithName("connectWithKey");

        api.MapDelete("/apps/{app}/connections/{connection}", async (string app, string connection, AppService apps, AppConnections connections, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            await connections.DisconnectAsync(context.Teammate(), found, new(connection), cancellationToken);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Editor).WithName("disconnect");

        api.MapGet("/apps/{app}/calls", async (string app, string? connection, string? run, int? limit, AppService apps, ICallLogReader calls, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var entries = await calls.ListAsync(found.Id, connection is null ? null : new ConnectionId(connection), run is null ? null : new RunId(run), Math.Clamp(limit ?? 50, 1, 500), cancellationToken);
            return TypedResults.Ok(new Page<CallView>([.. entries.Select(CallView.Of)], null));
        }).ForRole(Role.Viewer).WithName("listCalls");
    }

    private static async Task<ConnectionReply> ViewAsync(ConnectionView connection, AppConnections connections, ICallLogReader calls, CancellationToken cancellationToken)
    {
        var missing = connections.Missing(connection);
        // Read from the call log: a write per call, only to know this, would be the hottest row of the database.
        var last = (await calls.ListAsync(connection.App, connection.Id, null, 1, cancellationToken)) is [var newest, ..] ? newest.Time : connection.LastUsedAt;
        var users = await connections.UsersAsync(connection.App, connection.Connector, cancellationToken);
        var (state, problem) = connection.State switch
        {
            ConnectionState.Connected when missing.Count > 0 => (ConnectionHealth.PartialGrant, new ProblemView("PB1410", $"{missing.Count} approved permissions were not given at the vendor. Connect again and allow them.", "reconnect")),
            ConnectionState.Connected => (ConnectionHealth.Connected, null),
            ConnectionState.NeedsReconnect => (ConnectionHealth.NeedsYou, new ProblemView(connection.Problem ?? "PB1411", "The vendor ended this sign-in. Connect again; nothing is lost meanwhile.", "reconnect")),
            ConnectionState.CheckNeeded => (ConnectionHealth.NeedsYou, new ProblemView(connection.Problem ?? "PB1412", "This sign-in is in doubt after a crash or a restore. Connect again.", "reconnect")),
            _ => (ConnectionHealth.Disconnected, (ProblemView?)null),
        };
        return new(connection.Id.Value, connection.Connector, connection.Realm, state, connection.AccountLabel, connection.GrantedScopes, connection.ApprovedScopes, missing,
            connection.IdentityScopes, connection.ExcessScopes, problem,
            [.. users.Select(f => new UsedByView("flow", f.Id.Value, f.Name))], connection.ConnectedAt, last, null);
    }
}

/// <param name="Fields">By the names of the connector's <c>apiKey.fields</c>; null to keep the key in use and only approve more.</param>
public sealed record KeyBody(IReadOnlyDictionary<string, string>? Fields, IReadOnlyList<string>? Scopes, bool? SwitchAccount)
{
    /// <summary>Without what was typed.</summary>
    public override string ToString() => "a key to connect with";
}

public enum ConnectionHealth
{
    Connected,
    NeedsYou,
    PartialGrant,
    Failed,
    Disconnected,
}

public sealed record ProblemView(string Code, string Message, string? Remedy);

public sealed record UsedByView(string Kind, string Id, string Name);

/// <param name="IdentityScopes">Of the granted ones: only to show whose account it is.</param>
/// <param name="ExcessScopes">Of the granted ones: covered by nothing that was approved for this app.</param>
public sealed record ConnectionReply(
    string Id, string Connector, Realm Realm, ConnectionHealth State, string? AccountLabel, IReadOnlyList<string> GrantedScopes, IReadOnlyList<string> ApprovedScopes,
    IReadOnlyList<string> MissingScopes, IReadOnlyList<string> IdentityScopes, IReadOnlyList<string> ExcessScopes, ProblemView? Problem, IReadOnlyList<UsedByView> UsedBy, DateTimeOffset ConnectedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt);

public sealed record CallView(
    string Id, DateTimeOffset Time, string? Connector, string? Operation, string Method, string Host, string Path, int? Status, double DurationMs,
    long RequestBytes, long ResponseBytes, string? RunId, CallOutcome Outcome, string? Reason)
{
    internal static CallView Of(CallLogEntry e) => new(e.Id, e.Time, e.Connector, e.Operation, e.Method, e.Host, e.Path, e.Status, e.DurationMs, e.RequestBytes, e.ResponseBytes, e.RunId, e.Outcome, e.Reason);
}
