using Patchbay.Platform.Workspaces;
using Patchbay.Server.Hosting;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Sign-in, first owner, sign-out, and who one is.</summary>
internal static class SessionApi
{
    public static void Map(RouteGroupBuilder api)
    {
        // The one thing that a stranger may know: whether there is anybody to sign in as.
        api.MapGet("/sign-in", async (WorkspaceService workspaces, CancellationToken cancellationToken) =>
            TypedResults.Ok(new SignInView(await workspaces.HasOwnerAsync(cancellationToken), WorkspaceService.ShortestPassword)))
            .ForAnyone().WithName("getSignIn");

        api.MapPost("/sign-in", async (SignInBody body, WorkspaceService workspaces, Addresses addresses, ServerStatus status, HttpContext context, CancellationToken cancellationToken) =>
        {
            var (teammate, session) = await workspaces.SignInAsync(body.Email, body.Password, PlaceOf(context), cancellationToken);
            return await WelcomeAsync(teammate, session, workspaces, addresses, status, context, cancellationToken);
        }).ForAnyone().WithName("signIn").Produces<MeView>();

        api.MapPost("/sign-in/link", async (LinkBody body, WorkspaceService workspaces, Addresses addresses, ServerStatus status, HttpContext context, CancellationToken cancellationToken) =>
        {
            var (teammate, session) = await workspaces.SignInWithLinkAsync(body.Token, cancellationToken);
            return await WelcomeAsync(teammate, session, workspaces, addresses, status, context, cancellationToken);
        }).ForAnyone().WithName("signInWithLink").Produces<MeView>();

        api.MapPost("/first-owner", async (FirstOwnerBody body, WorkspaceService workspaces, Addresses addresses, ServerStatus status, HttpContext context, CancellationToken cancellationToken) =>
        {
            var (owner, session) = await workspaces.CreateFirstOwnerAsync(body.Token, body.Name, body.Email, body.Password, body.Workspace, cancellationToken);
            return await WelcomeAsync(owner, session, workspaces, addresses, status, context, cancellationToken);
        }).ForAnyone().WithName("createFirstOwner").Produces<MeView>();

        api.MapPost("/sign-out", async (WorkspaceService workspaces, Addresses addresses, HttpContext context, CancellationToken cancellationToken) =>
        {
            await workspaces.SignOutAsync(context.Features.Get<SignedIn>()!.Session, cancellationToken);
            addresses.Cookie.Clear(context);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Viewer).WithName("signOut");

        api.MapPost("/me/password", async (PasswordBody body, WorkspaceService workspaces, HttpContext context, CancellationToken cancellationToken) =>
        {
            await workspaces.SetPasswordAsync(context.Teammate(), context.Features.Get<SignedIn>()!.Session, PlaceOf(context), body.Current, body.Password, cancellationToken);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Viewer).WithName("setPassword");

        api.MapGet("/me", async (WorkspaceService workspaces, ServerStatus status, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(await MeAsync(context.Teammate(), workspaces, status, cancellationToken))).ForRole(Role.Viewer).WithName("getMe");
    }

    private static string PlaceOf(HttpContext context) => SignInThrottle.PlaceOf(context.Connection.RemoteIpAddress);

    private static async Task<IResult> WelcomeAsync(Teammate teammate, string session, WorkspaceService workspaces, Addresses addresses, ServerStatus status, HttpContext context, CancellationToken cancellationToken)
    {
        addresses.Cookie.Set(context, session, WorkspaceService.SessionLife);
        return TypedResults.Ok(await MeAsync(teammate, workspaces, status, cancellationToken));
    }

    private static async Task<MeView> MeAsync(Teammate teammate, WorkspaceService workspaces, ServerStatus status, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(teammate.Workspace, cancellationToken);
        return new(TeammateView.Of(teammate), teammate.PasswordHash is not null, new(workspace.Id.Value, workspace.Name, workspace.Plan), await status.GetAsync(cancellationToken));
    }
}

public sealed record Empty;

/// <param name="HasOwner">False until the one-time link that the server prints at its start was used.</param>
/// <param name="ShortestPassword">The fewest characters of a new password.</param>
public sealed record SignInView(bool HasOwner, int ShortestPassword);

public sealed record SignInBody(string Email, string Password);

/// <param name="Current">Needed by whoever has a password already.</param>
public sealed record PasswordBody(string? Current, string Password);

public sealed record LinkBody(string Token);

public sealed record FirstOwnerBody(string Token, string Name, string Email, string Password, string Workspace);

/// <param name="HasPassword">False until one is chosen: until then only one-time links sign in.</param>
public sealed record MeView(TeammateView Teammate, bool HasPassword, WorkspaceView Workspace, ServerView Server);

public sealed record TeammateView(string Id, string Name, string Email, Role Role)
{
    internal static TeammateView Of(Teammate teammate) => new(teammate.Id.Value, teammate.Name, teammate.Email, teammate.Role);
}

public sealed record WorkspaceView(string Id, string Name, Plan Plan);

public sealed record ServerView(string Version, string PublicUrl, string? SandboxUrl, bool UnsafeFunctions, FunctionsView Functions);

public sealed record FunctionsView(bool Available, string? Reason);
