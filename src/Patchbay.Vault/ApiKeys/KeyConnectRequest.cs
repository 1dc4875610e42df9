namespace Patchbay.Vault.ApiKeys;

/// <summary>What a teammate entered to connect an account by its key.</summary>
public sealed record KeyConnectRequest
{
    public required AppId App { get; init; }

    /// <summary>Id of the signed-in teammate.</summary>
    public required string Teammate { get; init; }

    /// <summary>Catalog id.</summary>
    public required string Connector { get; init; }

    /// <summary>The catalog's fields with what was typed; goes in and never comes out.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>What this app may use of it: the connector's own permissions.</summary>
    public required IReadOnlyList<string> ApprovedScopes { get; init; }

    /// <summary>True if another account than the replaced one's is wanted; else another account is refused.</summary>
    public bool SwitchAccount { get; init; }

    /// <summary>Without what was typed.</summary>
    public override string ToString() => $"connect {Connector} for app {App} by a key";
}
