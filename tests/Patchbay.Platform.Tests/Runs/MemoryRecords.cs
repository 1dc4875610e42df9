using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Apps.Entities.Filters;
using Patchbay.Platform.Runs;
using Patchbay.Vault;
using Record = Patchbay.Platform.Apps.Entities.Record;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Records that are there; flows only look for a sample.</summary>
internal sealed class MemoryRecords : IRecordStore
{
    /// <summary>Newest first.</summary>
    public List<Record> Records { get; } = [];

    public Task<IReadOnlyList<Record>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Record>>([.. Records.Where(r => r.App == query.App && r.Entity == query.Entity).Take(query.Limit)]);

    public Task CreateAsync(IReadOnlyList<Record> records, IReadOnlyList<Event> events, CancellationToken cancellationToken) => throw NotHere();

    public Task<Record?> FindAsync(AppId app, string entity, string id, CancellationToken cancellationToken) =>
        Task.FromResult(Records.FirstOrDefault(r => r.App == app && r.Entity == entity && r.Id == id));

    public Task<RecordChange?> UpdateAsync(AppId app, string entity, string id, Func<Record, RecordChange> change, CancellationToken cancellationToken) => throw NotHere();

    public Task<Record?> DeleteAsync(AppId app, string entity, string id, Func<Record, IReadOnlyList<Event>> events, CancellationToken cancellationToken) => throw NotHere();

    public Task<long> CountAsync(AppId app, string entity, RecordFilter? filter, CancellationToken cancellationToken) => throw NotHere();

    private static InvalidOperationException NotHere() => new("Flows do not write records.");
}
