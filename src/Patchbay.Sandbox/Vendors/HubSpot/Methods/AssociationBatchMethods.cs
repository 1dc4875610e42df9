using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>/crm/v4/associations and /crm/v3/associations: many at once, and the kinds there are.</summary>
internal sealed class AssociationBatchMethods(CrmWorld world, CrmRecords records, CrmAssociations associations) : IHubSpotMethods
{
    private const string Newer = "/crm/v4/associations/{type}/{toType}";
    private const string Older = "/crm/v3/associations/{type}/{toType}";

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("POST", Newer + "/batch/read", AssociationMethods.Read, call => Read(call, newer: true)),
        new("POST", Newer + "/batch/create", AssociationMethods.Write, Create),
        new("POST", Newer + "/batch/associate/default", AssociationMethods.Write, CreateDefault),
        new("POST", Newer + "/batch/archive", AssociationMethods.Write, call => Archive(call, labels: false)),
        new("POST", Newer + "/batch/labels/archive", AssociationMethods.Write, call => Archive(call, labels: true)),
        new("GET", Newer + "/labels", AssociationMethods.Read, Labels),
        new("POST", Newer + "/labels", AssociationMethods.Write, AddLabel),
        new("POST", Older + "/batch/read", AssociationMethods.Read, call => Read(call, newer: false)),
        new("POST", Older + "/batch/create", AssociationMethods.Write, Create),
        new("POST", Older + "/batch/archive", AssociationMethods.Write, call => Archive(call, labels: false)),
        new("GET", Older + "/types", AssociationMethods.Read, Types),
    ];

    /// <summary>Makes the plain association, and tells it from both ends.</summary>
    public static IEnumerable<JsonNode> Default(CrmAssociations associations, HubRecord from, HubRecord to)
    {
        if (AssociationTypes.Default(ObjectTypes.Get(from.Type), ObjectTypes.Get(to.Type)) is not { } plain)
            throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"{ObjectTypes.Get(from.Type).Name} cannot be associated with {ObjectTypes.Get(to.Type).Name}"));
        associations.Add(from, to, []);
        return [Told(from.Id, to.Id, plain.Id), Told(to.Id, from.Id, plain.Inverse)];
    }

    private HubSpotAnswer Read(HubSpotCall call, bool newer)
    {
        var (from, to) = (AssociationMethods.From(call.Context), AssociationMethods.To(call.Context));
        var (found, missing) = (new List<JsonNode>(), new List<JsonNode>());
        foreach (var id in BatchMethods.Inputs(call).Select(input => PropertyValues.Text(input["id"]) ?? "").Distinct())
        {
            var record = records.Live(call.Portal.Id, from, id);
            var entries = record is null ? [] : associations.Of(record, to);
            if (entries.Count == 0)
            {
                missing.Add(new JsonObject
                {
                    ["status"] = "error",
                    ["category"] = "OBJECT_NOT_FOUND",
                    ["subCategory"] = "crm.associations.NO_ASSOCIATIONS_FOUND",
                    ["message"] = $"No {to.Singular} is associated with {from.Singular} {id}.",
                    ["context"] = new JsonObject { ["fromObjectId"] = new JsonArray(id), ["fromObjectType"] = new JsonArray(from.Singular), ["toObjectType"] = new JsonArray(to.Singular) },
                });
                continue;
            }

            found.Add(new JsonObject
            {
                ["from"] = new JsonObject { ["id"] = id },
                ["to"] = new JsonArray([.. newer
                    ? entries.Select(entry => (JsonNode)AssociationMethods.Entry(associations, record!, to, entry.Id, entry.Types))
                    : entries.SelectMany(entry => entry.Types.Select(link => (JsonNode)new JsonObject { ["id"] = entry.Id, ["type"] = AssociationTypes.Name(from, to, link.TypeId) }))]),
            });
        }

        return BatchMethods.Done(world, StatusCodes.Status200OK, found, missing);
    }

    private HubSpotAnswer Create(HubSpotCall call)
    {
        var (fromType, toType) = (AssociationMethods.From(call.Context), AssociationMethods.To(call.Context));
        var told = new List<JsonNode>();
        foreach (var input in BatchMethods.Inputs(call))
        {
            var (from, to) = Ends(call, input);
            // The older API names one kind by its name, the newer ones by numbers.
            var types = input.Text("type") is { } kind
                ? [(CrmAssociations.Standard, AssociationMethods.KindOf(fromType, toType, kind))]
                : AssociationMethods.TypesOf(input["types"]);
            if (types.Count == 0)
                return HubSpotAnswer.Invalid("Some required fields were not set: [types]");
            AssociationMethods.Demand(associations, from, to, types);
            associations.Add(from, to, types);
            told.Add(new JsonObject
            {
                ["fromObjectTypeId"] = from.Type,
                ["fromObjectId"] = from.Id,
                ["toObjectTypeId"] = to.Type,
                ["toObjectId"] = to.Id,
                ["labels"] = Json.Array(types.Select(type => associations.Label(from.Portal, fromType, toType, type.Category, type.TypeId)).OfType<string>()),
                ["from"] = new JsonObject { ["id"] = from.Id },
                ["to"] = new JsonObject { ["id"] = to.Id },
                ["type"] = input.Text("type"),
            });
        }

        return BatchMethods.Done(world, StatusCodes.Status201Created, told);
    }

    private HubSpotAnswer CreateDefault(HubSpotCall call) => BatchMethods.Done(world, StatusCodes.Status200OK, [.. BatchMethods.Inputs(call).SelectMany(input =>
    {
        var (from, to) = Ends(call, input);
        return Default(associations, from, to).ToList();
    })]);

    private HubSpotAnswer Archive(HubSpotCall call, bool labels)
    {
        var (fromType, toType) = (AssociationMethods.From(call.Context), AssociationMethods.To(call.Context));
        foreach (var input in BatchMethods.Inputs(call))
        {
            var targets = input["to"] is JsonArray many ? many.OfType<JsonObject>() : input["to"] is JsonObject one ? [one] : [];
            var from = records.Live(call.Portal.Id, fromType, IdOf(input["from"]));
            foreach (var to in targets.Select(target => records.Live(call.Portal.Id, toType, IdOf(target))).OfType<HubRecord>())
            {
                if (from is null)
                    continue;
                if (!labels)
                    associations.Remove(from, to);
                foreach (var type in labels ? AssociationMethods.TypesOf(input["types"]) : [])
                    associations.Remove(from, to, type);
            }
        }

        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Labels(HubSpotCall call)
    {
        var (from, to) = (AssociationMethods.From(call.Context), AssociationMethods.To(call.Context));
        var standard = AssociationTypes.Between(from, to).Select(type => LabelShape(CrmAssociations.Standard, type.Id, type.Label));
        return HubSpotAnswer.Ok(new JsonObject { ["results"] = new JsonArray([.. standard.Concat(associations.Labels(call.Portal.Id, from, to).Select(label => LabelShape(CrmAssociations.Own, label.TypeId, label.Label)))]) });
    }

    private HubSpotAnswer AddLabel(HubSpotCall call)
    {
        if (call.Object.Text("label") is not { Length: > 0 } label || call.Object.Text("name") is not { Length: > 0 } name)
            return HubSpotAnswer.Invalid("Some required fields were not set: [label, name]");
        var (from, to) = (AssociationMethods.From(call.Context), AssociationMethods.To(call.Context));
        if (associations.Labels(call.Portal.Id, from, to).Any(existing => existing.Name == name))
            return HubSpotAnswer.Invalid($"An association label with the name {name} exists already");
        var (there, back) = associations.AddLabel(call.Portal.Id, from, to, name, label, call.Object.Text("inverseLabel"));
        return HubSpotAnswer.Ok(new JsonObject { ["results"] = new JsonArray(LabelShape(CrmAssociations.Own, there.TypeId, there.Label), LabelShape(CrmAssociations.Own, back.TypeId, back.Label)) });
    }

    private static HubSpotAnswer Types(HubSpotCall call)
    {
        var (from, to) = (AssociationMethods.From(call.Context), AssociationMethods.To(call.Context));
        return HubSpotAnswer.Ok(new JsonObject
        {
            ["results"] = new JsonArray([.. AssociationTypes.Between(from, to).Select(type => (JsonNode)new JsonObject { ["id"] = $"{type.Id}", ["name"] = AssociationTypes.Name(from, to, type.Id) })]),
        });
    }

    private (HubRecord From, HubRecord To) Ends(HubSpotCall call, JsonObject input) =>
        records.Live(call.Portal.Id, AssociationMethods.From(call.Context), IdOf(input["from"])) is { } from && records.Live(call.Portal.Id, AssociationMethods.To(call.Context), IdOf(input["to"])) is { } to
            ? (from, to)
            : throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"One or more records do not exist: from {IdOf(input["from"])} to {IdOf(input["to"])}"));

    private static string IdOf(JsonNode? node) => PropertyValues.Text((node as JsonObject)?["id"]) ?? "";

    private static JsonObject Told(string from, string to, int type) => new()
    {
        ["from"] = new JsonObject { ["id"] = from },
        ["to"] = new JsonObject { ["id"] = to },
        ["associationSpec"] = new JsonObject { ["associationCategory"] = CrmAssociations.Standard, ["associationTypeId"] = type },
    };

    private static JsonObject LabelShape(string category, int id, string? label) => new() { ["category"] = category, ["typeId"] = id, ["label"] = label };
}
