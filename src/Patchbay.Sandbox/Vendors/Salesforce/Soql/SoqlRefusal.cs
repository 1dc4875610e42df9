namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Refusals that show where in the query they arose.</summary>
internal static class SoqlRefusal
{
    public static SalesforceRefusal Malformed(string query, int at, string what) => new("MALFORMED_QUERY", Excerpt(query, at) + what);

    public static SalesforceRefusal NoColumn(string query, int at, string column, string entity) => new("INVALID_FIELD",
        Excerpt(query, at) + $"No such column '{column}' on entity '{entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.");

    public static SalesforceRefusal NoRelationship(string query, int at, string relationship) => new("INVALID_FIELD",
        Excerpt(query, at) + $"Didn't understand relationship '{relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.");

    public static SalesforceRefusal NoType(string query, int at, string name) => new("INVALID_TYPE",
        Excerpt(query, at) + $"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.");

    public static SalesforceRefusal Field(string query, int at, string what) => new("INVALID_FIELD", Excerpt(query, at) + what);

    /// <summary>The neighbourhood, a caret below it, and the place in numbers.</summary>
    private static string Excerpt(string query, int at)
    {
        var start = Math.Max(0, at - 30);
        var end = Math.Min(query.Length, at + 30);
        var near = string.Concat(query[start..end].Select(c => char.IsControl(c) ? ' ' : c));
        return $"\n{near}\n{new string(' ', at - start)}^\nERROR at Row:1:Column:{at + 1}\n";
    }
}
