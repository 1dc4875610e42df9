using Patchbay.Platform.Auditing;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Hosting;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>The workspace, its teammates and the audit log.</summary>
internal static class TeammatesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPatch("/workspace", async (WorkspaceChange body, WorkspaceService workspaces, HttpContext context, CancellationToken cancellationToken) =>
        {
            var changed = await workspaces.UpdateAsync(context.Teammate(), body.Name, body.Plan, cancellationToken);
            return TypedResults.Ok(new WorkspaceView(changed.Id.Value, changed.Name, changed.Plan));
        }).ForRole(Role.Owner).WithName("changeWorkspace");

        api.MapGet("/teammates", async (WorkspaceService workspaces, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(new Page<TeammateView>([.. (await workspaces.ListTeammatesAsync(context.Teammate().Workspace, cancellationToken)).Select(TeammateView.Of)], null)))
            .ForRole(Role.Viewer).WithName("listTeammates");

        api.MapPost("/teammates", async (NewTeammate body, WorkspaceService workspaces, Addresses addresses, HttpContext context, CancellationToken cancellationToken) =>
        {
            var (teammate, token) = await workspaces.InviteAsync(context.Teammate(), body.Name, body.Email, body.Role, cancellationToken);
            return TypedResults.Ok(new InvitedTeammate(TeammateView.Of(teammate), $"{addresses.PublicUrl.GetLeftPart(UriPartial.Authority)}/sign-in/link#{token}"));
        }).ForRole(Role.Admin).WithName("inviteTeammate");

        api.MapPost("/teammates/{id}/link", async (string id, WorkspaceService workspaces, Addresses addresses, HttpContext context, CancellationToken cancellationToken) =>
        {
            var (teammate, token) = await workspaces.ResetAsync(context.Teammate(), new(id), cancellationToken);
            return TypedResults.Ok(new InvitedTeammate(TeammateView.Of(teammate), $"{addresses.PublicUrl.GetLeftPart(UriPartial.Authority)}/sign-in/link#{token}"));
        }).ForRole(Role.Admin).WithName("resetTeammate");

        api.MapPatch("/teammates/{id}", async (string id, RoleChange body, WorkspaceService workspaces, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(TeammateView.Of(await workspaces.ChangeRoleAsync(context.Teammate(), new(id), body.Role, cancellationToken))))
            .ForRole(Role.Admin).WithName("changeTeammate");

        api.MapDelete("/teammates/{id}", async (string id, WorkspaceService workspaces, HttpContext context, CancellationToken cancellationToken) =>
        {
            await workspaces.RemoveAsync(context.Teammate(), new(id), cancellationToken);
            return TypedResults.Ok(new Empty());
        }).ForRole(Role.Admin).WithName("removeTeammate");

        api.MapGet("/audit", async (string? before, int? limit, IAuditLog audit, HttpContext context, CancellationToken cancellationToken) =>
        {
            var size = Math.Clamp(limit ?? 50, 1, 200);
            var entries = await audit.ListAsync(context.Teammate().Workspace, before, size, cancellationToken);
            return TypedResults.Ok(new Page<AuditEntryView>(
                [.. entries.Select(e => new AuditEntryView(e.Id, e.App?.Value, e.At, e.Actor, e.Action, e.Subject, e.Detail))], entries.Count == size ? entries[^1].Id : null));
        }).ForRole(Role.Admin).WithName("listAudit");
    }
}

public sealed record WorkspaceChange(string? Name, Plan? Plan);

public sealed record NewTeammate(string Name, string Email, Role Role);

/// <param name="Link">One-time address that signs the invited person in; shown once.</param>
public sealed record InvitedTeammate(TeammateView Teammate, string Link);

public sealed record RoleChange(Role Role);

public sealed record AuditEntryView(string Id, string? App, DateTimeOffset At, string Actor, string Action, string Subject, string? Detail);
