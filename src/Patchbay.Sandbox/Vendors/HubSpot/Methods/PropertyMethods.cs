using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>/crm/v3/properties: what records of a type consist of.</summary>
internal sealed partial class PropertyMethods(CrmWorld world) : IHubSpotMethods
{
    private const string Many = "/crm/v3/properties/{type}";
    private static readonly string[] Types = ["string", "number", "date", "datetime", "enumeration", "bool"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", Many, Read, call => Results(world.Properties(call.Portal.Id, Type(call.Context)).Where(property => property.Archived == call.QueryFlag("archived")).Select(property => property.Shape()))),
        new("POST", Many, Write, call => HubSpotAnswer.Created(Create(call, call.Object).Shape())),
        new("GET", Many + "/{name}", Read, call => HubSpotAnswer.Ok(Property(call).Shape())),
        new("PATCH", Many + "/{name}", Write, Update),
        new("DELETE", Many + "/{name}", Write, Archive),
        new("POST", Many + "/batch/read", Read, BatchRead),
        new("POST", Many + "/batch/create", Write, call => BatchMethods.Done(world, StatusCodes.Status201Created, [.. BatchMethods.Inputs(call).Select(input => Create(call, input).Shape())])),
        new("POST", Many + "/batch/archive", Write, BatchArchive),
        new("GET", Many + "/groups", Read, Groups),
    ];

    /// <summary>To see properties it is enough to see the records.</summary>
    private static IReadOnlyList<string> Read(HttpContext context) => [.. Schema(context, "read"), .. Type(context).Read];

    private static IReadOnlyList<string> Write(HttpContext context) => Schema(context, "write") is { Count: > 0 } schema ? schema : Type(context).Write;

    private static IReadOnlyList<string> Schema(HttpContext context, string verb) => Type(context).Name is "contacts" or "companies" or "deals" ? [$"crm.schemas.{Type(context).Name}.{verb}"] : [];

    private static ObjectType Type(HttpContext context) => ObjectTypes.Get((string?)context.Request.RouteValues["type"]);

    private PropertyDefinition Create(HubSpotCall call, JsonObject sent)
    {
        var type = Type(call.Context);
        var (name, label, kind, field) = (sent.Text("name")?.ToLowerInvariant() ?? "", sent.Text("label") ?? "", sent.Text("type") ?? "", sent.Text("fieldType") ?? "");
        if (name.Length == 0 || label.Length == 0 || kind.Length == 0 || field.Length == 0 || sent.Text("groupName") is not { Length: > 0 } group)
            throw Refuse("Some required fields were not set: [name, label, type, fieldType, groupName]");
        if (!Name().IsMatch(name))
            throw Refuse($"Property name {name} is not valid: it must begin with a letter and hold lower case letters, digits and _");
        if (!Types.Contains(kind))
            throw Refuse($"Invalid input JSON: Cannot deserialize type from String \"{kind}\": not one of the values accepted: [{string.Join(", ", Types)}]");
        if (world.Properties(call.Portal.Id, type).Any(existing => existing.Name == name && !existing.Archived))
            throw new HubSpotRefusalException(HubSpotAnswer.Conflict($"A property named '{name}' already exists."));
        if (group != StandardProperties.GroupOf(type))
            throw Refuse($"Property group {group} does not exist for {type.Name}");
        var property = new PropertyDefinition
        {
            Name = name,
            Label = label,
            Type = kind,
            FieldType = field,
            Group = group,
            Description = sent.Text("description") ?? "",
            Options = kind == "bool" ? [new("True", "true"), new("False", "false")] : PropertyDefinition.OptionsOf(sent),
            Unique = sent.Flag("hasUniqueValue"),
            FormField = sent.Flag("formField"),
            Hidden = sent.Flag("hidden"),
            Order = sent.Number("displayOrder") ?? -1,
            CreatedAt = world.Now,
            UpdatedAt = world.Now,
        };
        world.Put(call.Portal.Id, type, property);
        return property;
    }

    private HubSpotAnswer Update(HubSpotCall call)
    {
        var (old, sent) = (Property(call), call.Object);
        if (old.Standard)
            return HubSpotAnswer.Invalid($"The definition of {old.Name} belongs to HubSpot and cannot be changed");
        var property = old with
        {
            Label = sent.Text("label") ?? old.Label,
            Description = sent.Text("description") ?? old.Description,
            FieldType = sent.Text("fieldType") ?? old.FieldType,
            Options = sent["options"] is JsonArray ? PropertyDefinition.OptionsOf(sent) : old.Options,
            Hidden = sent["hidden"] is null ? old.Hidden : sent.Flag("hidden"),
            FormField = sent["formField"] is null ? old.FormField : sent.Flag("formField"),
            Order = sent.Number("displayOrder") ?? old.Order,
            UpdatedAt = world.Now,
        };
        world.Put(call.Portal.Id, Type(call.Context), property);
        return HubSpotAnswer.Ok(property.Shape());
    }

    private HubSpotAnswer Archive(HubSpotCall call)
    {
        var property = Property(call);
        if (property.Standard)
            return HubSpotAnswer.Invalid($"{property.Name} belongs to HubSpot and cannot be archived");
        world.Put(call.Portal.Id, Type(call.Context), property with { Archived = true, UpdatedAt = world.Now });
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer BatchRead(HubSpotCall call)
    {
        var names = BatchMethods.Inputs(call).Select(input => input.Text("name") ?? "").ToList();
        var found = names.Select(name => world.Property(call.Portal.Id, Type(call.Context), name)).OfType<PropertyDefinition>().ToList();
        var missing = names.Except(found.Select(property => property.Name)).ToList();
        return BatchMethods.Done(world, StatusCodes.Status200OK, found.Select(property => property.Shape()), missing.Count == 0 ? [] :
            [new JsonObject { ["status"] = "error", ["category"] = "OBJECT_NOT_FOUND", ["message"] = "Could not get some properties, they may not exist.", ["context"] = new JsonObject { ["name"] = Json.Array(missing) } }]);
    }

    private HubSpotAnswer BatchArchive(HubSpotCall call)
    {
        foreach (var name in BatchMethods.Inputs(call).Select(input => input.Text("name") ?? ""))
        {
            if (world.Property(call.Portal.Id, Type(call.Context), name) is { Standard: false } own)
                world.Put(call.Portal.Id, Type(call.Context), own with { Archived = true, UpdatedAt = world.Now });
        }

        return HubSpotAnswer.NoContent;
    }

    private static HubSpotAnswer Groups(HubSpotCall call)
    {
        var type = Type(call.Context);
        return Results([new JsonObject { ["name"] = StandardProperties.GroupOf(type), ["label"] = $"{char.ToUpperInvariant(type.Singular[0])}{type.Singular[1..].Replace('_', ' ')} information", ["displayOrder"] = 0, ["archived"] = false }]);
    }

    private PropertyDefinition Property(HubSpotCall call) => world.Property(call.Portal.Id, Type(call.Context), call.Route("name"))
        ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound($"Property \"{call.Route("name")}\" does not exist"));

    private static HubSpotAnswer Results(IEnumerable<JsonNode> results) => HubSpotAnswer.Ok(new JsonObject { ["results"] = new JsonArray([.. results]) });

    private static HubSpotRefusalException Refuse(string message) => new(HubSpotAnswer.Invalid(message));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,99}$")]
    private static partial Regex Name();
}
