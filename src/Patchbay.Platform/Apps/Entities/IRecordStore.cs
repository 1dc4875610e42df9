using System.Text.Json.Nodes;
using Patchbay.Platform.Apps.Entities.Filters;
using Patchbay.Platform.Runs;
using Patchbay.Vault;

namespace Patchbay.Platform.Apps.Entities;

/// <summary>Records. Each write commits together with the events it causes, or not at all.</summary>
public interface IRecordStore
{
    Task CreateAsync(IReadOnlyList<Record> records, IReadOnlyList<Event> events, CancellationToken cancellationToken);

    Task<Record?> FindAsync(AppId app, string entity, string id, CancellationToken cancellationToken);

    /// <summary>Reads the record under a lock, lets <paramref name="change"/> compute its successor and the events, and writes
    /// both. Null if there is no such record. <paramref name="change"/> may run more than once and must not wait for anything;
    /// what it throws reaches the caller and nothing is written.</summary>
    Task<RecordChange?> UpdateAsync(AppId app, string entity, string id, Func<Record, RecordChange> change, CancellationToken cancellationToken);

    /// <summary>Null if there is no such record; otherwise the record that was deleted.</summary>
    Task<Record?> DeleteAsync(AppId app, string entity, string id, Func<Record, IReadOnlyList<Event>> events, CancellationToken cancellationToken);

    Task<IReadOnlyList<Record>> QueryAsync(RecordQuery query, CancellationToken cancellationToken);

    Task<long> CountAsync(AppId app, string entity, RecordFilter? filter, CancellationToken cancellationToken);
}

public sealed record RecordChange(Record Before, Record After, IReadOnlyList<Event> Events);

/// <summary>One page of records.</summary>
/// <param name="Sort">Field to sort by, server-owned ones included (<c>created_date</c>, <c>updated_date</c>, <c>id</c>); ties by id.</param>
/// <param name="Limit">1 to 5000.</param>
public sealed record RecordQuery(AppId App, string Entity, RecordFilter? Filter, RecordSort Sort, int Limit, int Skip);

/// <summary>Order of values on both engines: missing and null first, then numbers, then text (ordinal), then booleans, then the rest.</summary>
public sealed record RecordSort(string Field, bool Descending)
{
    public static RecordSort NewestFirst { get; } = new("created_date", Descending: true);
}
