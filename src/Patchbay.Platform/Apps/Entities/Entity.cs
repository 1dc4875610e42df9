using System.Text.Json.Nodes;
using Patchbay.Vault;

namespace Patchbay.Platform.Apps.Entities;

/// <summary>A type of the app's own data.</summary>
/// <param name="Name"><c>\w+</c>, unique in the app, case-sensitive.</param>
/// <param name="Schema">JSON Schema: <c>type: object</c>, <c>properties</c>, <c>required</c>.</param>
public sealed record Entity(AppId App, string Name, JsonObject Schema, DateTimeOffset UpdatedAt);

/// <summary>A row of an entity. Server-owned fields stand beside the data, never in it.</summary>
public sealed record Record
{
    public required AppId App { get; init; }
    public required string Entity { get; init; }
    public required string Id { get; init; }

    /// <summary>The fields that the schema names.</summary>
    public required JsonObject Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>E-mail address of the one who made it, or null.</summary>
    public string? CreatedBy { get; init; }
}

public interface IEntityStore
{
    Task<IReadOnlyList<Entity>> ListAsync(AppId app, CancellationToken cancellationToken);

    Task<Entity?> FindAsync(AppId app, string name, CancellationToken cancellationToken);

    Task SaveAsync(Entity entity, CancellationToken cancellationToken);

    /// <summary>With all its records.</summary>
    Task<bool> DeleteAsync(AppId app, string name, CancellationToken cancellationToken);
}
