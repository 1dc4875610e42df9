using Patchbay.Platform.Apps;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;
using Patchbay.Vault;

namespace Patchbay.Server.Api;

/// <summary>Apps, their settings and API keys.</summary>
internal static class AppsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/apps", async (AppService apps, HttpContext context, CancellationToken cancellationToken) =>
        {
            var items = new List<AppView>();
            foreach (var app in await apps.ListAsync(context.Teammate().Workspace, cancellationToken))
                items.Add(AppView.Of(app, await apps.CountAsync(app.Id, cancellationToken)));
            return TypedResults.Ok(new Page<AppView>(items, null));
        }).ForRole(Role.Viewer).WithName("listApps");

        api.MapPost("/apps", async (NewApp body, AppService apps, HttpContext context, CancellationToken cancellationToken) =>
        {
            var app = await apps.CreateAsync(context.Teammate(), body.Name, body.Description, body.TimeZone ?? "UTC", cancellationToken);
            return TypedResults.Created($"/api/v1/apps/{app.Id}", AppView.Of(app, new(0, 0, 0, 0, 0, 0)));
        }).ForRole(Role.Editor).WithName("createApp");

        api.MapGet("/apps/{app}", async (string app, AppService apps, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(await ViewAsync(await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken), apps, cancellationToken)))
            .ForRole(Role.Viewer).WithName("getApp");

        api.MapPatch("/apps/{app}", async (string app, AppChange body, AppService apps, RunsService runs, HttpContext context, CancellationToken cancellationToken) =>
        {
            var changed = await apps.UpdateAsync(context.Teammate(), new(app), body.Name, body.Description, body.BackendFunctions, body.TimeZone, cancellationToken);
            if (body.BackendFunctions == true)
                await runs.AppBackAsync(changed.Id, cancellationToken);
            return TypedResults.Ok(await ViewAsync(changed, apps, cancellationToken));
        }).ForRole(Role.Editor).WithName("changeApp");

        api.MapGet("/apps/{app}/api-keys", async (string app, AppService apps, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(new Page<ApiKeyView>([.. (await apps.ListKeysAsync(context.Teammate(), new(app), cancellationToken)).Select(k => ApiKeyView.Of(k, null))], null)))
            .ForRole(Role.Admin).WithName("listApiKeys");

        api.MapPost("/apps/{app}/api-keys", async (string app, NewApiKey body, AppService apps, HttpContext context, CancellationToken cancellationToken) =>
        {
            var (key, secret) = await apps.CreateKeyAsync(context.Teammate(), new(app), body.Name, cancellationToken);
            return TypedResults.Ok(ApiKeyView.Of(key, secret));
        }).ForRole(Role.Admin).WithName("createApiKey");

        api.MapDelete("/apps/{app}/api-keys/{key}", async (string app, string key, AppService apps, HttpContext context, CancellationToken cancellationToken) =>
        {
            await apps.DeleteKeyAsync(context.Teammate(), new(app), key, cancellationToken);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Admin).WithName("deleteApiKey");
    }

    private static async Task<AppView> ViewAsync(App app, AppService apps, CancellationToken cancellationToken) =>
        AppView.Of(app, await apps.CountAsync(app.Id, cancellationToken));
}

/// <param name="NextCursor">Null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

public sealed record NewApp(string Name, string? Description, string? TimeZone);

public sealed record AppChange(string? Name, string? Description, bool? BackendFunctions, string? TimeZone);

public sealed record AppCountsView(int Entities, int Functions, int Flows, int Connections, int Runs24h, int Failed24h);

public sealed record AppView(string Id, string Name, string? Description, bool BackendFunctions, string TimeZone, DateTimeOffset CreatedAt, AppCountsView Counts)
{
    internal static AppView Of(App app, AppCounts counts) => new(app.Id.Value, app.Name, app.Description, app.BackendFunctions, app.TimeZone, app.CreatedAt,
        new(counts.Entities, counts.Functions, counts.Flows, counts.Connections, counts.Runs24Hours, counts.Failed24Hours));
}

public sealed record NewApiKey(string Name);

/// <param name="Key">Only in the reply that made it.</param>
public sealed record ApiKeyView(string Id, string Name, string Hint, DateTimeOffset CreatedAt, string? Key)
{
    internal static ApiKeyView Of(ApiKey key, string? secret) => new(key.Id, key.Name, key.Hint, key.CreatedAt, secret);
}
