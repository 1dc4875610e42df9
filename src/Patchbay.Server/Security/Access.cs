using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Security;

/// <summary>Who may use a route. Every route names exactly one; a route without it is refused at run time and fails the
/// matrix test.</summary>
/// <param name="Kind">Which credential counts.</param>
/// <param name="Least">For teammates: the least role.</param>
public sealed record Access(AccessKind Kind, Role? Least = null)
{
    public override string ToString() => Least is { } role ? role.ToString().ToLowerInvariant() : Kind switch
    {
        AccessKind.Anyone => "anyone",
        AccessKind.AppCredential => "app credential",
        AccessKind.Visitor => "visitor of an app",
        _ => Kind.ToString(),
    };
}

public enum AccessKind
{
    /// <summary>No credential: health, sign-in, the shell of the dashboard.</summary>
    Anyone,

    /// <summary>A teammate's session cookie; same-origin for changes.</summary>
    Teammate,

    /// <summary>A header credential of one app: API key, user token, or a function's socket. Never a cookie.</summary>
    AppCredential,

    /// <summary>Anybody, on an app's own host only; on the dashboard's host the address does not exist.</summary>
    Visitor,
}

/// <summary>A person's browser lands here by a link of others: a refusal is a page of the dashboard and not JSON.</summary>
/// <param name="Page">Where it goes, with <c>?error=</c> and the reason.</param>
internal sealed record RefusedWithPage(string Page);

internal static class AccessExtensions
{
    public static TBuilder RefusesWithPage<TBuilder>(this TBuilder builder, string page) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RefusedWithPage(page));

    public static TBuilder ForAnyone<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(AccessKind.Anyone));

    public static TBuilder ForRole<TBuilder>(this TBuilder builder, Role least) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(AccessKind.Teammate, least));

    public static TBuilder ForAppCredential<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(AccessKind.AppCredential));

    public static TBuilder ForVisitors<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(AccessKind.Visitor));
}
