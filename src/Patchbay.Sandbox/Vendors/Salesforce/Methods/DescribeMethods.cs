using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>What objects there are and what they consist of.</summary>
internal sealed class DescribeMethods(RecordStore records) : ISalesforceMethods
{
    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("GET", "sobjects", call => SalesforceAnswer.Ok(new JsonObject
        {
            ["encoding"] = "UTF-8",
            ["maxBatchSize"] = 200,
            ["sobjects"] = new JsonArray([.. SalesforceSchema.Types.Select(type => (JsonNode)Summary(type, call.Root))]),
        })),
        new("GET", "sobjects/{type}", Basic),
        new("GET", "sobjects/{type}/describe", call => SalesforceAnswer.Ok(Describe(SObjectMethods.TypeOf(call.Route["type"]), call.Root))),
    ];

    private SalesforceAnswer Basic(SalesforceCall call)
    {
        var type = SObjectMethods.TypeOf(call.Route["type"]);
        var recent = records.All(call.Actor.Org, type).Where(record => record.Text("LastModifiedById") == call.Actor.UserId).Reverse().Take(10);
        return SalesforceAnswer.Ok(new JsonObject
        {
            ["objectDescribe"] = Summary(type, call.Root),
            ["recentItems"] = new JsonArray([.. recent.Select(record => (JsonNode)Item(call.Root, record))]),
        });
    }

    /// <summary>A record by id and name.</summary>
    public static JsonObject Item(string root, SObjectRecord record)
    {
        var item = SoqlShape.Head(record, root);
        item["Id"] = record.Id;
        item["Name"] = record.Title;
        return item;
    }

    private static JsonObject Summary(SObjectType type, string root)
    {
        var summary = new JsonObject
        {
            ["activateable"] = false,
            ["associateEntityType"] = null,
            ["associateParentEntity"] = null,
            ["createable"] = type.Writable,
            ["custom"] = type.Custom,
            ["customSetting"] = false,
            ["deepCloneable"] = false,
            ["deletable"] = type.Writable && type.Name != "User",
            ["deprecatedAndHidden"] = false,
            ["feedEnabled"] = type.Kind == SObjectKind.Owned,
            ["hasSubtypes"] = false,
            ["isInterface"] = false,
            ["isSubtype"] = false,
            ["keyPrefix"] = type.KeyPrefix,
            ["label"] = type.Label,
            ["labelPlural"] = type.LabelPlural,
            ["layoutable"] = type.Writable,
            ["mergeable"] = type.Name is "Account" or "Contact" or "Lead",
            ["mruEnabled"] = type.Writable,
            ["name"] = type.Name,
            ["queryable"] = true,
            ["replicateable"] = true,
            ["retrieveable"] = true,
            ["searchable"] = type.NameField is not null && type.Writable,
            ["triggerable"] = type.Writable,
            ["undeletable"] = type.Writable,
            ["updateable"] = type.Writable,
        };
        var address = $"{root}/sobjects/{type.Name}";
        summary["urls"] = new JsonObject { ["sobject"] = address, ["describe"] = address + "/describe", ["rowTemplate"] = address + "/{ID}" };
        return summary;
    }

    private static JsonObject Describe(SObjectType type, string root)
    {
        var body = Summary(type, root);
        body["actionOverrides"] = new JsonArray();
        body["childRelationships"] = new JsonArray([.. SalesforceSchema.Children(type).Select(link => (JsonNode)new JsonObject
        {
            ["cascadeDelete"] = link.Field.OnDelete == DeleteRule.Cascade,
            ["childSObject"] = link.Child.Name,
            ["deprecatedAndHidden"] = false,
            ["field"] = link.Field.Name,
            ["junctionIdListNames"] = new JsonArray(),
            ["junctionReferenceTo"] = new JsonArray(),
            ["relationshipName"] = link.Field.ChildRelationship,
            ["restrictedDelete"] = link.Field.OnDelete == DeleteRule.Refuse,
        })]);
        body["fields"] = new JsonArray([.. type.Fields.Select(field => (JsonNode)Field(type, field))]);
        body["namedLayoutInfos"] = new JsonArray();
        body["recordTypeInfos"] = new JsonArray(new JsonObject
        {
            ["active"] = true,
            ["available"] = true,
            ["defaultRecordTypeMapping"] = true,
            ["developerName"] = "Master",
            ["master"] = true,
            ["name"] = "Master",
            ["recordTypeId"] = "012000000000000AAA",
        });
        body["supportedScopes"] = new JsonArray(new JsonObject { ["label"] = "All", ["name"] = "everything" }, new JsonObject { ["label"] = "Mine", ["name"] = "mine" });
        return body;
    }

    private static JsonObject Field(SObjectType type, SObjectField field)
    {
        var writable = type.Writable && !field.ReadOnly;
        var name = field.Type switch { FieldType.MultiPicklist => "multipicklist", FieldType.DateTime => "datetime", FieldType.TextArea => "textarea", _ => field.Type.ToString().ToLowerInvariant() };
        return new JsonObject
        {
            ["aggregatable"] = field.Type is not (FieldType.Address or FieldType.Boolean or FieldType.TextArea),
            ["autoNumber"] = field.Name == "CaseNumber",
            ["byteLength"] = field.Length * 3,
            ["calculated"] = false,
            ["cascadeDelete"] = field.OnDelete == DeleteRule.Cascade,
            ["caseSensitive"] = false,
            ["compoundFieldName"] = null,
            ["createable"] = writable,
            ["custom"] = field.Custom,
            ["defaultValue"] = field.Type == FieldType.Boolean ? JsonValue.Create(field.Default == "true") : null,
            ["defaultedOnCreate"] = field.Default is not null || field.Name == "OwnerId",
            ["dependentPicklist"] = false,
            ["deprecatedAndHidden"] = false,
            ["digits"] = field.Type == FieldType.Int ? field.Digits.Precision : 0,
            ["externalId"] = field.ExternalId,
            ["filterable"] = field.Type != FieldType.Address && field is not { Type: FieldType.TextArea, Length: > 255 },
            ["groupable"] = field.Type.IsText() && field is not { Type: FieldType.TextArea or FieldType.MultiPicklist } || field.Type is FieldType.Date or FieldType.Boolean or FieldType.Int,
            ["idLookup"] = field.ExternalId || field.Name is "Id" or "Email",
            ["inlineHelpText"] = null,
            ["label"] = field.Label,
            ["length"] = field.Length,
            ["mask"] = null,
            ["name"] = field.Name,
            ["nameField"] = field.IsName,
            ["namePointing"] = field.Polymorphic,
            ["nillable"] = !field.Required && field.Type != FieldType.Boolean && !field.ReadOnly,
            ["permissionable"] = !field.Required && writable,
            ["picklistValues"] = new JsonArray([.. field.Values.Select(value => (JsonNode)new JsonObject
            {
                ["active"] = true,
                ["defaultValue"] = value == field.Default,
                ["label"] = value,
                ["validFor"] = null,
                ["value"] = value,
            })]),
            ["polymorphicForeignKey"] = field.Polymorphic,
            ["precision"] = field.Type == FieldType.Int ? 0 : field.Digits.Precision,
            ["referenceTo"] = Json.Array(field.ReferenceTo),
            ["relationshipName"] = field.Relationship,
            ["restrictedPicklist"] = field.Restricted,
            ["scale"] = field.Digits.Scale,
            ["soapType"] = field.Type.SoapType(),
            ["sortable"] = field.Type is not (FieldType.Address or FieldType.MultiPicklist or FieldType.TextArea),
            ["type"] = name,
            ["unique"] = field.Unique,
            ["updateable"] = writable,
        };
    }
}
