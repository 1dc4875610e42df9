using Patchbay.Server.Security;

namespace Patchbay.Server.Base44;

/// <summary><c>connectors.getConnection</c>: over a function's socket it hands out a phantom, to anybody else nothing.</summary>
internal static class ConnectorTokensEndpoints
{
    public static void Map(RouteGroupBuilder app) =>
        app.MapGet("/external-auth/tokens/{connector}", async (string connector, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            if (caller.Function is not { } function)
            {
                const string refusal = "Patchbay hands tokens to nobody outside a function. Call the vendor through a function, or with callApi.";
                return ForeignError.Result(403, "PB1704", refusal);
            }
            if (await function.GetPhantomAsync(connector, cancellationToken) is not { } phantom)
            {
                var refusal = $"The connector '{connector}' is not connected for this app. An editor connects it under Integrations.";
                return ForeignError.Result(404, "PB1704", refusal);
            }
            return TypedResults.Json(new Dictionary<string, string?> { ["access_token"] = phantom, ["integration_type"] = connector, ["connection_config"] = null });
        }).ForAppCredential().WithName("appGetConnection").Produces<Dictionary<string, string?>>();
}
