using System.Text.Json;
using System.Text.Json.Serialization;
using Patchbay.Server.Api.Document;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Our own API under <c>/api/v1</c>: the dashboard's, documented at <c>/openapi/v1.json</c>.</summary>
internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddApiDocument();
        services.AddSingleton<RunViews>().AddSingleton<ProposalViews>();
        // So that ErrorMiddleware words every refusal, those of the framework's own binding included.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        return services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            o.SerializerOptions.Converters.Add(new StrictJsonObject());
            o.SerializerOptions.Converters.Add(new StrictJsonArray());
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.RespectNullableAnnotations = true;
            // Two readers of one text must not see two values.
            o.SerializerOptions.AllowDuplicateProperties = false;
            o.SerializerOptions.RespectRequiredConstructorParameters = false;
        });
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        SessionApi.Map(api);
        AppsApi.Map(api);
        TeammatesApi.Map(api);
        RecordsApi.Map(api);
        ConnectorsApi.Map(api);
        ConnectionsApi.Map(api);
        ConnectApi.Map(api);
        ConnectApi.MapCallback(app);
        OAuthClientsApi.Map(api);
        ChatApi.Map(api);
        FunctionsApi.Map(api);
        FlowsApi.Map(api);
        RunsApi.Map(api);
        LiveApi.Map(api);
        HealthApi.Map(app);
        app.MapOpenApi().ForAnyone();
        app.Map("/api/{**rest}", () => ApiError.Result(404, "PB1003", "There is no such address. /openapi/v1.json lists them.")).ForAnyone().ExcludeFromDescription();
    }
}
