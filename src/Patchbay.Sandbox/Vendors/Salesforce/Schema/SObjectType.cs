namespace Patchbay.Sandbox.Vendors.Salesforce.Schema;

/// <summary>An object: its name, the prefix of its ids, and its fields.</summary>
internal sealed class SObjectType
{
    private readonly Dictionary<string, SObjectField> fields;
    private readonly Dictionary<string, SObjectField> relationships;

    public SObjectType(string name, string plural, string keyPrefix, IEnumerable<SObjectField> own, SObjectKind kind = SObjectKind.Owned)
    {
        (Name, KeyPrefix, Kind) = (name, keyPrefix, kind);
        (Label, LabelPlural) = (name.Replace("__c", "", StringComparison.Ordinal).Replace('_', ' '), plural);
        Fields = [.. Before(kind), .. own, .. After()];
        NameField = Fields.FirstOrDefault(field => field.IsName);
        fields = Fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
        relationships = Fields.Where(field => field.Relationship is not null).ToDictionary(field => field.Relationship!, StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; }
    public string Label { get; }
    public string LabelPlural { get; }
    public string KeyPrefix { get; }
    public SObjectKind Kind { get; }
    public IReadOnlyList<SObjectField> Fields { get; }
    public bool Custom => Name.EndsWith("__c", StringComparison.Ordinal);
    public bool Writable => Kind != SObjectKind.Fixed;

    public SObjectField? Field(string name) => fields.GetValueOrDefault(name);

    /// <summary>By the name of a path: <c>Account</c>, <c>Owner</c>, <c>Project__r</c>.</summary>
    public SObjectField? Reference(string relationship) => relationships.GetValueOrDefault(relationship);

    /// <summary>The field that names a record to people: Name, Subject, CaseNumber.</summary>
    public SObjectField? NameField { get; }

    private static IEnumerable<SObjectField> Before(SObjectKind kind)
    {
        yield return Schema.Fields.New("Id", FieldType.Id) with { Length = 18, ReadOnly = true };
        yield return Schema.Fields.Flag("IsDeleted") with { ReadOnly = true };
        if (kind == SObjectKind.Owned)
            yield return Schema.Fields.Lookup("OwnerId", null, "User");
    }

    private static IEnumerable<SObjectField> After()
    {
        yield return Schema.Fields.Moment("CreatedDate") with { ReadOnly = true };
        yield return Schema.Fields.Lookup("CreatedById", null, "User") with { ReadOnly = true };
        yield return Schema.Fields.Moment("LastModifiedDate") with { ReadOnly = true };
        yield return Schema.Fields.Lookup("LastModifiedById", null, "User") with { ReadOnly = true };
        yield return Schema.Fields.Moment("SystemModstamp") with { ReadOnly = true };
    }
}

internal enum SObjectKind
{
    /// <summary>A person owns each record.</summary>
    Owned,

    /// <summary>Records without an owner.</summary>
    Free,

    /// <summary>Part of the set-up: it is read and not written by the API.</summary>
    Fixed,
}
