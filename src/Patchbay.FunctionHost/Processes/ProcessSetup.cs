using Patchbay.FunctionHost.Isolation;

namespace Patchbay.FunctionHost.Processes;

/// <summary>What it takes to start one process.</summary>
/// <param name="Folder">Full path of a folder that does not exist yet.</param>
/// <param name="Uid">As root: the user to become.</param>
/// <param name="OnEnd">Called once when everything of the process is gone.</param>
internal sealed record ProcessSetup(
    string Folder, uint? Uid, bool Unsafe, SandboxLine Line, Spawner Spawner, IFunctionEgress Egress, TimeProvider Time, Action OnEnd);
