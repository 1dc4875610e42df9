using System.Text.Json.Nodes;
using Patchbay.Platform;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Flows;
using Patchbay.Server.Api;
using Patchbay.Server.Security;

namespace Patchbay.Server.Base44;

/// <summary>Records as <c>@base44/sdk</c> reads and writes them: bare records and bare arrays.</summary>
internal static class EntitiesEndpoints
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder app)
    {
        app.MapGet("/entities/User/me", IResult () => ForeignError.Result(401, "PB1202", "Nobody is signed in."))
            .ForAppCredential().WithName("appUserMe").Produces<ForeignError>(401);

        app.MapGet("/entities/{entity}", async (string entity, string? q, string? sort, int? limit, int? skip, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            var rows = await records.QueryAsync(new(caller.App.Id, entity, RecordQueries.Filter(q), RecordQueries.Sort(sort), Math.Clamp(limit ?? DefaultLimit, 1, RecordService.LargestPage), Math.Max(skip ?? 0, 0)), cancellationToken);
            return TypedResults.Ok(rows.Select(RecordEvents.Flat));
        }).ForAppCredential().WithName("appListRecords").Produces<List<JsonObject>>();

        app.MapGet("/entities/{entity}/count", async (string entity, string? q, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            await records.GetEntityAsync(caller.App.Id, entity, cancellationToken);
            return TypedResults.Ok(new CountReply(await records.CountAsync(caller.App.Id, entity, RecordQueries.Filter(q), cancellationToken)));
        }).ForAppCredential().WithName("appCountRecords").Produces<CountReply>();

        app.MapPost("/entities/{entity}", async (string entity, JsonObject body, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            var made = await records.CreateAsync(caller.App.Id, entity, [body], null, caller.Depth, cancellationToken);
            return TypedResults.Json(RecordEvents.Flat(made[0]), statusCode: 201);
        }).ForAppCredential().WithName("appCreateRecord").Produces<JsonObject>(201);

        app.MapPost("/entities/{entity}/bulk", async (string entity, JsonArray body, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            var rows = body.Select(r => r as JsonObject ?? throw new UserVisibleException(RefusalKind.Invalid, "PB1607", "A bulk creation takes a list of objects.")).ToList();
            var made = await records.CreateAsync(caller.App.Id, entity, rows, null, caller.Depth, cancellationToken);
            return TypedResults.Json(made.Select(RecordEvents.Flat), statusCode: 201);
        }).ForAppCredential().WithName("appCreateRecords").Produces<List<JsonObject>>(201);

        app.MapGet("/entities/{entity}/{id}", async (string entity, string id, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            return TypedResults.Ok(RecordEvents.Flat(await records.GetAsync(caller.App.Id, entity, id, cancellationToken)));
        }).ForAppCredential().WithName("appGetRecord").Produces<JsonObject>();

        app.MapPut("/entities/{entity}/{id}", async (string entity, string id, JsonObject body, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            return TypedResults.Ok(RecordEvents.Flat(await records.UpdateAsync(caller.App.Id, entity, id, body, caller.Depth, cancellationToken)));
        }).ForAppCredential().WithName("appUpdateRecord").Produces<JsonObject>();

        app.MapDelete("/entities/{entity}/{id}", async (string entity, string id, RecordService records, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            await records.DeleteAsync(caller.App.Id, entity, id, caller.Depth, cancellationToken);
            return TypedResults.Ok(new DeletedReply(true));
        }).ForAppCredential().WithName("appDeleteRecord").Produces<DeletedReply>();
    }
}

public sealed record CountReply(long Count);

public sealed record DeletedReply(bool Success);
