using Patchbay.Platform.Workspaces;
using Patchbay.Vault;

namespace Patchbay.Platform.Apps;

/// <summary>What a workspace builds.</summary>
public sealed record App
{
    public required AppId Id { get; init; }
    public required WorkspaceId Workspace { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>The switch that must be on before tools are connected and functions run.</summary>
    public required bool BackendFunctions { get; init; }

    /// <summary>IANA name; schedules and digests use it.</summary>
    public required string TimeZone { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A key for the app's public API. Only the SHA-256 (hex) of the key is kept.</summary>
/// <param name="Hint">The last four characters, to tell keys apart.</param>
public sealed record ApiKey(string Id, AppId App, string Name, string KeyHash, string Hint, string CreatedBy, DateTimeOffset CreatedAt);

public sealed record AppCounts(int Entities, int Functions, int Flows, int Connections, int Runs24Hours, int Failed24Hours);

public interface IAppStore
{
    Task InsertAsync(App app, CancellationToken cancellationToken);

    Task<App?> FindAsync(AppId id, CancellationToken cancellationToken);

    Task<IReadOnlyList<App>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    Task UpdateAsync(App app, CancellationToken cancellationToken);

    Task<AppCounts> CountAsync(AppId id, DateTimeOffset since, CancellationToken cancellationToken);

    Task InsertKeyAsync(ApiKey key, CancellationToken cancellationToken);

    Task<IReadOnlyList<ApiKey>> ListKeysAsync(AppId app, CancellationToken cancellationToken);

    Task<ApiKey?> FindKeyAsync(string keyHash, CancellationToken cancellationToken);

    Task<bool> DeleteKeyAsync(AppId app, string id, CancellationToken cancellationToken);
}
