using System.Globalization;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>Lists and who is on them. Static lists remember their members, active ones find them each time they are read.</summary>
internal sealed class CrmLists(Store store, CrmWorld world, CrmRecords records)
{
    private readonly Collection<HubList> lists = new(store, "hubspot.list");
    private readonly Collection<HubMember> members = new(store, "hubspot.member");

    public void Clear()
    {
        lists.Clear();
        members.Clear();
    }

    /// <summary>Those that are not deleted, by their ids.</summary>
    public IReadOnlyList<HubList> All(string portal) => [.. lists.List(portal).Where(list => list.DeletedAt is null)];

    /// <summary>Deleted ones too.</summary>
    public HubList? Get(string portal, string id) => lists.Get($"{portal}/{id}");

    public void Put(HubList list)
    {
        lists.Put($"{list.Portal}/{list.Id}", list, list.Portal, CrmRecords.Padded(list.Id));
        world.Changed();
    }

    public HubList Create(string portal, string name, ObjectType type, string processing, System.Text.Json.Nodes.JsonObject? filter)
    {
        var id = 1 + lists.List(portal).Select(list => int.Parse(list.Id, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        var list = new HubList
        {
            Id = id.ToString(CultureInfo.InvariantCulture), Portal = portal, Name = name, Type = type.Id, Processing = processing,
            Filter = (System.Text.Json.Nodes.JsonObject?)filter?.DeepClone(), CreatedAt = world.Now, UpdatedAt = world.Now,
        };
        Put(list);
        // A snapshot is a list whose filters looked once.
        if (processing == "SNAPSHOT" && filter is not null)
            Add(list, Matching(list).Select(record => record.Id));
        return list;
    }

    /// <summary>Living records on the list, by their ids.</summary>
    public IReadOnlyList<(string Record, DateTimeOffset At)> Members(HubList list) => list.Processing == "DYNAMIC"
        ? [.. Matching(list).Select(record => (record.Id, record.UpdatedAt))]
        : [.. members.List($"{list.Portal}/{list.Id}").Where(member => records.Live(list.Portal, ObjectTypes.Get(list.Type), member.Record) is not null).Select(member => (member.Record, member.At))];

    /// <summary>Puts records on a static list; tells which were new and which do not exist.</summary>
    public (IReadOnlyList<string> Added, IReadOnlyList<string> Missing) Add(HubList list, IEnumerable<string> ids) => store.Atomic<(IReadOnlyList<string>, IReadOnlyList<string>)>(() =>
    {
        var (added, missing) = (new List<string>(), new List<string>());
        foreach (var id in ids.Distinct())
        {
            if (records.Live(list.Portal, ObjectTypes.Get(list.Type), id) is null)
                missing.Add(id);
            else if (members.Get(Key(list, id)) is null)
            {
                members.Put(Key(list, id), new HubMember(list.Portal, list.Id, id, world.Now), $"{list.Portal}/{list.Id}", CrmRecords.Padded(id));
                added.Add(id);
            }
        }

        world.Changed();
        return (added, missing);
    });

    /// <summary>Those that were on it.</summary>
    public IReadOnlyList<string> Remove(HubList list, IEnumerable<string> ids)
    {
        var gone = ids.Distinct().Where(id => members.Delete(Key(list, id))).ToList();
        world.Changed();
        return gone;
    }

    private IEnumerable<HubRecord> Matching(HubList list)
    {
        var type = ObjectTypes.Get(list.Type);
        return list.Filter is null ? [] : records.List(list.Portal, type).Where(record => ListFilter.Meets(list.Filter, record, name => world.Property(list.Portal, type, name)));
    }

    private static string Key(HubList list, string record) => $"{list.Portal}/{list.Id}/{record}";
}
