using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>One record at a time: by id, by external id, and over a relationship.</summary>
internal sealed class SObjectMethods(RecordStore records, RecordWriter writer, RecordUpsert upserts, SoqlRunner soql) : ISalesforceMethods
{
    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("POST", "sobjects/{type}", Create),
        new("GET", "sobjects/{type}/{id}", Get),
        new("PATCH", "sobjects/{type}/{id}", Update),
        new("DELETE", "sobjects/{type}/{id}", Delete),
        new("GET", "sobjects/{type}/{field}/{value}", GetByKeyOrRelated),
        new("PATCH", "sobjects/{type}/{field}/{value}", Upsert),
        new("POST", "sobjects/{type}/{field}/{value}", Upsert),
        new("DELETE", "sobjects/{type}/{field}/{value}", DeleteByKey),
    ];

    public static SObjectType TypeOf(string name) => SalesforceSchema.Find(name) ?? throw new SalesforceRefusal(SalesforceError.NotFound);

    /// <summary>A living record by the id of a path.</summary>
    public static SObjectRecord Find(RecordStore records, SalesforceActor actor, SObjectType type, string text)
    {
        if (!SalesforceIds.TryRead(text, out var id))
            throw new SalesforceRefusal("NOT_FOUND", $"Provided external ID field does not exist or is not accessible: {text}");
        if (SalesforceSchema.OfId(id) is { } other && other != type)
            throw new SalesforceRefusal("MALFORMED_ID", $"{type.Label} ID: id value of incorrect type: {text}", "Id");
        return records.Get(actor.Org, id) switch
        {
            null => throw new SalesforceRefusal(SalesforceError.NotFound),
            { Deleted: true } => throw new SalesforceRefusal(SalesforceError.Deleted),
            { } record => record,
        };
    }

    private SalesforceAnswer Create(SalesforceCall call)
    {
        var record = writer.Create(call.Actor, TypeOf(call.Route["type"]), call.Json());
        return new SalesforceAnswer(StatusCodes.Status201Created, Saved(record.Id)) { Headers = [("Location", $"{call.Root}/sobjects/{record.Type}/{record.Id}")] };
    }

    private SalesforceAnswer Get(SalesforceCall call)
    {
        var type = TypeOf(call.Route["type"]);
        SObjectRecord record;
        try
        {
            record = Find(records, call.Actor, type, call.Route["id"]);
        }
        catch (SalesforceRefusal refusal) when (refusal.Error.Code is "ENTITY_IS_DELETED")
        {
            // Reading a deleted record is told in the words of one that never was.
            throw new SalesforceRefusal(SalesforceError.NotFound);
        }

        return Modified(call, record) switch
        {
            false => new SalesforceAnswer(StatusCodes.Status304NotModified, null),
            _ => SalesforceAnswer.Ok(Show(call, record)) with { Headers = [("Last-Modified", ModifiedAt(record).ToString("R", CultureInfo.InvariantCulture))] },
        };
    }

    private SalesforceAnswer Update(SalesforceCall call)
    {
        var record = Find(records, call.Actor, TypeOf(call.Route["type"]), call.Route["id"]);
        if (call.Header("If-Unmodified-Since") is { } since && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && ModifiedAt(record) > at)
            return new SalesforceAnswer(StatusCodes.Status412PreconditionFailed, null);
        writer.Update(call.Actor, record, call.Json());
        return SalesforceAnswer.NoContent;
    }

    private SalesforceAnswer Delete(SalesforceCall call)
    {
        writer.Delete(call.Actor, Find(records, call.Actor, TypeOf(call.Route["type"]), call.Route["id"]));
        return SalesforceAnswer.NoContent;
    }

    private SalesforceAnswer Upsert(SalesforceCall call)
    {
        var type = TypeOf(call.Route["type"]);
        var (record, created) = upserts.Run(call.Actor, type, call.Route["field"], call.Route["value"], call.Json(), mayCreate: !call.Flag("updateOnly"));
        // Since 46.0 an update says what it did; before, it said nothing.
        if (!created && decimal.Parse(call.Version, CultureInfo.InvariantCulture) < 46)
            return SalesforceAnswer.NoContent;
        var body = Saved(record.Id);
        body["created"] = created;
        return new SalesforceAnswer(created ? StatusCodes.Status201Created : StatusCodes.Status200OK, body);
    }

    private SalesforceAnswer DeleteByKey(SalesforceCall call)
    {
        var type = TypeOf(call.Route["type"]);
        writer.Delete(call.Actor, upserts.Find(call.Actor, type, call.Route["field"], call.Route["value"]) ?? throw new SalesforceRefusal(SalesforceError.NotFound));
        return SalesforceAnswer.NoContent;
    }

    /// <summary>/Lead/External_Id__c/L-1 is a record by its key; /Account/001.../Contacts what hangs on one.</summary>
    private SalesforceAnswer GetByKeyOrRelated(SalesforceCall call)
    {
        var type = TypeOf(call.Route["type"]);
        var (first, second) = (call.Route["field"], call.Route["value"]);
        if (!SalesforceIds.TryRead(first, out _) || type.Field(first) is not null)
            return SalesforceAnswer.Ok(Show(call, upserts.Find(call.Actor, type, first, second) ?? throw new SalesforceRefusal(SalesforceError.NotFound)));

        var record = Find(records, call.Actor, type, first);
        if (type.Reference(second) is { } reference)
            return SalesforceAnswer.Ok(Show(call, records.Living(call.Actor.Org, record.Text(reference.Name)) ?? throw new SalesforceRefusal(SalesforceError.NotFound)));
        var (child, field) = SalesforceSchema.Children(type).FirstOrDefault(link => string.Equals(link.Field.ChildRelationship, second, StringComparison.OrdinalIgnoreCase));
        if (child is null)
            throw new SalesforceRefusal(SalesforceError.NotFound);
        var fields = call.Parameter("fields") ?? string.Join(',', child.Fields.Select(one => one.Name));
        return SalesforceAnswer.Ok(QueryMethods.Whole(soql.Run(call.Actor, SoqlParser.Parse($"SELECT {fields} FROM {child.Name} WHERE {field.Name} = '{record.Id}'"), call.Root)));
    }

    private static JsonObject Show(SalesforceCall call, SObjectRecord record) => Show(call.Root, record, call.Parameter("fields")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>A record with all its fields, or with some.</summary>
    public static JsonObject Show(string root, SObjectRecord record, IReadOnlyList<string>? names)
    {
        var row = SoqlShape.Head(record, root);
        var fields = names is null
            ? record.Schema.Fields
            : names.Prepend("Id").Distinct(StringComparer.OrdinalIgnoreCase).Select(name => record.Schema.Field(name) ?? throw SoqlRefusal.NoColumn(string.Join(',', names), 0, name, record.Type));
        foreach (var field in fields)
            row[field.Name] = record.Raw(field)?.DeepClone();
        return row;
    }

    public static JsonObject Saved(string id) => new() { ["id"] = id, ["success"] = true, ["errors"] = new JsonArray() };

    private static DateTimeOffset ModifiedAt(SObjectRecord record) => FieldValues.TryMoment(record.Text("LastModifiedDate") ?? "", out var at) ? at : default;

    /// <summary>Null when nobody asks.</summary>
    private static bool? Modified(SalesforceCall call, SObjectRecord record) =>
        call.Header("If-Modified-Since") is { } since && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? ModifiedAt(record) > at
            : null;
}
