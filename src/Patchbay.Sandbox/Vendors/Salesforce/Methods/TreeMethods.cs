using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>composite/tree: records with their children, all of them or none.</summary>
internal sealed class TreeMethods(RecordStore records, RecordWriter writer) : ISalesforceMethods
{
    private const int Most = 200;

    public IEnumerable<SalesforceRoute> Routes => [new("POST", "composite/tree/{type}", Create)];

    private SalesforceAnswer Create(SalesforceCall call)
    {
        var type = SObjectMethods.TypeOf(call.Route["type"]);
        var roots = SalesforceJson.Objects(call.Json(), "records");
        var results = new JsonArray();
        try
        {
            records.AllOrNothing(() =>
            {
                foreach (var root in roots)
                    Plant(call, type, root, null, null, results);
                return true;
            });
            return new SalesforceAnswer(StatusCodes.Status201Created, new JsonObject { ["hasErrors"] = false, ["results"] = results });
        }
        catch (BadNode bad)
        {
            return new SalesforceAnswer(StatusCodes.Status400BadRequest, new JsonObject
            {
                ["hasErrors"] = true,
                ["results"] = new JsonArray(new JsonObject { ["referenceId"] = bad.ReferenceId, ["errors"] = new JsonArray(bad.Error.ToRowJson()) }),
            });
        }
    }

    private void Plant(SalesforceCall call, SObjectType type, JsonObject node, SObjectField? link, string? parent, JsonArray results)
    {
        var reference = SalesforceJson.Text((node["attributes"] as JsonObject)?["referenceId"]) ?? "";
        try
        {
            if (results.Count >= Most)
                throw new SalesforceRefusal("LIMIT_EXCEEDED", $"A tree holds at most {Most} records");
            if (reference.Length == 0)
                throw new SalesforceRefusal("MISSING_ARGUMENT", "Every record needs attributes with a referenceId");
            var fields = new JsonObject();
            var below = new List<(SObjectType Type, SObjectField Link, JsonObject Node)>();
            foreach (var (name, value) in node)
            {
                if (value is JsonObject { } map && map["records"] is JsonArray)
                {
                    var (child, field) = SalesforceSchema.Children(type).FirstOrDefault(one => string.Equals(one.Field.ChildRelationship, name, StringComparison.OrdinalIgnoreCase));
                    if (child is null)
                        throw new SalesforceRefusal("INVALID_FIELD", $"No such relation '{name}' on sobject of type {type.Name}");
                    below.AddRange(SalesforceJson.Objects(map, "records").Select(one => (child, field, one)));
                }
                else
                {
                    fields[name] = value?.DeepClone();
                }
            }

            if (link is not null)
                fields[link.Name] = parent;
            var record = writer.Create(call.Actor, type, fields);
            results.Add((JsonNode)new JsonObject { ["referenceId"] = reference, ["id"] = record.Id });
            foreach (var (childType, field, child) in below)
                Plant(call, childType, child, field, record.Id, results);
        }
        catch (SalesforceRefusal refusal)
        {
            throw new BadNode(reference, refusal.Error);
        }
    }

    private sealed class BadNode(string referenceId, SalesforceError error) : Exception
    {
        public string ReferenceId => referenceId;

        public SalesforceError Error => error;
    }
}
