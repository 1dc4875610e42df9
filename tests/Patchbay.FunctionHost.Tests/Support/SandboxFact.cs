using Patchbay.FunctionHost.Isolation;

namespace Patchbay.FunctionHost.Tests.Support;

/// <summary>
/// A test that needs bubblewrap. Where it can be had it must run: as root on Linux a missing tool makes the test fail.
/// Elsewhere the test is skipped and says why.
/// </summary>
internal sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute() => Skip = SandboxTools.Skip!;
}

/// <summary>The same for theories.</summary>
internal sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute() => Skip = SandboxTools.Skip!;
}

internal static class SandboxTools
{
    public static string? Skip { get; } = Examine();

    private static string? Examine()
    {
        if (OperatingSystem.IsLinux() && HostTools.IsRoot) return null;
        var problems = HostTools.Find(RuntimeFiles.In(TestHost.RuntimeDirectory).Deno).Problems().ToList();
        return problems.Count == 0 ? null : string.Join(' ', problems);
    }
}

/// <summary>One host for the tests that only serve.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal TestHost Host { get; } = TestHost.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

[CollectionDefinition(nameof(SharedHost))]
public sealed class SharedHostCollection : ICollectionFixture<SharedHost>;
