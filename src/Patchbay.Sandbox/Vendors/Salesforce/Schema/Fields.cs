namespace Patchbay.Sandbox.Vendors.Salesforce.Schema;

/// <summary>Short forms to write an object's fields down.</summary>
internal static class Fields
{
    public static SObjectField Text(string name, int length = 255) => New(name, FieldType.String) with { Length = length };

    public static SObjectField LongText(string name, int length = 32_000) => New(name, FieldType.TextArea) with { Length = length };

    public static SObjectField Email(string name) => New(name, FieldType.Email) with { Length = 80 };

    public static SObjectField Phone(string name) => New(name, FieldType.Phone) with { Length = 40 };

    public static SObjectField Url(string name) => New(name, FieldType.Url) with { Length = 255 };

    public static SObjectField Flag(string name) => New(name, FieldType.Boolean) with { Default = "false" };

    public static SObjectField Whole(string name) => New(name, FieldType.Int) with { Digits = (8, 0) };

    public static SObjectField Money(string name) => New(name, FieldType.Currency) with { Digits = (18, 2) };

    public static SObjectField Number(string name, int scale = 2) => New(name, FieldType.Double) with { Digits = (18, scale) };

    public static SObjectField Percent(string name) => New(name, FieldType.Percent) with { Digits = (3, 0) };

    public static SObjectField Day(string name) => New(name, FieldType.Date);

    public static SObjectField Moment(string name) => New(name, FieldType.DateTime);

    public static SObjectField Picklist(string name, params string[] values) => New(name, FieldType.Picklist) with { Length = 255, Values = values };

    public static SObjectField MultiPicklist(string name, params string[] values) =>
        New(name, FieldType.MultiPicklist) with { Length = 4099, Values = values, Restricted = true };

    /// <param name="name">"AccountId" or "Account__c".</param>
    /// <param name="children">The name of the other direction; null for none.</param>
    /// <param name="to">The objects it may point to.</param>
    public static SObjectField Lookup(string name, string? children, params string[] to) => New(name, FieldType.Reference) with
    {
        Length = 18,
        ReferenceTo = to,
        Relationship = name.EndsWith("__c", StringComparison.Ordinal) ? name[..^1] + "r" : name[..^2],
        ChildRelationship = children,
    };

    public static SObjectField ExternalId(string name) => Text(name, 64) with { ExternalId = true, Unique = true };

    /// <summary>Street, city, state, postal code and country, and their compound.</summary>
    public static IEnumerable<SObjectField> Address(string prefix) =>
    [
        LongText(prefix + "Street", 255), Text(prefix + "City", 40), Text(prefix + "State", 80), Text(prefix + "PostalCode", 20), Text(prefix + "Country", 80),
        New(prefix + "Address", FieldType.Address) with { ReadOnly = true, AddressPrefix = prefix },
    ];

    public static SObjectField New(string name, FieldType type) => new(name, LabelOf(name), type);

    /// <summary>"AnnualRevenue" reads "Annual Revenue", "AccountId" "Account ID", "Go_Live__c" "Go Live".</summary>
    private static string LabelOf(string name)
    {
        var bare = name.EndsWith("__c", StringComparison.Ordinal) ? name[..^3] : name;
        var label = new System.Text.StringBuilder();
        for (var index = 0; index < bare.Length; index++)
        {
            if (bare[index] == '_')
                label.Append(' ');
            else if (index > 0 && char.IsUpper(bare[index]) && char.IsLower(bare[index - 1]))
                label.Append(' ').Append(bare[index]);
            else
                label.Append(bare[index]);
        }

        return label.ToString() is var text && text.EndsWith(" Id", StringComparison.Ordinal) ? text[..^1] + "D" : label.ToString();
    }
}
