using Patchbay.Vault;

namespace Patchbay.Platform.Functions;

/// <summary>One saved version of a function. Versions start at 1 and are never edited.</summary>
public sealed record FunctionVersion
{
    public required AppId App { get; init; }

    /// <summary>May contain <c>/</c>; <c>[A-Za-z0-9_/-]+</c>.</summary>
    public required string Name { get; init; }

    public required int Version { get; init; }

    /// <summary>Path of the entry file among <see cref="Files"/>.</summary>
    public required string Entry { get; init; }

    /// <summary>Path to text.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>What runs: one bundle made at deploy.</summary>
    public required string Bundle { get; init; }

    public string? SourceMap { get; init; }

    /// <summary>Catalog operations the code calls, as far as reading it tells.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>Teammate id, or "chat".</summary>
    public required string Author { get; init; }

    public string? Message { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record FunctionSummary(string Name, int Version, DateTimeOffset UpdatedAt, string UpdatedBy, IReadOnlyList<string> Operations);

public sealed record FunctionVersionSummary(int Version, string Author, string? Message, DateTimeOffset CreatedAt);

public interface IFunctionStore
{
    /// <summary>Inserts the version; false if that number is taken (someone else saved first).</summary>
    Task<bool> TryInsertAsync(FunctionVersion version, CancellationToken cancellationToken);

    /// <summary>The newest, or null.</summary>
    Task<FunctionVersion?> FindAsync(AppId app, string name, CancellationToken cancellationToken);

    Task<FunctionVersion?> FindAsync(AppId app, string name, int version, CancellationToken cancellationToken);

    Task<IReadOnlyList<FunctionSummary>> ListAsync(AppId app, CancellationToken cancellationToken);

    Task<IReadOnlyList<FunctionVersionSummary>> ListVersionsAsync(AppId app, string name, CancellationToken cancellationToken);

    Task<bool> DeleteAsync(AppId app, string name, CancellationToken cancellationToken);
}
