using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Records;

/// <summary>A record as it is stored.</summary>
internal sealed record SObjectRecord
{
    public required string Id { get; init; }

    /// <summary>Id of the organisation.</summary>
    public required string Org { get; init; }

    public required string Type { get; init; }

    /// <summary>In the recycle bin: only queryAll and the list of deletions see it.</summary>
    public bool Deleted { get; init; }

    /// <summary>By the fields' own names: text, numbers, true and false. What is empty is not there.</summary>
    public required JsonObject Values { get; init; }

    public SObjectType Schema => SalesforceSchema.Get(Type);

    public JsonNode? Raw(SObjectField field) => field.Name switch
    {
        "Id" => Id,
        "IsDeleted" => Deleted,
        _ when field.AddressPrefix is { } prefix => Address(prefix),
        _ => Values[field.Name],
    };

    /// <summary>The value to compare and sort by; null when empty.</summary>
    public object? Value(SObjectField field) => FieldValues.Read(field, Raw(field));

    public string? Text(string field) => SalesforceJson.Text(Values[field]);

    public bool Flag(string field) => Values[field] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public decimal? Number(string field) => FieldValues.Number(Values[field]);

    /// <summary>What names it to people.</summary>
    public string Title => Schema.NameField is { } name && Text(name.Name) is { Length: > 0 } title ? title : Id;

    private JsonObject? Address(string prefix)
    {
        string[] parts = ["City", "Country", "PostalCode", "State", "Street"];
        if (parts.All(part => Values[prefix + part] is null))
            return null;
        var address = new JsonObject { ["geocodeAccuracy"] = null, ["latitude"] = null, ["longitude"] = null };
        foreach (var part in parts)
            address[char.ToLowerInvariant(part[0]) + part[1..]] = Values[prefix + part]?.DeepClone();
        return address;
    }
}
