using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Records;

/// <summary>Creates, changes and deletes records. What Salesforce refuses is a <see cref="SalesforceRefusal"/>, and nothing was written then.</summary>
internal sealed class RecordWriter(RecordStore records, TimeProvider time)
{
    private readonly RecordInput input = new(records);
    private readonly RecordRules rules = new(records, time);

    /// <param name="actor">Who does it.</param>
    /// <param name="type">What it is.</param>
    /// <param name="fields">As they came.</param>
    /// <param name="id">Null takes the next one.</param>
    /// <param name="at">When; null is now.</param>
    public SObjectRecord Create(SalesforceActor actor, SObjectType type, JsonObject fields, string? id = null, DateTimeOffset? at = null)
    {
        if (!type.Writable)
            throw new SalesforceRefusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", $"entity type {type.Name} does not support create");
        var given = input.Read(actor.Org, type, fields, creating: true);
        var values = new JsonObject();
        foreach (var (field, value) in given)
            values[field.Name] = value?.DeepClone();
        if (type.Kind == SObjectKind.Owned)
            values["OwnerId"] ??= actor.UserId;
        rules.Apply(actor.Org, type, values, Names(given));
        RefuseDuplicates(actor.Org, type, values, own: null);
        Stamp(values, actor, at ?? time.GetUtcNow(), creating: true);
        return Save(new SObjectRecord { Id = id ?? records.NewId(type), Org = actor.Org, Type = type.Name, Values = values });
    }

    public SObjectRecord Update(SalesforceActor actor, SObjectRecord record, JsonObject fields)
    {
        var type = record.Schema;
        if (!type.Writable)
            throw new SalesforceRefusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", $"entity type {type.Name} does not support update");
        var given = input.Read(actor.Org, type, fields, creating: false);
        if (record.Flag("IsConverted"))
            throw new SalesforceRefusal("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        return Change(actor, record, values =>
        {
            foreach (var (field, value) in given)
                values[field.Name] = value?.DeepClone();
        }, Names(given));
    }

    /// <summary>For what only Salesforce itself writes, such as the end of a lead.</summary>
    public SObjectRecord Change(SalesforceActor actor, SObjectRecord record, Action<JsonObject> change, IReadOnlySet<string> written)
    {
        var values = (JsonObject)record.Values.DeepClone();
        change(values);
        rules.Apply(actor.Org, record.Schema, values, written);
        RefuseDuplicates(actor.Org, record.Schema, values, record.Id);
        Stamp(values, actor, time.GetUtcNow(), creating: false);
        return Save(record with { Values = values });
    }

    public void Delete(SalesforceActor actor, SObjectRecord record)
    {
        if (record.Type is "User" || !record.Schema.Writable)
            throw new SalesforceRefusal("CANNOT_DELETE_ENTITY", $"entity type {record.Type} does not support delete");
        var children = SalesforceSchema.Children(record.Schema).SelectMany(link =>
            records.All(record.Org, link.Child).Where(child => child.Text(link.Field.Name) == record.Id).Select(child => (Record: child, link.Field))).ToList();
        if (children.FirstOrDefault(child => child.Field.OnDelete == DeleteRule.Refuse).Record is { } keeper)
            throw new SalesforceRefusal("DELETE_FAILED", $"Your attempt to delete {record.Title} could not be completed because it is associated with the following {keeper.Schema.LabelPlural.ToLowerInvariant()}.: {keeper.Title}");
        foreach (var (child, field) in children)
        {
            if (field.OnDelete == DeleteRule.Cascade)
                Delete(actor, child);
            else
                Change(actor, child, values => values.Remove(field.Name), new HashSet<string> { field.Name });
        }

        var last = (JsonObject)record.Values.DeepClone();
        Stamp(last, actor, time.GetUtcNow(), creating: false);
        Save(record with { Deleted = true, Values = last });
    }

    private SObjectRecord Save(SObjectRecord record)
    {
        foreach (var name in record.Values.Where(member => member.Value is null).Select(member => member.Key).ToList())
            record.Values.Remove(name);
        records.Put(record);
        return record;
    }

    private void RefuseDuplicates(string org, SObjectType type, JsonObject values, string? own)
    {
        foreach (var field in type.Fields.Where(field => field.Unique && values[field.Name] is not null))
        {
            var wanted = SalesforceJson.Text(values[field.Name]);
            if (records.All(org, type).FirstOrDefault(other => other.Id != own && string.Equals(other.Text(field.Name), wanted, StringComparison.OrdinalIgnoreCase)) is { } duplicate)
                throw new SalesforceRefusal("DUPLICATE_VALUE", $"duplicate value found: {field.Name} duplicates value on record with id: {duplicate.Id[..15]}");
        }
    }

    private static void Stamp(JsonObject values, SalesforceActor actor, DateTimeOffset at, bool creating)
    {
        if (creating)
            (values["CreatedDate"], values["CreatedById"]) = (FieldValues.Show(at), actor.UserId);
        (values["LastModifiedDate"], values["LastModifiedById"], values["SystemModstamp"]) = (FieldValues.Show(at), actor.UserId, FieldValues.Show(at));
    }

    private static HashSet<string> Names(Dictionary<SObjectField, JsonNode?> given) => [.. given.Keys.Select(field => field.Name)];
}
