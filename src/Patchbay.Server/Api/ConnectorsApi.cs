using Patchbay.Catalog;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Hosting;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>The catalog.</summary>
internal static class ConnectorsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/connectors", (ConnectorCatalog catalog) => TypedResults.Ok(new Page<ConnectorView>([.. catalog.Connectors.Select(ConnectorView.Of)], null)))
            .ForRole(Role.Viewer).WithName("listConnectors");

        api.MapGet("/connectors/{connector}", IResult (string connector, ConnectorCatalog catalog) =>
            catalog.FindConnector(connector) is { } found ? TypedResults.Ok(ConnectorView.Of(found)) : ApiError.Result(404, "PB1401", "There is no such connector."))
            .ForRole(Role.Viewer).WithName("getConnector").Produces<ConnectorView>();

        // The glyph is one of our own files, but it is SVG: sandboxed, so that it can never act as a page of this origin.
        api.MapGet("/connectors/{connector}/icon.svg", IResult (string connector, ConnectorCatalog catalog, Paths paths, HttpContext context) =>
        {
            if (catalog.FindConnector(connector) is not { } found)
                return ApiError.Result(404, "PB1401", "There is no such connector.");
            context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
            context.Response.Headers.CacheControl = "private, max-age=3600";
            return TypedResults.PhysicalFile(Path.Combine(paths.Connectors, found.Id, "icon.svg"), "image/svg+xml");
        }).ForRole(Role.Viewer).WithName("getConnectorIcon").Produces(200, contentType: "image/svg+xml");
    }
}

public sealed record ConnectorView(
    string Id, string Name, string Vendor, string Description, string Category, string IconSvgUrl, IReadOnlyList<ExampleView> Examples,
    IReadOnlyList<ScopeView> Scopes, IReadOnlyList<OperationView> Operations, IReadOnlyList<string> ExtraSteps)
{
    internal static ConnectorView Of(Connector c) => new(c.Id, c.Name, c.Vendor, c.Description, c.Category, $"/api/v1/connectors/{c.Id}/icon.svg",
        [.. c.Examples.Select(e => new ExampleView(e))], [.. c.Scopes.Select(s => new ScopeView(s.Id, s.Plain, s.Class, s.Sensitive))],
        [.. c.Operations.Select(o => new OperationView(o.Id, o.Name, o.Summary, o.Scopes))], c.ExtraSteps);
}

public sealed record ExampleView(string Text);

public sealed record ScopeView(string Id, string Plain, ScopeClass Class, bool Sensitive);

public sealed record OperationView(string Id, string Name, string Summary, IReadOnlyList<string> Scopes);
