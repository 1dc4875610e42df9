namespace Patchbay.Sandbox.Vendors.Salesforce.Schema;

/// <summary>One field of an object, as far as it decides what may be written, asked and shown.</summary>
internal sealed record SObjectField(string Name, string Label, FieldType Type)
{
    public int Length { get; init; }

    /// <summary>Digits before and behind the point together, and behind it.</summary>
    public (int Precision, int Scale) Digits { get; init; }

    /// <summary>A record cannot be created without it.</summary>
    public bool Required { get; init; }

    /// <summary>Set by Salesforce itself.</summary>
    public bool ReadOnly { get; init; }

    public bool IsName { get; init; }
    public bool ExternalId { get; init; }
    public bool Unique { get; init; }

    /// <summary>Values of a picklist, in their order.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Other values of the picklist are refused.</summary>
    public bool Restricted { get; init; }

    /// <summary>What a new record has when nothing is given.</summary>
    public string? Default { get; init; }

    /// <summary>The objects a reference may point to; several make it polymorphic.</summary>
    public IReadOnlyList<string> ReferenceTo { get; init; } = [];

    /// <summary>The name of the reference in a path: <c>Account</c> in <c>Account.Name</c>.</summary>
    public string? Relationship { get; init; }

    /// <summary>The name of the other direction, in a subquery: <c>Contacts</c>.</summary>
    public string? ChildRelationship { get; init; }

    public DeleteRule OnDelete { get; init; }

    /// <summary>The fields of an address begin so: "Billing".</summary>
    public string? AddressPrefix { get; init; }

    public bool Custom => Name.EndsWith("__c", StringComparison.Ordinal);

    public bool Polymorphic => ReferenceTo.Count > 1;
}

/// <summary>What happens to a record when the one it points to is deleted.</summary>
internal enum DeleteRule
{
    /// <summary>The reference becomes empty.</summary>
    Clear,

    /// <summary>It is deleted too.</summary>
    Cascade,

    /// <summary>The deletion is refused.</summary>
    Refuse,
}
