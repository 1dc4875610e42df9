using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Records;

/// <summary>Reads what a caller wants to write into the form that is stored, and finds what Salesforce would refuse.</summary>
internal sealed class RecordInput(RecordStore records)
{
    /// <summary>Values by field; an empty one clears the field. Throws a refusal for what ends the reading at once.</summary>
    /// <param name="org">Whose records references may name.</param>
    /// <param name="type">What is written.</param>
    /// <param name="input">As it came; <c>attributes</c> is passed over.</param>
    /// <param name="creating">A new record; otherwise a change.</param>
    public Dictionary<SObjectField, JsonNode?> Read(string org, SObjectType type, JsonObject input, bool creating)
    {
        var values = new Dictionary<SObjectField, JsonNode?>();
        foreach (var (name, given) in input)
        {
            if (name == "attributes")
                continue;
            if (type.Field(name) is { } field)
            {
                if (field.Name == "Id")
                    throw new SalesforceRefusal("INVALID_FIELD", "The Id field should not be specified in the sobject data.");
                if (field.ReadOnly)
                    throw new SalesforceRefusal("INVALID_FIELD_FOR_INSERT_UPDATE", $"Unable to create/update fields: {field.Name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.", field.Name);
                values[field] = Value(org, field, given);
            }
            else if (given is JsonObject by && type.Reference(name) is { ReadOnly: false } reference)
            {
                values[reference] = ByExternalId(org, reference, by);
            }
            else
            {
                throw new SalesforceRefusal("INVALID_FIELD", $"No such column '{name}' on sobject of type {type.Name}");
            }
        }

        if (creating)
            Complete(type, values);
        return values;
    }

    /// <summary>Defaults, and what must not be missing.</summary>
    private static void Complete(SObjectType type, Dictionary<SObjectField, JsonNode?> values)
    {
        foreach (var field in type.Fields)
        {
            if (field.Default is not null && field is { ReadOnly: false } or { Type: FieldType.Boolean } && field.Name != "IsDeleted" && !(values.TryGetValue(field, out var given) && given is not null))
                values[field] = field.Type == FieldType.Boolean ? JsonValue.Create(field.Default == "true") : field.Default;
        }

        var missing = type.Fields.Where(field => field.Required && !(values.TryGetValue(field, out var value) && value is not null)).Select(field => field.Name).ToList();
        if (missing.Count > 0)
            throw new SalesforceRefusal("REQUIRED_FIELD_MISSING", $"Required fields are missing: [{string.Join(", ", missing)}]", missing);
    }

    private JsonNode? Value(string org, SObjectField field, JsonNode? given)
    {
        if (given is null || SalesforceJson.Text(given) is { } blank && string.IsNullOrWhiteSpace(blank))
            return field switch
            {
                { Type: FieldType.Boolean } => JsonValue.Create(false),
                { Required: true } => throw new SalesforceRefusal("REQUIRED_FIELD_MISSING", $"Required fields are missing: [{field.Name}]", field.Name),
                _ => null,
            };
        if (given is not JsonValue value)
            throw Unreadable(field, given);
        return field.Type switch
        {
            FieldType.Boolean => Flag(field, value),
            FieldType.Date => Date(field, value),
            FieldType.DateTime => Moment(field, value),
            FieldType.Reference => Reference(org, field, Text(field, value)),
            _ when field.Type.IsNumber() => Number(field, value),
            _ => Checked(field, Text(field, value)),
        };
    }

