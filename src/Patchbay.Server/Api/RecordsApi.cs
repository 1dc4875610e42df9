using System.Text.Json.Nodes;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Apps.Entities.Filters;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Entities and records, for teammates.</summary>
internal static class RecordsApi
{
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/apps/{app}/entities", async (string app, AppService apps, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var items = new List<EntityView>();
            foreach (var entity in await records.ListEntitiesAsync(found.Id, cancellationToken))
                items.Add(new(entity.Name, entity.Schema, await records.CountAsync(found.Id, entity.Name, null, cancellationToken)));
            return TypedResults.Ok(new Page<EntityView>(items, null));
        }).ForRole(Role.Viewer).WithName("listEntities");

        api.MapPut("/apps/{app}/entities/{entity}", async (string app, string entity, EntityBody body, AppService apps, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var saved = await records.SaveEntityAsync(found.Id, entity, body.Schema, cancellationToken);
            return TypedResults.Ok(new EntityView(saved.Name, saved.Schema, await records.CountAsync(found.Id, entity, null, cancellationToken)));
        }).ForRole(Role.Editor).WithName("saveEntity");

        api.MapDelete("/apps/{app}/entities/{entity}", async (string app, string entity, AppService apps, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            await records.DeleteEntityAsync(found.Id, entity, cancellationToken);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Admin).WithName("deleteEntity");

        api.MapGet("/apps/{app}/entities/{entity}/records", async (string app, string entity, int? limit, string? cursor, string? sort, string? q, AppService apps, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var size = Math.Clamp(limit ?? PageSize, 1, 500);
            var skip = int.TryParse(cursor, out var from) && from > 0 ? from : 0;
            // One more than the page tells whether there is another.
            var rows = await records.QueryAsync(new(found.Id, entity, RecordQueries.Filter(q), RecordQueries.Sort(sort), size + 1, skip), cancellationToken);
            return TypedResults.Ok(new Page<JsonObject>([.. rows.Take(size).Select(RecordEvents.Flat)], rows.Count > size ? (skip + size).ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
        }).ForRole(Role.Viewer).WithName("listRecords");

        api.MapPost("/apps/{app}/entities/{entity}/records", async (string app, string entity, JsonObject body, AppService apps, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var made = await records.CreateAsync(found.Id, entity, [body], context.Teammate().Email, 0, cancellationToken);
            return TypedResults.Ok(RecordEvents.Flat(made[0]));
        }).ForRole(Role.Editor).WithName("createRecord");

        api.MapPatch("/apps/{app}/entities/{entity}/records/{id}", async (string app, string entity, string id, JsonObject body, AppService apps, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(RecordEvents.Flat(await records.UpdateAsync(found.Id, entity, id, body, 0, cancellationToken)));
        }).ForRole(Role.Editor).WithName("changeRecord");

        api.MapDelete("/apps/{app}/entities/{entity}/records/{id}", async (string app, string entity, string id, AppService apps, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            await records.DeleteAsync(found.Id, entity, id, 0, cancellationToken);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Editor).WithName("deleteRecord");
    }
}

/// <summary>Filters and sort orders as they stand in addresses: <c>q</c> is JSON, <c>sort</c> a field, with <c>-</c> for descending.</summary>
internal static class RecordQueries
{
    public static RecordFilter? Filter(string? q)
    {
        if (string.IsNullOrWhiteSpace(q))
            return null;
        try
        {
            return FilterParser.Parse(q);
        }
        catch (FilterException e)
        {
            throw new Platform.UserVisibleException(Platform.RefusalKind.Invalid, "PB1606", e.Message);
        }
    }

    public static RecordSort Sort(string? sort) => sort?.Trim() is { Length: > 0 } text
        ? new(text.TrimStart('-', '+'), text[0] == '-') : RecordSort.NewestFirst;
}

public sealed record EntityBody(JsonObject Schema);

public sealed record EntityView(string Name, JsonObject Schema, long RecordCount);
