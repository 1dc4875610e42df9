using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>The records of all object types. API, control surface and pages write through here, so its rules hold for all of them.</summary>
internal sealed class CrmRecords(Store store, CrmWorld world)
{
    private const int Remembered = 20;
    private readonly Collection<HubRecord> records = new(store, "hubspot.record");
    private readonly Collection<Holder> unique = new(store, "hubspot.unique");

    public bool Empty => !records.Any();

    public void Clear()
    {
        records.Clear();
        unique.Clear();
    }

    /// <summary>By id order, which is the order in which they were made.</summary>
    public IReadOnlyList<HubRecord> List(string portal, ObjectType type, bool archived = false, string after = "", int limit = int.MaxValue) =>
        records.List(Parent(portal, type, archived), from: after.Length == 0 ? "" : Padded(after), limit: limit);

    /// <summary>The last ones made, newest first.</summary>
    public IReadOnlyList<HubRecord> Newest(string portal, ObjectType type, int limit) => records.List(Parent(portal, type, archived: false), limit: limit, newestFirst: true);

    public int Count(string portal, ObjectType type) => records.Count(Parent(portal, type, archived: false));

    /// <summary>Living or archived.</summary>
    public HubRecord? Get(string portal, ObjectType type, string id) => records.Get($"{portal}/{type.Id}/{id}");

    /// <summary>A living record.</summary>
    public HubRecord? Live(string portal, ObjectType type, string id) => Get(portal, type, id) is { Archived: false } record ? record : null;

    /// <summary>A living record by its id, or by a property that is unique.</summary>
    public HubRecord? Find(string portal, ObjectType type, string id, string? idProperty)
    {
        if (idProperty is null or "hs_object_id" or "id")
            return Live(portal, type, id);
        if (world.Property(portal, type, idProperty) is not { Unique: true } property)
            throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Property '{idProperty}' is not a unique identifier property of {type.Name}"));
        var value = PropertyValues.Normal(property, id, out var normal) is null ? normal : id;
        return unique.Get(UniqueKey(portal, type, idProperty, value)) is { } holder ? Live(portal, type, holder.Record) : null;
    }

    public HubRecord Create(string portal, ObjectType type, JsonObject sent, string source = "INTEGRATION", DateTimeOffset? at = null) => store.Atomic(() =>
    {
        var values = PropertyValues.Checked(sent, portal, name => world.Property(portal, type, name));
        foreach (var (name, value) in Defaults(portal, type, values))
            values.TryAdd(name, value);
        Demand(type, values);
        var now = at ?? world.Now;
        return Write(type, new HubRecord { Id = world.NextId(portal), Portal = portal, Type = type.Id, Properties = new Dictionary<string, string>(), CreatedAt = now, UpdatedAt = now }, values, source, now);
    });

    public HubRecord Update(HubRecord record, JsonObject sent, string source = "INTEGRATION") => store.Atomic(() =>
    {
        var type = ObjectTypes.Get(record.Type);
        return Write(type, record, PropertyValues.Checked(sent, record.Portal, name => world.Property(record.Portal, type, name)), source, world.Now);
    });

    public void Archive(HubRecord record) => store.Atomic(() =>
    {
        var type = ObjectTypes.Get(record.Type);
        foreach (var name in UniqueNames(record.Portal, type).Where(record.Properties.ContainsKey))
            unique.Delete(UniqueKey(record.Portal, type, name, record.Properties[name]));
        Save(record with { ArchivedAt = world.Now, UpdatedAt = world.Now });
    });

    private HubRecord Write(ObjectType type, HubRecord old, Dictionary<string, string> values, string source, DateTimeOffset at)
    {
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in old.Properties.Concat(values))
            properties[name] = value;
        foreach (var name in values.Where(pair => pair.Value.Length == 0).Select(pair => pair.Key))
            properties.Remove(name);
        CheckStage(type, old.Portal, properties, values);
        Claim(type, old, properties);

