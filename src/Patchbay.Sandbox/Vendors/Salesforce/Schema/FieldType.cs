namespace Patchbay.Sandbox.Vendors.Salesforce.Schema;

/// <summary>Field types, by the names that a describe call uses.</summary>
internal enum FieldType
{
    Id,
    String,
    TextArea,
    Email,
    Phone,
    Url,
    Boolean,
    Int,
    Double,
    Currency,
    Percent,
    Date,
    DateTime,
    Picklist,
    MultiPicklist,
    Reference,

    /// <summary>A compound of the fields whose names share its beginning; read only.</summary>
    Address,
}

internal static class FieldTypes
{
    public static bool IsText(this FieldType type) =>
        type is FieldType.Id or FieldType.String or FieldType.TextArea or FieldType.Email or FieldType.Phone or FieldType.Url
            or FieldType.Picklist or FieldType.MultiPicklist or FieldType.Reference;

    public static bool IsNumber(this FieldType type) => type is FieldType.Int or FieldType.Double or FieldType.Currency or FieldType.Percent;

    public static string SoapType(this FieldType type) => type switch
    {
        FieldType.Id or FieldType.Reference => "tns:ID",
        FieldType.Boolean => "xsd:boolean",
        FieldType.Int => "xsd:int",
        FieldType.Double or FieldType.Currency or FieldType.Percent => "xsd:double",
        FieldType.Date => "xsd:date",
        FieldType.DateTime => "xsd:dateTime",
        FieldType.Address => "urn:address",
        _ => "xsd:string",
    };
}
