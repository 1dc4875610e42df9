using System.Globalization;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Records;

/// <summary>Where the records of all organisations are kept.</summary>
internal sealed class RecordStore(Store store, LiveFeed live)
{
    public const string World = "salesforce";
    private readonly Collection<SObjectRecord> records = new(store, "salesforce.record");
    private readonly Collection<Counter> counters = new(store, "salesforce.counter");

    public bool Empty => !records.Any();

    /// <summary>Counters stay: an id that was given out never names another record later.</summary>
    public void Clear() => records.Clear();

    /// <summary>In the order they were made.</summary>
    public IEnumerable<SObjectRecord> All(string org, SObjectType type, bool withDeleted = false) =>
        records.List(Parent(org, type.Name)).Where(record => withDeleted || !record.Deleted);

    /// <summary>Living or deleted; null when there is none in that organisation.</summary>
    public SObjectRecord? Get(string org, string? id) =>
        id is not null && records.Get(id) is { } record && record.Org == org ? record : null;

    public SObjectRecord? Living(string org, string? id) => Get(org, id) is { Deleted: false } record ? record : null;

    public void Put(SObjectRecord record)
    {
        records.Put(record.Id, record, Parent(record.Org, record.Type), record.Id);
        live.Changed(World);
    }

    public string NewId(SObjectType type) => NewId(type.KeyPrefix);

    public string NewId(string keyPrefix) => SalesforceIds.Of(keyPrefix, Next("id", 10_000));

    /// <summary>The next of a row of numbers.</summary>
    public long Next(string name, long first)
    {
        var next = counters.Get(name) is { } counter ? counter.Last + 1 : first;
        counters.Put(name, new Counter(next));
        return next;
    }

    public string NextCaseNumber() => Next("case", 1_100).ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>Does all of it or, when it throws, none of it; what came before in the same call stays.</summary>
    public T AllOrNothing<T>(Func<T> work) => store.Atomic(() =>
    {
        // A savepoint: the call itself is already a transaction, and only this part of it may be undone.
        store.Execute("savepoint salesforce");
        try
        {
            var result = work();
            store.Execute("release salesforce");
            return result;
        }
        catch
        {
            store.Execute("rollback to salesforce");
            store.Execute("release salesforce");
            throw;
        }
    });

    private static string Parent(string org, string type) => $"{org}/{type}";

    private sealed record Counter(long Last);
}
