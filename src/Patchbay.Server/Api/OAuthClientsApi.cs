using Patchbay.Platform.Connections;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;
using Patchbay.Vault.OAuth;

namespace Patchbay.Server.Api;

/// <summary>The OAuth clients that people bring. Secrets go in and are in no answer.</summary>
internal static class OAuthClientsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/oauth-clients", async (string? vendor, OAuthClientService clients, HttpContext context, CancellationToken cancellationToken) =>
        {
            var workspace = context.Teammate().Workspace;
            var items = new List<OAuthClientReply>();
            foreach (var client in await clients.ListAsync(workspace, vendor, cancellationToken))
                items.Add(OAuthClientReply.Of(client, await clients.CountUsesAsync(workspace, client.Id, cancellationToken)));
            return TypedResults.Ok(new Page<OAuthClientReply>(items, null));
        }).ForRole(Role.Admin).WithName("listOAuthClients");

        api.MapPost("/oauth-clients", async (NewOAuthClientBody body, OAuthClientService clients, HttpContext context, CancellationToken cancellationToken) =>
        {
            var added = await clients.AddAsync(context.Teammate(), body.Vendor, body.Connectors ?? [], body.Name, body.ClientId, body.ClientSecret, body.IsDefault ?? false, cancellationToken);
            return TypedResults.Created($"/api/v1/oauth-clients/{added.Id}", OAuthClientReply.Of(added, 0));
        }).ForRole(Role.Admin).WithName("addOAuthClient");

        api.MapPatch("/oauth-clients/{client}", async (string client, OAuthClientChangeBody body, OAuthClientService clients, HttpContext context, CancellationToken cancellationToken) =>
        {
            var change = new OAuthClientChange(body.Name, body.ClientId, body.ClientSecret, body.Connectors, body.IsDefault ?? false);
            var changed = await clients.ChangeAsync(context.Teammate(), client, change, body.ClientSecret is not null, cancellationToken);
            return TypedResults.Ok(OAuthClientReply.Of(changed, await clients.CountUsesAsync(context.Teammate().Workspace, client, cancellationToken)));
        }).ForRole(Role.Admin).WithName("changeOAuthClient");

        api.MapDelete("/oauth-clients/{client}", async (string client, OAuthClientService clients, HttpContext context, CancellationToken cancellationToken) =>
        {
            await clients.RemoveAsync(context.Teammate(), client, cancellationToken);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Admin).WithName("removeOAuthClient");
    }
}

/// <param name="Connectors">Empty or null: every connector of the vendor.</param>
/// <param name="ClientSecret">Null for a public client.</param>
public sealed record NewOAuthClientBody(string Vendor, IReadOnlyList<string>? Connectors, string Name, string ClientId, string? ClientSecret, bool? IsDefault)
{
    /// <summary>Without the secret: a record prints its members.</summary>
    public override string ToString() => $"new OAuth client of {Vendor}";
}

/// <summary>Null leaves it.</summary>
public sealed record OAuthClientChangeBody(string? Name, string? ClientId, string? ClientSecret, IReadOnlyList<string>? Connectors, bool? IsDefault)
{
    /// <summary>Without the secret: a record prints its members.</summary>
    public override string ToString() => "change of an OAuth client";
}

/// <param name="Instance">Set by the operator for every workspace; a workspace cannot change it.</param>
/// <param name="Connectors">Empty: every connector of the vendor.</param>
/// <param name="Connections">How many of the workspace's connections rest on it.</param>
public sealed record OAuthClientReply(string Id, string Vendor, IReadOnlyList<string> Connectors, string Name, string ClientId, bool HasSecret, bool IsDefault, bool Instance, int Connections, DateTimeOffset CreatedAt)
{
    internal static OAuthClientReply Of(OAuthClientView c, int connections) =>
        new(c.Id, c.Vendor, c.Connectors, c.Name, c.ClientId, c.HasSecret, c.IsDefault, c.Workspace is null, connections, c.CreatedAt);
}
