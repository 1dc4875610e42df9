using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>A path such as Account.Owner.Name, found in the objects.</summary>
/// <param name="Hops">The references to follow.</param>
/// <param name="Field">What is read at the end.</param>
/// <param name="AnyKind">The last reference may lead to several objects: the field is looked up again at each record.</param>
internal sealed record BoundPath(IReadOnlyList<SObjectField> Hops, SObjectField Field, bool AnyKind)
{
    /// <summary>As results spell it.</summary>
    public string Name => string.Join('.', Hops.Select(hop => hop.Relationship).Append(Field.Name));

    public JsonNode? Raw(SObjectRecord record, Related related) =>
        End(record, related) is { } end ? RawAt(end) : null;

    public object? Value(SObjectRecord record, Related related) =>
        FieldValues.Read(Field, Raw(record, related));

    /// <summary>The value of the field at a record that the references led to.</summary>
    public JsonNode? RawAt(SObjectRecord end) => !AnyKind ? end.Raw(Field) : Field.Name switch
    {
        "Type" => end.Type,
        "Name" => end.Schema.NameField is { } name ? end.Raw(name) : null,
        _ => end.Schema.Field(Field.Name) is { } field ? end.Raw(field) : null,
    };

    private SObjectRecord? End(SObjectRecord record, Related related)
    {
        var at = record;
        foreach (var hop in Hops)
        {
            if (related.Follow(at, hop) is not { } next)
                return null;
            at = next;
        }

        return at;
    }

    /// <summary>Finds a path, or refuses it the way Salesforce does.</summary>
    public static BoundPath Bind(SObjectType type, SoqlExpression.Path path, string source, string? alias)
    {
        var names = path.Names;
        if (names.Count > 1 && (names[0].Equals(alias, StringComparison.OrdinalIgnoreCase) || names[0].Equals(type.Name, StringComparison.OrdinalIgnoreCase) && type.Reference(names[0]) is null))
            names = [.. names.Skip(1)];
        var (hops, at, anyKind) = (new List<SObjectField>(), type, false);
        foreach (var name in names.SkipLast(1))
        {
            var hop = anyKind ? null : at.Reference(name);
            if (hop is null)
                throw SoqlRefusal.NoRelationship(source, path.At, name);
            hops.Add(hop);
            anyKind = hop.Polymorphic;
            at = anyKind ? SalesforceSchema.AnyName : SalesforceSchema.Get(hop.ReferenceTo[0]);
        }

        return at.Field(names[^1]) is { } field ? new BoundPath(hops, field, anyKind) : throw SoqlRefusal.NoColumn(source, path.At, names[^1], at.Name);
    }
}

/// <summary>Records that one query met on its way, each read once.</summary>
internal sealed class Related(RecordStore records, string org)
{
    private readonly Dictionary<string, SObjectRecord?> met = [];

    public SObjectRecord? Follow(SObjectRecord from, SObjectField reference)
    {
        if (from.Text(reference.Name) is not { } id)
            return null;
        if (!met.TryGetValue(id, out var record))
            met[id] = record = records.Living(org, id);
        return record;
    }
}
