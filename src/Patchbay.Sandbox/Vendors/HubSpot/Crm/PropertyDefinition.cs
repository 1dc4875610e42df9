using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <param name="Label">For people.</param>
/// <param name="Value">As stored.</param>
internal sealed record PropertyOption(string Label, string Value);

/// <summary>What a property of an object type is.</summary>
internal sealed record PropertyDefinition
{
    public required string Name { get; init; }
    public required string Label { get; init; }

    /// <summary>string, number, date, datetime, enumeration or bool.</summary>
    public required string Type { get; init; }

    public required string FieldType { get; init; }
    public required string Group { get; init; }
    public string Description { get; init; } = "";
    public IReadOnlyList<PropertyOption> Options { get; init; } = [];
    public bool ReadOnly { get; init; }

    /// <summary>No two records of the type may have the same value; records can be found by it.</summary>
    public bool Unique { get; init; }

    public bool FormField { get; init; }
    public bool Hidden { get; init; }
    public int Order { get; init; } = -1;

    /// <summary>Ships with HubSpot.</summary>
    public bool Standard { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public bool Archived { get; init; }

    /// <summary>Several values, separated by semicolons.</summary>
    public bool Multiple => FieldType == "checkbox";

    public JsonObject Shape()
    {
        var body = new JsonObject
        {
            ["name"] = Name,
            ["label"] = Label,
            ["type"] = Type,
            ["fieldType"] = FieldType,
            ["description"] = Description,
            ["groupName"] = Group,
            ["options"] = new JsonArray([.. Options.Select((option, index) => (JsonNode)new JsonObject
            {
                ["label"] = option.Label,
                ["value"] = option.Value,
                ["displayOrder"] = index,
                ["hidden"] = false,
            })]),
            ["displayOrder"] = Order,
            ["calculated"] = false,
            ["externalOptions"] = Name == "hubspot_owner_id",
            ["hasUniqueValue"] = Unique && Name != "email",
            ["hidden"] = Hidden,
            ["formField"] = FormField,
            ["archived"] = Archived,
            ["dataSensitivity"] = "non_sensitive",
            ["modificationMetadata"] = new JsonObject { ["archivable"] = !Standard, ["readOnlyDefinition"] = Standard, ["readOnlyValue"] = ReadOnly },
        };
        if (Standard)
            body["hubspotDefined"] = true;
        if (CreatedAt is { } created)
            body["createdAt"] = HubTime.Text(created);
        if (UpdatedAt is { } updated)
            body["updatedAt"] = HubTime.Text(updated);
        return body;
    }

    /// <summary>Options as they are sent: objects with a label and a value.</summary>
    public static IReadOnlyList<PropertyOption> OptionsOf(JsonNode? body) => (body as JsonObject)?["options"] is JsonArray list
        ? [.. list.OfType<JsonObject>().Where(option => option.Text("value") is { Length: > 0 }).Select(option => new PropertyOption(option.Text("label") ?? option.Text("value")!, option.Text("value")!))]
        : [];
}
