using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Records;

/// <summary>Finds records by a key of the caller, and changes or creates them.</summary>
internal sealed class RecordUpsert(RecordStore records, RecordWriter writer)
{
    /// <summary>The living record whose key has the value; null when there is none.</summary>
    public SObjectRecord? Find(SalesforceActor actor, SObjectType type, string fieldName, string value)
    {
        var field = type.Field(fieldName) is { } known && (known.ExternalId || known.Name == "Id" || known is { Unique: true })
            ? known
            : throw new SalesforceRefusal("NOT_FOUND", $"Provided external ID field does not exist or is not accessible: {fieldName}");
        if (field.Name == "Id")
            return SalesforceIds.TryRead(value, out var id) && records.Living(actor.Org, id) is { } byId && byId.Type == type.Name ? byId : null;
        return records.All(actor.Org, type).FirstOrDefault(record => string.Equals(record.Text(field.Name), value, StringComparison.OrdinalIgnoreCase));
    }

    public (SObjectRecord Record, bool Created) Run(SalesforceActor actor, SObjectType type, string fieldName, string value, JsonObject body, bool mayCreate = true)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new SalesforceRefusal("MISSING_ARGUMENT", $"{fieldName} not specified");
        var found = Find(actor, type, fieldName, value);
        var field = type.Field(fieldName)!;
        if (body.Any(member => member.Key.Equals(field.Name, StringComparison.OrdinalIgnoreCase)))
            throw new SalesforceRefusal("INVALID_FIELD", $"The {field.Name} field should not be specified in the sobject data.");
        if (found is not null)
            return (writer.Update(actor, found, body), false);
        if (!mayCreate || field.Name == "Id")
            throw new SalesforceRefusal(SalesforceError.NotFound);
        var whole = (JsonObject)body.DeepClone();
        whole[field.Name] = value;
        return (writer.Create(actor, type, whole), true);
    }
}
