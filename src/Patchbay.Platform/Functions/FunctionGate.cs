using Patchbay.Platform.Apps;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;

namespace Patchbay.Platform.Functions;

/// <summary>Whether an app may run functions: its switch and its workspace's subscription.</summary>
public sealed class FunctionGate(IAppStore apps, IWorkspaceStore workspaces)
{
    /// <summary>Why not and who must change it, or null if it may.</summary>
    public async ValueTask<string?> RefusalAsync(AppId app, CancellationToken cancellationToken)
    {
        if (await apps.FindAsync(app, cancellationToken) is not { } found)
            return "There is no such app.";
        if (!found.BackendFunctions)
            return "Backend functions are switched off for this app. An editor can switch them on in the app's settings.";
        return await workspaces.FindAsync(found.Workspace, cancellationToken) is { Plan: >= Plan.Builder }
            ? null
            : "Functions and connectors need the Builder subscription or a higher one. An owner can change it.";
    }
}
