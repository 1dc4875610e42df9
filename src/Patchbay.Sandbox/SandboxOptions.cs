namespace Patchbay.Sandbox;

/// <summary>How a sandbox is started.</summary>
public sealed record SandboxOptions
{
    /// <summary>Loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The state is kept in <c>sandbox/sandbox.db</c> below it; created when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What <c>X-Sandbox-Control</c> must carry; null or empty turns the control surface off.</summary>
    public string? ControlToken { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Writes warnings and unknown paths to standard error.</summary>
    public bool LogToConsole { get; init; }
}
