using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>One column of plain records.</summary>
/// <param name="Path">Where it is read.</param>
/// <param name="Function">Applied to what is read; null for the field itself.</param>
/// <param name="Alias">Its name in the result when a function gives it.</param>
internal sealed record SoqlColumn(BoundPath Path, string? Function, string? Alias);

/// <summary>Builds the JSON of a record: columns, records behind references, lists of children.</summary>
internal sealed class SoqlShape(SObjectType type, string root, Related related)
{
    public List<SoqlColumn> Columns { get; } = [];

    /// <summary>Lists of children by their relationship's name.</summary>
    public List<(string Name, Func<SObjectRecord, JsonNode?> Build)> Lists { get; } = [];

    /// <summary>Parts that depend on the kind of record behind a reference.</summary>
    public List<(SObjectField Reference, Func<SObjectRecord, IReadOnlyList<BoundPath>> FieldsOf)> ByType { get; } = [];

    public JsonObject Row(SObjectRecord record)
    {
        var row = Head(record, root);
        foreach (var column in Columns)
            Place(row, record, column.Path, column.Alias, column.Function);
        foreach (var (reference, fieldsOf) in ByType)
        {
            var target = related.Follow(record, reference);
            var part = target is null ? null : Head(target, root);
            row[reference.Relationship!] = part;
            foreach (var path in target is null ? [] : fieldsOf(target))
                Place(part!, target!, path, null, null);
        }

        foreach (var (name, build) in Lists)
            row[name] = build(record);
        return row;
    }

    /// <summary>The cells of a record for CSV.</summary>
    public IEnumerable<string> Cells(SObjectRecord record) => Columns.Select(column => FieldValues.Show(column.Path.Raw(record, related)));

    public IEnumerable<string> Headers => Columns.Select(column => column.Alias ?? column.Path.Name);

    public static JsonObject Head(SObjectRecord record, string root) => new()
    {
        ["attributes"] = new JsonObject { ["type"] = record.Type, ["url"] = $"{root}/sobjects/{record.Type}/{record.Id}" },
    };

    private void Place(JsonObject row, SObjectRecord record, BoundPath path, string? alias, string? function)
    {
        var (at, end) = (row, record);
        foreach (var hop in path.Hops)
        {
            var next = related.Follow(end, hop);
            if (next is null)
            {
                at.TryAdd(hop.Relationship!, null);
                return;
            }

            if (at[hop.Relationship!] is not JsonObject part)
                at[hop.Relationship!] = part = path.AnyKind && hop == path.Hops[^1] ? Named(next) : Head(next, root);
            (at, end) = (part, next);
        }

        at[alias ?? path.Field.Name] = function is null ? path.RawAt(end)?.DeepClone() : SoqlValues.Show(SoqlFunctions.Apply(function, FieldValues.Read(path.Field, path.RawAt(end))));
    }

    /// <summary>Behind a reference with several targets Salesforce calls every record a Name.</summary>
    private JsonObject Named(SObjectRecord record) => new()
    {
        ["attributes"] = new JsonObject { ["type"] = "Name", ["url"] = $"{root}/sobjects/{record.Type}/{record.Id}" },
    };

    public SObjectType Type => type;

    public string Root => root;
}
