namespace Patchbay.Sandbox.Vendors.Salesforce.Schema;

/// <summary>All objects. The same in every organisation of this world.</summary>
internal static class SalesforceSchema
{
    private static readonly Dictionary<string, SObjectType> ByName;
    private static readonly Dictionary<string, SObjectType> ByPrefix;

    static SalesforceSchema()
    {
        Types = [.. SalesObjects.All.Concat(ServiceObjects.All).OrderBy(type => type.Name, StringComparer.Ordinal)];
        ByName = Types.ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);
        ByPrefix = Types.ToDictionary(type => type.KeyPrefix, StringComparer.Ordinal);
    }

    public static IReadOnlyList<SObjectType> Types { get; }

    /// <summary>What every record behind a reference with several targets can be asked for.</summary>
    public static SObjectType AnyName { get; } = new("Name", "Names", "000",
    [
        Fields.Text("Name") with { IsName = true }, Fields.Text("Type", 40), Fields.Text("FirstName", 40), Fields.Text("LastName", 80), Fields.Email("Email"),
        Fields.Phone("Phone"), Fields.Text("Title"), Fields.Text("Username", 80), Fields.Text("Alias", 8),
    ], SObjectKind.Fixed);

    public static SObjectType? Find(string name) => ByName.GetValueOrDefault(name);

    public static SObjectType Get(string name) => ByName[name];

    /// <summary>The object an id belongs to, by its first three characters.</summary>
    public static SObjectType? OfId(string id) => id.Length >= 3 ? ByPrefix.GetValueOrDefault(id[..3]) : null;

    /// <summary>Who points to an object, and under which name a subquery finds them.</summary>
    public static IEnumerable<(SObjectType Child, SObjectField Field)> Children(SObjectType parent) =>
        from child in Types
        from field in child.Fields
        where field.ReferenceTo.Contains(parent.Name)
        select (child, field);
}
