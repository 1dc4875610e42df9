using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Patchbay.Catalog.Loading;

/// <summary>What the JSON schema has against a file, in words.</summary>
internal static class SchemaErrors
{
    /// <summary>The last part says whether the file can be read all the same, so that its other faults are found too.</summary>
    public static IEnumerable<(string Pointer, string Message, bool Readable)> Of(JsonSchema schema, JsonObject root) =>
        schema.Validate(root.ToJsonString()).SelectMany(Flatten).Select(e => (Pointer(e.Path), Words(e), IsOfForm(e.Kind))).Distinct();

    private static bool IsOfForm(ValidationErrorKind kind) =>
        kind is ValidationErrorKind.PatternMismatch or ValidationErrorKind.StringTooLong or ValidationErrorKind.StringTooShort or ValidationErrorKind.TooFewItems or ValidationErrorKind.TooManyItems;

    private static IEnumerable<ValidationError> Flatten(ValidationError error) =>
        error is ChildSchemaValidationError { Errors: var children } && children.Values.Any(c => c.Count > 0)
            ? children.Values.SelectMany(c => c).SelectMany(Flatten)
            : [error];

    // NJsonSchema writes `#/scopes[3].class`; lines are kept by `/scopes/3/class`.
    private static string Pointer(string? path) =>
        "/" + (path ?? "").TrimStart('#', '/').Replace("[", "/", StringComparison.Ordinal)
            .Replace("].", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Replace('.', '/').TrimStart('/');

    private static string Words(ValidationError error)
    {
        var where = string.IsNullOrEmpty(error.Property) ? "The value" : $"'{error.Property}'";
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => $"{where} is missing. Add it.",
            ValidationErrorKind.NoAdditionalPropertiesAllowed => $"{where} is no key known here. Correct its spelling or remove it.",
            ValidationErrorKind.NotInEnumeration => $"{where} must be one of: {string.Join(", ", error.Schema.Enumeration)}.",
            ValidationErrorKind.PatternMismatch => $"{where} must match {error.Schema.Pattern}.",
            ValidationErrorKind.StringTooLong => $"{where} is longer than {error.Schema.MaxLength} characters. Shorten it.",
            ValidationErrorKind.StringExpected => $"{where} must be text. Put it in quotes.",
            ValidationErrorKind.TooFewItems => $"{where} has fewer than {error.Schema.MinItems} entries. Add one.",
            ValidationErrorKind.StringTooShort => $"{where} is shorter than {error.Schema.MinLength} characters. Say more.",
            _ => $"{where} has the wrong form ({error.Kind}). Compare it with connector.schema.json.",
        };
    }
}
