using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>composite/sobjects: up to 200 records in one call, each with a result of its own.</summary>
internal sealed class CollectionMethods(RecordStore records, RecordWriter writer, RecordUpsert upserts) : ISalesforceMethods
{
    private const int Most = 200, MostRead = 2000;

    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("POST", "composite/sobjects", call => Write(call, (type, fields) => Made(writer.Create(call.Actor, type, Without(fields, "id"))))),
        new("PATCH", "composite/sobjects", call => Write(call, (type, fields) => Change(call, type, fields))),
        new("DELETE", "composite/sobjects", Delete),
        new("GET", "composite/sobjects/{type}", call => Read(call, Ids(call), List(call, "fields"))),
        new("POST", "composite/sobjects/{type}", call => Read(call, Texts(call.Json(), "ids"), Texts(call.Json(), "fields"))),
        new("PATCH", "composite/sobjects/{type}/{field}", Upsert),
    ];

    private SalesforceAnswer Write(SalesforceCall call, Func<SObjectType, JsonObject, JsonObject> write)
    {
        var body = call.Json();
        var given = Bounded(SalesforceJson.Objects(body, "records"));
        return Each(body["allOrNone"] is JsonValue all && all.TryGetValue<bool>(out var flag) && flag, given, fields =>
        {
            var name = SalesforceJson.Text((fields["attributes"] as JsonObject)?["type"])
                ?? throw new SalesforceRefusal("INVALID_INPUT", "The record must have attributes with a type");
            return write(SalesforceSchema.Find(name) ?? throw new SalesforceRefusal("INVALID_TYPE", $"sObject type '{name}' is not supported."), fields);
        });
    }

    private SalesforceAnswer Upsert(SalesforceCall call)
    {
        var type = SObjectMethods.TypeOf(call.Route["type"]);
        var body = call.Json();
        var field = call.Route["field"];
        return Each(body["allOrNone"] is JsonValue all && all.TryGetValue<bool>(out var flag) && flag, Bounded(SalesforceJson.Objects(body, "records")), fields =>
        {
            var value = FieldValues.Show(fields.FirstOrDefault(member => member.Key.Equals(field, StringComparison.OrdinalIgnoreCase)).Value);
            var (record, created) = upserts.Run(call.Actor, type, field, value, Without(fields, field));
            var made = Made(record);
            made["created"] = created;
            return made;
        });
    }

    private SalesforceAnswer Delete(SalesforceCall call) => Each(call.Flag("allOrNone"), Bounded(Ids(call)), text =>
    {
        var record = Find(call, text);
        writer.Delete(call.Actor, record);
        return Made(record);
    });

    private JsonObject Change(SalesforceCall call, SObjectType type, JsonObject fields)
    {
        var id = SalesforceJson.Text(fields.FirstOrDefault(member => member.Key.Equals("id", StringComparison.OrdinalIgnoreCase)).Value)
            ?? throw new SalesforceRefusal("MISSING_ARGUMENT", "Id not specified in an update call");
        var record = Find(call, id);
        if (record.Type != type.Name)
            throw new SalesforceRefusal("MALFORMED_ID", $"{type.Label} ID: id value of incorrect type: {id}", "Id");
        return Made(writer.Update(call.Actor, record, Without(fields, "id")));
    }

    private SObjectRecord Find(SalesforceCall call, string text)
    {
        if (!SalesforceIds.TryRead(text, out var id))
            throw new SalesforceRefusal("MALFORMED_ID", $"malformed id {text}");
        return records.Get(call.Actor.Org, id) switch
        {
            null => throw new SalesforceRefusal("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"),
            { Deleted: true } => throw new SalesforceRefusal(SalesforceError.Deleted),
            { } record => record,
        };
    }

    private SalesforceAnswer Read(SalesforceCall call, IReadOnlyList<string> ids, IReadOnlyList<string> fields)
    {
        var type = SObjectMethods.TypeOf(call.Route["type"]);
        if (ids.Count == 0 || fields.Count == 0)
            throw new SalesforceRefusal("MISSING_ARGUMENT", "ids and fields must be given");
        if (ids.Count > MostRead)
            throw new SalesforceRefusal("EXCEEDED_ID_LIMIT", "record limit reached. cannot retrieve more than 2000 records");
        return SalesforceAnswer.Ok(new JsonArray([.. ids.Select(text =>
        {
            if (!SalesforceIds.TryRead(text, out var id))
                throw new SalesforceRefusal("MALFORMED_ID", $"malformed id {text}");
            return records.Living(call.Actor.Org, id) is { } record && record.Type == type.Name ? (JsonNode)SObjectMethods.Show(call.Root, record, fields) : null;
        })]));
    }

    /// <summary>Runs each part by itself; with allOrNone one failure undoes them all.</summary>
    private SalesforceAnswer Each<T>(bool allOrNone, IReadOnlyList<T> parts, Func<T, JsonObject> run)
    {
        var results = new List<JsonObject>();
        try
        {
            records.AllOrNothing(() =>
            {
                foreach (var part in parts)
                {
                    try
                    {
                        results.Add(records.AllOrNothing(() => run(part)));
                    }
                    catch (SalesforceRefusal refusal)
                    {
                        results.Add(new JsonObject { ["success"] = false, ["errors"] = new JsonArray(refusal.Error.ToRowJson()) });
                    }
                }

                return allOrNone && results.Exists(result => result["success"]!.GetValue<bool>() is false) ? throw new SalesforceRefusal("ALL_OR_NONE_OPERATION_ROLLED_BACK", "") : true;
            });
        }
        catch (SalesforceRefusal)
        {
            results = [.. results.Select(result => result["success"]!.GetValue<bool>() ? RolledBack() : result)];
        }

        return SalesforceAnswer.Ok(new JsonArray([.. results]));
    }

    private static JsonObject RolledBack() => new()
    {
        ["success"] = false,
        ["errors"] = new JsonArray(new SalesforceError("ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header").ToRowJson()),
    };

    private static IReadOnlyList<T> Bounded<T>(IReadOnlyList<T> parts) =>
        parts.Count <= Most ? parts : throw new SalesforceRefusal("EXCEEDED_ID_LIMIT", $"record limit reached. cannot submit more than {Most} records into this call");

    private static JsonObject Made(SObjectRecord record) => SObjectMethods.Saved(record.Id);

    private static JsonObject Without(JsonObject fields, string name)
    {
        var rest = (JsonObject)fields.DeepClone();
        foreach (var key in fields.Select(member => member.Key).Where(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)))
            rest.Remove(key);
        return rest;
    }

    private static List<string> Ids(SalesforceCall call) => List(call, "ids");

    private static List<string> List(SalesforceCall call, string name) =>
        [.. (call.Parameter(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static IReadOnlyList<string> Texts(JsonObject body, string name) => Http.Json.Texts(body, name);
}
