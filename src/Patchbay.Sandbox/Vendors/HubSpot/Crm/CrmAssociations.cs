using System.Globalization;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>Which records belong together. Every association is kept from both ends, so that either side lists it.</summary>
internal sealed class CrmAssociations(Store store, CrmWorld world, CrmRecords records)
{
    private readonly Collection<HubAssociation> links = new(store, "hubspot.association");
    private readonly Collection<HubLabel> labels = new(store, "hubspot.label");

    public const string Standard = "HUBSPOT_DEFINED";
    public const string Own = "USER_DEFINED";

    public void Clear()
    {
        links.Clear();
        labels.Clear();
    }

    /// <summary>Grouped by the other record, living ones only, by their ids.</summary>
    public IReadOnlyList<(string Id, IReadOnlyList<HubAssociation> Types)> Of(HubRecord record, ObjectType to) =>
        [.. links.List($"{record.Portal}/{record.Type}/{record.Id}/{to.Id}").GroupBy(link => link.ToId)
            .Where(group => records.Live(record.Portal, to, group.Key) is not null)
            .Select(group => (group.Key, (IReadOnlyList<HubAssociation>)[.. group]))];

    /// <summary>Associates two records; a labelled association brings the plain one with it, as at HubSpot.</summary>
    public void Add(HubRecord from, HubRecord to, IEnumerable<(string Category, int TypeId)> types) => store.Atomic(() =>
    {
        var (fromType, toType) = (ObjectTypes.Get(from.Type), ObjectTypes.Get(to.Type));
        foreach (var (category, typeId) in types)
            Put(from, to, category, typeId, Inverse(from.Portal, fromType, toType, category, typeId));
        if (AssociationTypes.Default(fromType, toType) is { } plain)
            Put(from, to, Standard, plain.Id, plain.Inverse);
        world.Changed();
    });

    /// <summary>Takes away one kind of association between two records, or all of them.</summary>
    public void Remove(HubRecord from, HubRecord to, (string Category, int TypeId)? only = null) => store.Atomic(() =>
    {
        foreach (var link in Of(from, ObjectTypes.Get(to.Type)).Where(group => group.Id == to.Id).SelectMany(group => group.Types).ToList())
        {
            if (only is { } one && (link.Category, link.TypeId) != one)
                continue;
            links.Delete(Key(link));
            links.Delete(Key(new HubAssociation(from.Portal, to.Type, to.Id, from.Type, from.Id, link.Category,
                Inverse(from.Portal, ObjectTypes.Get(from.Type), ObjectTypes.Get(to.Type), link.Category, link.TypeId))));
        }

        world.Changed();
    });

    /// <summary>What an association's number means; null for one there is none of.</summary>
    public string? Label(string portal, ObjectType from, ObjectType to, string category, int typeId) => category == Own
        ? Labels(portal, from, to).FirstOrDefault(label => label.TypeId == typeId)?.Label
        : AssociationTypes.Between(from, to).FirstOrDefault(type => type.Id == typeId)?.Label;

    public bool Knows(string portal, ObjectType from, ObjectType to, string category, int typeId) => category == Own
        ? Labels(portal, from, to).Any(label => label.TypeId == typeId)
        : category == Standard && AssociationTypes.Between(from, to).Any(type => type.Id == typeId);

    public IReadOnlyList<HubLabel> Labels(string portal, ObjectType from, ObjectType to) => labels.List($"{portal}/{from.Id}/{to.Id}");

    /// <summary>A new label, with a number for each direction.</summary>
    public (HubLabel There, HubLabel Back) AddLabel(string portal, ObjectType from, ObjectType to, string name, string label, string? inverse) => store.Atomic(() =>
    {
        var next = 1 + ObjectTypes.All.SelectMany(a => ObjectTypes.All.SelectMany(b => Labels(portal, a, b))).Select(existing => existing.TypeId).DefaultIfEmpty(0).Max();
        var there = new HubLabel(portal, from.Id, to.Id, next, from == to && inverse is null ? next : next + 1, name, label);
        var back = new HubLabel(portal, to.Id, from.Id, there.InverseTypeId, next, name, inverse ?? label);
        foreach (var one in (HubLabel[])[there, back])
            labels.Put($"{portal}/{one.FromType}/{one.ToType}/{one.TypeId}", one, $"{portal}/{one.FromType}/{one.ToType}", one.TypeId.ToString("D6", CultureInfo.InvariantCulture));
        return (there, back);
    });

    private int Inverse(string portal, ObjectType from, ObjectType to, string category, int typeId) => category == Own
        ? Labels(portal, from, to).First(label => label.TypeId == typeId).InverseTypeId
        : AssociationTypes.Between(from, to).First(type => type.Id == typeId).Inverse;

    private void Put(HubRecord from, HubRecord to, string category, int typeId, int inverse)
    {
        Put(new HubAssociation(from.Portal, from.Type, from.Id, to.Type, to.Id, category, typeId));
        Put(new HubAssociation(from.Portal, to.Type, to.Id, from.Type, from.Id, category, inverse));
    }

    private void Put(HubAssociation link) =>
        links.Put(Key(link), link, $"{link.Portal}/{link.FromType}/{link.FromId}/{link.ToType}", CrmRecords.Padded(link.ToId));

    private static string Key(HubAssociation link) => $"{link.Portal}/{link.FromType}/{link.FromId}/{link.ToType}/{link.ToId}/{link.Category}/{link.TypeId}";
}