        var record = old with { UpdatedAt = at };
        CalculatedProperties.Fill(properties, type, record, world);
        var history = new Dictionary<string, IReadOnlyList<HubVersion>>(old.History);
        foreach (var (name, value) in values.Where(pair => pair.Value != old.Properties.GetValueOrDefault(pair.Key, "")))
            history[name] = [new HubVersion(value, at, source), .. history.GetValueOrDefault(name, []).Take(Remembered - 1)];
        record = record with { Properties = properties, History = history };
        Save(record);
        return record;
    }

    private void Save(HubRecord record)
    {
        records.Put($"{record.Portal}/{record.Type}/{record.Id}", record, Parent(record.Portal, ObjectTypes.Get(record.Type), record.Archived), Padded(record.Id));
        world.Changed();
    }

    /// <summary>Takes hold of unique values, and lets go of the old ones.</summary>
    private void Claim(ObjectType type, HubRecord old, SortedDictionary<string, string> properties)
    {
        foreach (var name in UniqueNames(old.Portal, type))
        {
            var (before, after) = (old.Properties.GetValueOrDefault(name), properties.GetValueOrDefault(name));
            if (after is not null && unique.Get(UniqueKey(old.Portal, type, name, after)) is { } holder && holder.Record != old.Id)
            {
                throw new HubSpotRefusalException(type == ObjectTypes.Contacts && name == "email"
                    ? HubSpotAnswer.Conflict($"Contact already exists. Existing ID: {holder.Record}")
                    : HubSpotAnswer.Conflict($"Cannot set {name}: {after} is already the value of {type.Singular} {holder.Record}."));
            }

            if (before is not null && before != after)
                unique.Delete(UniqueKey(old.Portal, type, name, before));
            if (after is not null)
                unique.Put(UniqueKey(old.Portal, type, name, after), new Holder(old.Id));
        }
    }

    /// <summary>A stage must be one of its pipeline's.</summary>
    private void CheckStage(ObjectType type, string portal, SortedDictionary<string, string> properties, Dictionary<string, string> values)
    {
        if (type.Stages is not { } names || !properties.TryGetValue(names.Stage, out var stage))
            return;
        // Naming only a stage moves the record into the pipeline of that stage.
        if (!values.ContainsKey(names.Pipeline) && world.Pipelines(portal, type).FirstOrDefault(p => p.Stages.Any(s => s.Id == stage)) is { } home
            && world.Pipeline(portal, type, properties.GetValueOrDefault(names.Pipeline, ""))?.Stages.Any(s => s.Id == stage) is not true)
            properties[names.Pipeline] = home.Id;
        var pipeline = world.Pipeline(portal, type, properties.GetValueOrDefault(names.Pipeline, ""));
        if (pipeline is not null && pipeline.Stages.All(s => s.Id != stage))
            throw new HubSpotRefusalException(PropertyValues.Refusal(portal, [(names.Stage, "INVALID_OPTION", $"{stage} was not one of the allowed options of pipeline {pipeline.Id}: [{string.Join(", ", pipeline.Stages.Select(s => s.Id))}]")]));
    }

    private IEnumerable<(string Name, string Value)> Defaults(string portal, ObjectType type, Dictionary<string, string> values)
    {
        if (type == ObjectTypes.Contacts)
            yield return ("lifecyclestage", "lead");
        if (type == ObjectTypes.Quotes)
            yield return ("hs_status", "DRAFT");
        // A stage alone says which pipeline is meant (CheckStage); without one it is the portal's first.
        if (type.Stages is { } names && !values.ContainsKey(names.Stage) && world.Pipelines(portal, type) is [var first, ..])
            yield return (names.Pipeline, first.Id);
    }

    private static void Demand(ObjectType type, Dictionary<string, string> values)
    {
        string[] missing = [.. type.Required.Where(name => !values.TryGetValue(name, out var value) || value.Length == 0)];
        if (type == ObjectTypes.Companies && !values.ContainsKey("name") && !values.ContainsKey("domain"))
            missing = ["name"];
        if (missing.Length == 0)
            return;
        throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Error creating {type.Singular.ToUpperInvariant()}. Some required properties were not set.", new JsonObject
        {
            ["message"] = "Some required properties were not set.",
            ["code"] = "REQUIRED_FIELD",
            ["context"] = new JsonObject { ["properties"] = new JsonArray([.. missing.Select(name => (JsonNode)name)]) },
        }));
    }

    private List<string> UniqueNames(string portal, ObjectType type) => [.. world.Properties(portal, type).Where(property => property.Unique).Select(property => property.Name)];

    private static string Parent(string portal, ObjectType type, bool archived) => $"{portal}/{type.Id}{(archived ? "/archived" : "")}";

    private static string UniqueKey(string portal, ObjectType type, string name, string value) => $"{portal}/{type.Id}/{name}/{value.ToLowerInvariant()}";

    /// <summary>Ids as text in the order of their numbers.</summary>
    public static string Padded(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString("D16", CultureInfo.InvariantCulture) : id;

    private sealed record Holder(string Record);
}
