using Patchbay.Platform.Auditing;
using Patchbay.Platform.Workspaces;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class AuditLog(Databases databases) : IAuditLog
{
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => databases.Main.InsertAsync("audit", new()
    {
        { "workspace", entry.Workspace }, { "id", entry.Id }, { "app", entry.App }, { "at", entry.At }, { "actor", entry.Actor },
        { "action", entry.Action }, { "subject", entry.Subject }, { "detail", entry.Detail },
    }, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ListAsync(WorkspaceId workspace, string? before, int limit, CancellationToken cancellationToken) =>
        databases.Main.ListAsync($"SELECT * FROM audit WHERE workspace = @workspace{(before is null ? "" : " AND id < @before")} ORDER BY id DESC LIMIT @limit",
            new() { { "workspace", workspace }, { "before", before ?? "" }, { "limit", limit } },
            r => new AuditEntry(r.Text("id"), workspace, r.TextOrNull("app") is { } app ? new AppId(app) : null, r.Time("at"), r.Text("actor"),
                r.Text("action"), r.Text("subject"), r.TextOrNull("detail")), cancellationToken);
}