    private static string Text(SObjectField field, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>().Trim(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => throw Unreadable(field, value),
    };

    private static JsonNode Checked(SObjectField field, string text)
    {
        if (text.Length > field.Length)
            throw new SalesforceRefusal("STRING_TOO_LONG", $"{field.Label}: data value too large: {(text.Length > 60 ? text[..60] + "..." : text)} (max length={field.Length})", field.Name);
        if (field.Type == FieldType.Email && !IsEmail(text))
            throw new SalesforceRefusal("INVALID_EMAIL_ADDRESS", $"{field.Label}: invalid email address: {text}", field.Name);
        if (field.Restricted)
        {
            foreach (var choice in field.Type == FieldType.MultiPicklist ? text.Split(';', StringSplitOptions.TrimEntries) : [text])
            {
                if (!field.Values.Contains(choice, StringComparer.OrdinalIgnoreCase))
                    throw new SalesforceRefusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", $"{field.Label}: bad value for restricted picklist field: {choice}", field.Name);
            }
        }

        return text;
    }

    private static JsonValue Flag(SObjectField field, JsonValue value) => Text(field, value).ToUpperInvariant() switch
    {
        "TRUE" or "1" => JsonValue.Create(true),
        "FALSE" or "0" => JsonValue.Create(false),
        _ => throw Unreadable(field, value),
    };

    private static JsonValue Number(SObjectField field, JsonValue value)
    {
        if (!decimal.TryParse(Text(field, value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || field.Type == FieldType.Int && number != decimal.Truncate(number))
            throw Unreadable(field, value);
        if (Math.Abs(number) >= (decimal)Math.Pow(10, field.Digits.Precision - field.Digits.Scale))
            throw new SalesforceRefusal("NUMBER_OUTSIDE_VALID_RANGE", $"{field.Label}: value outside of valid range on numeric field: {number.ToString(CultureInfo.InvariantCulture)}", field.Name);
        return JsonValue.Create(decimal.Round(number, field.Digits.Scale, MidpointRounding.AwayFromZero));
    }

    private static JsonNode Date(SObjectField field, JsonValue value)
    {
        var text = Text(field, value);
        return FieldValues.TryDate(text, out var date) ? FieldValues.Show(date)
            : FieldValues.TryMoment(text, out var at) ? FieldValues.Show(DateOnly.FromDateTime(at.UtcDateTime))
            : throw Unreadable(field, value);
    }

    private static JsonNode Moment(SObjectField field, JsonValue value)
    {
        var text = Text(field, value);
        return FieldValues.TryMoment(text, out var at) ? FieldValues.Show(at)
            : FieldValues.TryDate(text, out var date) ? FieldValues.Show(new DateTimeOffset(date, default, TimeSpan.Zero))
            : throw Unreadable(field, value);
    }

    private JsonNode Reference(string org, SObjectField field, string text)
    {
        if (!SalesforceIds.TryRead(text, out var id) || SalesforceSchema.OfId(id) is not { } target || !field.ReferenceTo.Contains(target.Name))
            throw new SalesforceRefusal("MALFORMED_ID", $"{field.Label}: id value of incorrect type: {text}", field.Name);
        return records.Get(org, id) switch
        {
            null => throw new SalesforceRefusal("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.Name),
            { Deleted: true } => throw new SalesforceRefusal("ENTITY_IS_DELETED", "entity is deleted", field.Name),
            _ => id,
        };
    }

    /// <summary><c>"Account": {"External_Id__c": "A-1"}</c> instead of an id.</summary>
    private string ByExternalId(string org, SObjectField reference, JsonObject by)
    {
        var key = by.FirstOrDefault(member => member.Key != "attributes");
        var target = SalesforceSchema.Get(reference.ReferenceTo[0]);
        if (key.Key is null || target.Field(key.Key) is not { ExternalId: true } field)
            throw new SalesforceRefusal("INVALID_FIELD", $"More than 1 field provided in an external foreign key reference in entity: {target.Name}");
        var wanted = FieldValues.Show(key.Value);
        return records.All(org, target).FirstOrDefault(record => string.Equals(record.Text(field.Name), wanted, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new SalesforceRefusal("INVALID_FIELD", $"Foreign key external ID: {wanted} not found for field {field.Name} in entity {target.Name}");
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && !text.Any(char.IsWhiteSpace)
            && text[(at + 1)..].Split('.') is { Length: > 1 } labels && labels.All(label => label.Length > 0);
    }

    private static SalesforceRefusal Unreadable(SObjectField field, JsonNode value)
    {
        var kind = field.Type switch
        {
            FieldType.Boolean => "boolean",
            FieldType.Date => "date",
            FieldType.DateTime => "datetime",
            FieldType.Int => "int",
            _ when field.Type.IsNumber() => "double",
            _ => "string",
        };
        var token = value.GetValueKind() switch
        {
            JsonValueKind.Object => "START_OBJECT",
            JsonValueKind.Array => "START_ARRAY",
            JsonValueKind.True => "VALUE_TRUE",
            JsonValueKind.False => "VALUE_FALSE",
            JsonValueKind.Number => "VALUE_NUMBER_FLOAT",
            _ => "VALUE_STRING",
        };
        var shown = FieldValues.Show(value);
        return new SalesforceRefusal(SalesforceError.BadJson($"Cannot deserialize instance of {kind} from {token} value {(shown.Length > 60 ? shown[..60] : shown)} or request may be missing a required field at [line:1, column:2]"));
    }
}
