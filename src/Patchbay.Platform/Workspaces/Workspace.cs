namespace Patchbay.Platform.Workspaces;

public readonly record struct WorkspaceId(string Value)
{
    public override string ToString() => Value;
}

public readonly record struct TeammateId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A team with a subscription.</summary>
public sealed record Workspace(WorkspaceId Id, string Name, Plan Plan, DateTimeOffset CreatedAt);

/// <summary>The subscription, from least to most. Connectors need <see cref="Builder"/> or more.</summary>
public enum Plan
{
    Free,
    Starter,
    Builder,
    Pro,
    Elite,
}

/// <summary>What a teammate may do, from least to most.</summary>
public enum Role
{
    /// <summary>Sees everything but secrets; changes nothing.</summary>
    Viewer,

    /// <summary>Builds: apps, functions, flows, records, and connects tools.</summary>
    Editor,

    /// <summary>Also teammates, API keys, plain secrets and the workspace's settings.</summary>
    Admin,

    /// <summary>Also owners and the subscription. There is always at least one.</summary>
    Owner,
}

/// <summary>A person of the workspace. E-mail addresses are unique per install, compared in lower case.</summary>
public sealed record Teammate
{
    public required TeammateId Id { get; init; }
    public required WorkspaceId Workspace { get; init; }

    /// <summary>Lower case.</summary>
    public required string Email { get; init; }

    public required string Name { get; init; }
    public required Role Role { get; init; }

    /// <summary>ASP.NET Core's PBKDF2 format; null until a password was chosen.</summary>
    public string? PasswordHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A signed-in browser. Only the SHA-256 (hex) of the cookie's value is kept.</summary>
public sealed record Session(string TokenHash, TeammateId Teammate, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>A one-time link: makes the first owner, signs a teammate in, or lets an invited one choose a password.</summary>
/// <param name="TokenHash">SHA-256 of the token in the link, hex.</param>
/// <param name="Teammate">Null for the first owner.</param>
public sealed record SignInLink(string TokenHash, SignInLinkPurpose Purpose, TeammateId? Teammate, DateTimeOffset ExpiresAt);

public enum SignInLinkPurpose
{
    FirstOwner,
    SignIn,
    Invite,
}
