using Patchbay.Catalog;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Workspaces;
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

        // Of the workspace, unlike the catalog: what there is to connect with, and what is missing.
        api.MapGet("/connectors/{connector}/setup", async Task<IResult> (string connector, ConnectorCatalog catalog, OAuthClientService clients, HttpContext context, CancellationToken cancellationToken) =>
            catalog.FindConnector(connector) is { UsesOAuth: true } found
                ? TypedResults.Ok(ConnectorSetupView.Of(found, await clients.ReadinessAsync(context.Teammate().Workspace, found, cancellationToken)))
                : ApiError.Result(404, "PB1401", "There is no such connector, or it is connected by a key and needs no OAuth client."))
            .ForRole(Role.Viewer).WithName("getConnectorSetup").Produces<ConnectorSetupView>();

        // The glyph is one of our own files, but it is SVG: sandboxed, so that it can never act as a page of this origin.
        api.MapGet("/connectors/{connector}/icon.svg", IResult (string connector, ConnectorCatalog catalog, HttpContext context) =>
        {
            if (catalog.FindConnector(connector) is not { } found)
                return ApiError.Result(404, "PB1401", "There is no such connector.");
            context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
            context.Response.Headers.CacheControl = "private, max-age=3600";
            return TypedResults.PhysicalFile(Path.Combine(found.Folder!, "icon.svg"), "image/svg+xml");
        }).ForRole(Role.Viewer).WithName("getConnectorIcon").Produces(200, contentType: "image/svg+xml");
    }
}

/// <param name="Proof">Whether every operation runs against the sandbox, or only shapes were compared.</param>
/// <param name="Connects">By signing in at the vendor, or by a key.</param>
/// <param name="Key">What to ask for where it connects by a key, else null.</param>
/// <param name="RemoveAt">Where a person ends the access at the vendor's own site; null where that is not known.</param>
/// <param name="Revocable">Whether disconnecting ends the access at the vendor too.</param>
public sealed record ConnectorView(
    string Id, string Name, string Vendor, string Description, string Category, string IconSvgUrl, Proof Proof, ConnectsBy Connects, KeyView? Key, IReadOnlyList<ExampleView> Examples,
    IReadOnlyList<ScopeView> Scopes, IReadOnlyList<OperationView> Operations, IReadOnlyList<EventView> Events, IReadOnlyList<string> ExtraSteps,
    IReadOnlyList<string> Quirks, string? RateLimit, string? RemoveAt, bool Revocable)
{
    internal static ConnectorView Of(Connector c) => new(c.Id, c.Name, c.Vendor, c.Description, c.Category, $"/api/v1/connectors/{c.Id}/icon.svg", c.Proof,
        c.UsesOAuth ? ConnectsBy.SigningIn : ConnectsBy.Key, c.ApiKey is { } key ? new(key.FoundAt, [.. key.Fields.Select(f => new KeyFieldView(f.Name, f.Label, f.Secret, f.Hint))]) : null,
        [.. c.Examples.Select(e => new ExampleView(e))], [.. c.Scopes.Select(s => new ScopeView(s.Id, s.Plain, s.Class, s.Sensitive, s.UserOnly, s.Withdrawn))],
        [.. c.Operations.Select(o => new OperationView(o.Id, o.Name, o.Summary, o.Scopes))], [.. c.Events.Select(e => new EventView(e.Id, e.Plain, e.Arrives))], c.ExtraSteps,
        c.Quirks, c.RateLimit?.Plain, c.RemoveAt, c.UsesOAuth && c.OAuth.Revoke is not null);
}

public enum ConnectsBy
{
    SigningIn,
    Key,
}

public sealed record KeyView(string FoundAt, IReadOnlyList<KeyFieldView> Fields);

/// <param name="Secret">Typed without being seen, and never shown again.</param>
public sealed record KeyFieldView(string Name, string Label, bool Secret, string? Hint);

/// <param name="CallbackUrl">To be registered at the vendor, letter by letter.</param>
/// <param name="Steps">What to do at the vendor, in order.</param>
/// <param name="AddressRefusal">Why the vendor would not call this server's address back; null if it would.</param>
/// <param name="LiveProblem">Why no live account can be connected and who can change that; null if one can.</param>
/// <param name="LiveClients">That a connect may choose from, the one that is taken unasked first.</param>
/// <param name="Sandbox">Whether the vendor's look-alike is there.</param>
public sealed record ConnectorSetupView(
    string CallbackUrl, IReadOnlyList<string> Steps, string? AddressRefusal, string? LiveProblem, IReadOnlyList<LiveClientView> LiveClients, bool Sandbox)
{
    internal static ConnectorSetupView Of(Connector connector, ConnectorReadiness readiness) => new(readiness.CallbackAddress, connector.OAuth.Setup, readiness.AddressRefusal,
        readiness.LiveProblem, [.. readiness.LiveClients.Select(c => new LiveClientView(c.Id, c.Name))], readiness.Sandbox);
}

public sealed record LiveClientView(string Id, string Name);

public sealed record ExampleView(string Text);

/// <param name="UserOnly">The vendor gives it to a person's token only.</param>
/// <param name="Withdrawn">Why the vendor gives it to nobody; null where it does.</param>
public sealed record ScopeView(string Id, string Plain, ScopeClass Class, bool Sensitive, bool UserOnly, string? Withdrawn);

public sealed record OperationView(string Id, string Name, string Summary, IReadOnlyList<string> Scopes);

/// <param name="Plain">Completes "Runs when".</param>
public sealed record EventView(string Id, string Plain, Arrival Arrives);
