namespace Patchbay.FunctionHost;

/// <summary>Whether functions can run here.</summary>
/// <param name="Available">False: every invocation gives <see cref="FunctionFailure.NotAvailable"/>.</param>
/// <param name="Isolation">What stands between a function and the machine.</param>
/// <param name="Problems">One sentence each: what is missing and the command or setting that repairs it.</param>
public sealed record FunctionHostStatus(bool Available, FunctionIsolation Isolation, IReadOnlyList<string> Problems);

/// <summary>What stands between a function and the machine.</summary>
public enum FunctionIsolation
{
    /// <summary>Namespaces, limits and Deno's permissions.</summary>
    Bubblewrap,

    /// <summary>Deno's permissions only. For development on loopback; never for code of strangers.</summary>
    Unsafe,
}
