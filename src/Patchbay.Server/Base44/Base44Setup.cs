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
        FilesEndpoints.MapAppHost(app);
    }
}
