using NodaTime;
using Patchbay.Platform.Auditing;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;

namespace Patchbay.Platform.Apps;

/// <summary>Apps of a workspace, their switches and their API keys.</summary>
public sealed class AppService(IAppStore store, IWorkspaceStore workspaces, IAuditLog audit, TimeProvider time)
{
    public async Task<App> CreateAsync(Teammate actor, string name, string? description, string timeZone, CancellationToken cancellationToken)
    {
        new FieldFaults().Name("name", name).Check("timeZone", IsTimeZone(timeZone), "an IANA time zone such as Europe/Berlin").ThrowIfAny();
        var app = new App
        {
            Id = new(Ids.New(time)), Workspace = actor.Workspace, Name = name.Trim(), Description = Short(description),
            BackendFunctions = true, TimeZone = timeZone, CreatedAt = time.GetUtcNow(),
        };
        await store.InsertAsync(app, cancellationToken);
        await AuditAsync(actor, app, "app.created", app.Name, cancellationToken);
        return app;
    }

    public Task<IReadOnlyList<App>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken) => store.ListAsync(workspace, cancellationToken);

    /// <summary>The app, if it belongs to the workspace: another's looks like one that does not exist.</summary>
    public async Task<App> GetAsync(WorkspaceId workspace, AppId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } app && app.Workspace == workspace ? app : throw NotFound();

    public Task<AppCounts> CountAsync(AppId id, CancellationToken cancellationToken) => store.CountAsync(id, time.GetUtcNow().AddHours(-24), cancellationToken);

    public async Task<App> UpdateAsync(Teammate actor, AppId id, string? name, string? description, bool? backendFunctions, string? timeZone, CancellationToken cancellationToken)
    {
        var app = await GetAsync(actor.Workspace, id, cancellationToken);
        var faults = new FieldFaults();
        if (name is not null)
            faults.Name("name", name);
        if (timeZone is not null)
            faults.Check("timeZone", IsTimeZone(timeZone), "an IANA time zone such as Europe/Berlin");
        faults.ThrowIfAny();
        var changed = app with
        {
            Name = name?.Trim() ?? app.Name, Description = description is null ? app.Description : Short(description),
            BackendFunctions = backendFunctions ?? app.BackendFunctions, TimeZone = timeZone ?? app.TimeZone,
        };
        await store.UpdateAsync(changed, cancellationToken);
        if (changed.BackendFunctions != app.BackendFunctions)
            await AuditAsync(actor, app, "app.backend-functions", changed.BackendFunctions ? "on" : "off", cancellationToken);
        return changed;
    }

    /// <summary>Tools may be connected and functions run only with a Builder subscription or higher and the app's switch on.</summary>
    public async Task DemandConnectorsAsync(App app, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.FindAsync(app.Workspace, cancellationToken) ?? throw NotFound();
        if (workspace.Plan < Plan.Builder)
            throw new UserVisibleException(RefusalKind.PlanOrSwitch, "PB1301", "Connectors need the Builder subscription or higher. An owner can change the workspace's subscription.");
        if (!app.BackendFunctions)
            throw new UserVisibleException(RefusalKind.PlanOrSwitch, "PB1302", "Backend functions are switched off for this app. An editor can switch them on in the app's settings.");
    }

    /// <summary>The key is shown once; only its hash is kept.</summary>
    public async Task<(ApiKey Key, string Secret)> CreateKeyAsync(Teammate actor, AppId id, string name, CancellationToken cancellationToken)
    {
        var app = await GetAsync(actor.Workspace, id, cancellationToken);
        new FieldFaults().Name("name", name).ThrowIfAny();
        var secret = "b44k_" + Tokens.New();
        var key = new ApiKey(Ids.New(time), app.Id, name.Trim(), Tokens.Hash(secret), secret[^4..], actor.Id.Value, time.GetUtcNow());
        await store.InsertKeyAsync(key, cancellationToken);
        await AuditAsync(actor, app, "api-key.created", key.Name, cancellationToken);
        return (key, secret);
    }

    public async Task<IReadOnlyList<ApiKey>> ListKeysAsync(Teammate actor, AppId id, CancellationToken cancellationToken) =>
        await store.ListKeysAsync((await GetAsync(actor.Workspace, id, cancellationToken)).Id, cancellationToken);

    public async Task DeleteKeyAsync(Teammate actor, AppId id, string key, CancellationToken cancellationToken)
    {
        var app = await GetAsync(actor.Workspace, id, cancellationToken);
        if (!await store.DeleteKeyAsync(app.Id, key, cancellationToken))
            throw new UserVisibleException(RefusalKind.NotFound, "PB1304", "This key does not exist.");
        await AuditAsync(actor, app, "api-key.deleted", key, cancellationToken);
    }

    /// <summary>The app a presented key opens, or null.</summary>
    public async Task<App?> FindByKeyAsync(string secret, CancellationToken cancellationToken) =>
        await store.FindKeyAsync(Tokens.Hash(secret), cancellationToken) is { } key ? await store.FindAsync(key.App, cancellationToken) : null;

    private static bool IsTimeZone(string? name) => name is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null;

    private static string? Short(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { Length: > 500 } longer ? longer[..500] : text.Trim();

    private static UserVisibleException NotFound() => new(RefusalKind.NotFound, "PB1303", "This app does not exist.");

    private Task AuditAsync(Teammate actor, App app, string action, string subject, CancellationToken cancellationToken) =>
        audit.AppendAsync(new(Ids.New(time), actor.Workspace, app.Id, time.GetUtcNow(), actor.Id.Value, action, subject, null), cancellationToken);
}
