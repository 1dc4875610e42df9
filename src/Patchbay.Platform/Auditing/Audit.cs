using Patchbay.Platform.Workspaces;
using Patchbay.Vault;

namespace Patchbay.Platform.Auditing;

/// <summary>Who did what. Never carries a secret or a body.</summary>
/// <param name="Actor">Teammate id, "system", or "cli".</param>
/// <param name="Action">For example <c>connection.connected</c>.</param>
/// <param name="Detail">Short and safe to show.</param>
public sealed record AuditEntry(string Id, WorkspaceId Workspace, AppId? App, DateTimeOffset At, string Actor, string Action, string Subject, string? Detail);

public interface IAuditLog
{
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Newest first, before the given id.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(WorkspaceId workspace, string? before, int limit, CancellationToken cancellationToken);
}
