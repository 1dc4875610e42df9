using Patchbay.Server.Security;

namespace Patchbay.Server.Base44;

/// <summary>The surface that Base44's clients call, under <c>/api/apps/{appId}</c>: a thin face over the same slices as our
/// own API. Header credentials only.</summary>
internal static class Base44Setup
{
    public static IServiceCollection AddBase44(this IServiceCollection services) => services.AddSingleton<AppCallers>();

    public static void MapBase44(this WebApplication app)
    {
        var group = app.MapGroup("/api/apps/{appId}");
        EntitiesEndpoints.Map(group);
        ConnectorTokensEndpoints.Map(group);
        FunctionsEndpoints.Map(group);
        FunctionsEndpoints.MapAppHost(app);
        FilesEndpoints.Map(group);
        // What no route takes, a body of the wrong kind among it, is told in this surface's own shape.
        group.Map("/{**rest}", (HttpContext context) => context.Request is { Method: "POST" or "PUT" or "PATCH" } && !context.Request.HasJsonContentType()
            ? ForeignError.Result(StatusCodes.Status415UnsupportedMediaType, "PB1004", "Send the body as JSON, with Content-Type: application/json.")
            : ForeignError.Result(StatusCodes.Status404NotFound, "PB1003", "There is no such address. /openapi/v1.json lists them."))
            .ForAppCredential().ExcludeFromDescription();
        FilesEndpoints.MapAppHost(app);
    }
}
