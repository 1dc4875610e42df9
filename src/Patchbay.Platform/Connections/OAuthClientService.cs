using System.Text.Json.Nodes;
using Patchbay.Catalog;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Auditing;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Connections;

/// <summary>The OAuth clients that a workspace brings, beside those that the operator set for the whole install. A workspace
/// changes its own only.</summary>
public sealed class OAuthClientService(IOAuthClients vault, ConnectorCatalog catalog, IAppStore apps, IWorkspaceStore workspaces, IAuditLog audit, TimeProvider time)
{
    /// <summary>The workspace's own and the install's, live ones.</summary>
    public async Task<IReadOnlyList<OAuthClientView>> ListAsync(WorkspaceId workspace, string? vendor, CancellationToken cancellationToken) =>
    [
        .. (await vault.ListAsync(workspace.Value, vendor, cancellationToken)).Where(c => c.Realm == Realm.Live)
            .OrderBy(c => c.Vendor, StringComparer.Ordinal).ThenBy(c => c.Workspace is null).ThenByDescending(c => c.IsDefault).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>How many of the workspace's connections rest on the client.</summary>
    public Task<int> CountUsesAsync(WorkspaceId workspace, string client, CancellationToken cancellationToken) => vault.CountUsesAsync(client, workspace.Value, cancellationToken);

    public async Task<ConnectorReadiness> ReadinessAsync(WorkspaceId workspace, Connector connector, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var callback = vault.CallbackAddress(connector.Vendor);
        return new(connector.Name, callback, await vault.ListForAsync(connector.Id, Realm.Live, workspace.Value, cancellationToken),
            (await vault.ListForAsync(connector.Id, Realm.Sandbox, workspace.Value, cancellationToken)).Count > 0,
            connector.OAuth.Redirect.Refusal(new Uri(callback), connector.Name));
    }

    public async Task<OAuthClientView> AddAsync(Teammate actor, string vendor, IReadOnlyList<string> connectors, string name, string clientId, string? clientSecret, bool isDefault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        // Lengths and characters are the vault's rules; what is not there at all never reaches it.
        new FieldFaults().Name("name", name).Check("vendor", !string.IsNullOrWhiteSpace(vendor), "a vendor of the catalog")
            .Check("clientId", !string.IsNullOrWhiteSpace(clientId), "the client id that the vendor shows").Check("connectors", connectors.All(c => c is not null), "a list of connector ids").ThrowIfAny();
        var added = await vault.AddAsync(new NewOAuthClient(actor.Workspace.Value, vendor, connectors, name, clientId, clientSecret, isDefault), cancellationToken);
        await AuditAsync(actor, "oauth-client.added", added, Scope(added), cancellationToken);
        return added;
    }

    public async Task<OAuthClientView> ChangeAsync(Teammate actor, string id, OAuthClientChange change, bool newSecret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = await OwnAsync(actor, id, cancellationToken);
        var changed = await vault.ChangeAsync(id, change, cancellationToken);
        string?[] what =
        [
            newSecret ? "secret replaced" : null, changed.ClientId != before.ClientId ? "client id" : null, changed.Name != before.Name ? $"name, before \"{before.Name}\"" : null,
            changed.Connectors.SequenceEqual(before.Connectors) ? null : Scope(changed), changed.IsDefault && !before.IsDefault ? "now the default" : null,
        ];
        await AuditAsync(actor, "oauth-client.changed", changed, string.Join(", ", what.OfType<string>()), cancellationToken);
        return changed;
    }

    public async Task RemoveAsync(Teammate actor, string id, CancellationToken cancellationToken)
    {
        var client = await OwnAsync(actor, id, cancellationToken);
        await RemoveAsync(client, actor.Workspace, cancellationToken);
        await AuditAsync(actor, "oauth-client.removed", client, null, cancellationToken);
    }

    /// <summary>The clients of the whole install, for whoever runs it.</summary>
    public async Task<IReadOnlyList<OAuthClientView>> ListInstallAsync(CancellationToken cancellationToken) =>
        [.. (await vault.ListAsync(null, null, cancellationToken)).Where(c => c.Realm == Realm.Live)];

    /// <summary>Adds a client of the whole install, or changes the one of that name. Null leaves what is there.</summary>
    /// <returns>The client, and whether it is new.</returns>
    public async Task<(OAuthClientView Client, bool Added)> SetInstallAsync(string vendor, string name, string? clientId, string? clientSecret, IReadOnlyList<string>? connectors, bool isDefault, CancellationToken cancellationToken)
    {
        var known = (await ListInstallAsync(cancellationToken)).FirstOrDefault(c => c.Vendor == vendor && string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        if (known is null && clientId is null)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1001", $"There is no client \"{name}\" of {vendor} yet: a new one needs its client id.");
        var client = known is null
            ? await vault.AddAsync(new NewOAuthClient(null, vendor, connectors ?? [], name, clientId!, clientSecret, isDefault), cancellationToken)
            : await vault.ChangeAsync(known.Id, new OAuthClientChange(null, clientId, clientSecret, connectors, isDefault), cancellationToken);
        await AuditInstallAsync(known is null ? "oauth-client.added" : "oauth-client.changed", client, known is not null && clientSecret is not null ? "secret replaced" : Scope(client), cancellationToken);
        return (client, known is null);
    }

    public async Task<OAuthClientView> RemoveInstallAsync(string vendor, string name, CancellationToken cancellationToken)
    {
        var client = (await ListInstallAsync(cancellationToken)).FirstOrDefault(c => c.Vendor == vendor && string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1420", $"The install has no client \"{name}\" of {vendor}.");
        await RemoveAsync(client, null, cancellationToken);
        await AuditInstallAsync("oauth-client.removed", client, null, cancellationToken);
        return client;
    }

    private async Task RemoveAsync(OAuthClientView client, WorkspaceId? workspace, CancellationToken cancellationToken)
    {
        if (await vault.CountUsesAsync(client.Id, workspace?.Value, cancellationToken) is > 0 and var count)
        {
            var uses = await NamedAsync(client.Id, workspace, cancellationToken);
            var named = uses.Select(u => $"{catalog.FindConnector(u.Use.Connector)?.Name ?? u.Use.Connector} in {u.AppName}").Distinct().ToList();
            throw new UserVisibleException(RefusalKind.Conflict, "PB1421",
                $"{count} {(count == 1 ? "connection rests" : "connections rest")} on \"{client.Name}\": {string.Join(", ", named)}{(count > uses.Count ? " and more" : "")}. Disconnect them, or connect them again with another client, before you remove it.",
                new JsonObject { ["uses"] = new JsonArray([.. uses.Select(u => (JsonNode)new JsonObject { ["app"] = u.Use.App.Value, ["appName"] = u.AppName, ["connector"] = u.Use.Connector, ["accountLabel"] = u.Use.AccountLabel })]) });
        }
        await vault.RemoveAsync(client.Id, cancellationToken);
    }

    /// <summary>The first few, with the names of their apps.</summary>
    private async Task<IReadOnlyList<(OAuthClientUse Use, string AppName)>> NamedAsync(string client, WorkspaceId? workspace, CancellationToken cancellationToken)
    {
        var uses = new List<(OAuthClientUse, string)>();
        foreach (var use in await vault.ListUsesAsync(client, workspace?.Value, 10, cancellationToken))
            uses.Add((use, (await apps.FindAsync(use.App, cancellationToken))?.Name ?? use.App.Value));
        return uses;
    }

    private async Task<OAuthClientView> OwnAsync(Teammate actor, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var found = (await ListAsync(actor.Workspace, null, cancellationToken)).FirstOrDefault(c => c.Id == id)
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1420", "There is no such OAuth client. Reload the list.");
        return found.Workspace is not null ? found
            : throw new UserVisibleException(RefusalKind.Forbidden, "PB1422", "This OAuth client serves every workspace of the install. The operator changes it with ./patchbay oauth-client; you can add one of your own, which then goes before it.");
    }

    private static string Scope(OAuthClientView client) => client.Connectors.Count == 0 ? "for every connector of the vendor" : "for " + string.Join(", ", client.Connectors);

    /// <summary>What the operator does for every workspace stands in the log of each.</summary>
    private async Task AuditInstallAsync(string action, OAuthClientView client, string? detail, CancellationToken cancellationToken)
    {
        foreach (var workspace in await workspaces.ListAsync(cancellationToken))
            await audit.AppendAsync(new(Ids.New(time), workspace.Id, null, time.GetUtcNow(), "operator", action, $"{client.Vendor}: {client.Name}", detail), cancellationToken);
    }

    private Task AuditAsync(Teammate actor, string action, OAuthClientView client, string? detail, CancellationToken cancellationToken) =>
        audit.AppendAsync(new(Ids.New(time), actor.Workspace, null, time.GetUtcNow(), actor.Id.Value, action, $"{client.Vendor}: {client.Name}", detail), cancellationToken);
}
