using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>Rows and parameters of requests as kept values.</summary>
internal static class Incoming
{
    /// <summary>What is wrong with a field of a row.</summary>
    internal sealed class FieldError(string field, string message) : Exception(message)
    {
        public string Field { get; } = field;
    }

    /// <summary>A JSON row of insertAll, in the order of the columns.</summary>
    /// <exception cref="FieldError">A value does not fit, is missing or unknown.</exception>
    public static object?[] Row(JsonObject row, IReadOnlyList<FieldRecord> fields, bool ignoreUnknown)
    {
        if (!ignoreUnknown && row.FirstOrDefault(member => !fields.Any(field => Named(field, member.Key))) is { Key: { } unknown })
            throw new FieldError(unknown, $"no such field: {unknown}.");
        return [.. fields.Select(field => Value(row.FirstOrDefault(member => Named(field, member.Key)).Value, field, field.Name, ignoreUnknown))];
    }

    private static bool Named(FieldRecord field, string name) => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase);

    private static object? Value(JsonNode? json, FieldRecord field, string path, bool ignoreUnknown)
    {
        if (field.Mode == "REPEATED")
        {
            var items = json switch
            {
                null => [],
                JsonArray array => array.Select(item => Single(item ?? throw new FieldError(path, "Only optional fields can be set to NULL. Field: " + path + "; Value: NULL"), field, path, ignoreUnknown)),
                _ => throw new FieldError(path, "Array specified for non-repeated field or single value for repeated field: " + path),
            };
            return Lists.Write(items.Select(item => field.Type == "RECORD" ? new RawJson((string)item!) : item));
        }

        if (json is null)
            return field.Mode == "REQUIRED" ? throw new FieldError(path, $"Missing required field: {path}.") : null;
        if (json is JsonArray)
            throw new FieldError(path, $"Array specified for non-repeated field: {path}.");
        return Single(json, field, path, ignoreUnknown);
    }

    private static object? Single(JsonNode json, FieldRecord field, string path, bool ignoreUnknown)
    {
        if (field.Type == "RECORD")
        {
            if (json is not JsonObject row)
                throw new FieldError(path, $"This field: {path} is not a record.");
            try
            {
                var values = Row(row, field.Fields!, ignoreUnknown);
                return Lists.Write(values.Zip(field.Fields!, (value, inner) => value is string text && (inner.Mode == "REPEATED" || inner.Type == "RECORD") ? new RawJson(text) : value));
            }
            catch (FieldError error)
            {
                throw new FieldError($"{path}.{error.Field}", error.Message);
            }
        }

        if (json is not JsonValue value)
            throw new FieldError(path, $"This field: {path} is not a record.");
        var kind = Schemas.Type(field with { Mode = "NULLABLE" }).Kind;
        var text = Wire.Text(value);
        try
        {
            return Scalar(text, kind, value.GetValueKind() == System.Text.Json.JsonValueKind.Number);
        }
        catch (SqlError)
        {
            throw new FieldError(path, $"Cannot convert value to {Word(kind)} (bad value): {text}");
        }
    }

    private static string Word(TypeKind kind) => kind switch { TypeKind.Int64 => "integer", TypeKind.Float64 => "double", TypeKind.Bool => "boolean", var other => other.ToString().ToLowerInvariant() };

    /// <summary>A scalar as clients write it.</summary>
    /// <param name="number">It was a JSON number: as a TIMESTAMP that is seconds.</param>
    public static object? Scalar(string text, TypeKind kind, bool number = false)
    {
        switch (kind)
        {
            case TypeKind.Bytes:
                try
                {
                    return Convert.ToHexStringLower(Convert.FromBase64String(text));
                }
                catch (FormatException)
                {
                    throw new SqlError("Invalid base64 value");
                }

            case TypeKind.Timestamp when number || (text.Length > 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !text.Contains('-', StringComparison.Ordinal)):
                var seconds = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && Math.Abs(parsed) < 1e12m ? parsed : throw new SqlError("Invalid timestamp");
                return Temporal.Micros(Temporal.FromMicros((long)(seconds * 1_000_000m)));
            case TypeKind.Int64 when text.EndsWith(".0", StringComparison.Ordinal):
                return Conversion.Cast(text[..^2], TypeKind.String, kind);
            default:
                return Sql.Values.Text.WithoutNul(Conversion.Cast(text, TypeKind.String, kind));
        }
    }

    /// <summary>A query parameter: its type and its kept value, null for NULL.</summary>
    public static (SqlType Type, object? Value) Parameter(JsonNode? parameter)
    {
        var type = ParameterType(Wire.Object(parameter, "parameterType"));
        return (type, ParameterValue(Wire.Object(parameter, "parameterValue"), type));
    }

    private static SqlType ParameterType(JsonObject? type)
    {
        var name = Wire.Text(type, "type")?.ToUpperInvariant() ?? throw BigQueryErrors.Invalid("Missing parameter type");
        return name switch
        {
            "ARRAY" => SqlType.ArrayOf(ParameterType(Wire.Object(type, "arrayType"))),
            "STRUCT" => SqlType.StructOf([.. (Wire.List(type, "structTypes") ?? []).Select(field => new StructField(Wire.Text(field, "name") ?? "", ParameterType(Wire.Object(field, "type"))))]),
            _ => SqlType.Named(name) ?? throw BigQueryErrors.Invalid($"The Patchbay sandbox does not support parameters of type {name}"),
        };
    }

    private static object? ParameterValue(JsonObject? value, SqlType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Array:
                return Wire.List(value, "arrayValues") is { } items ? Lists.Write(items.Select(item => Raw(ParameterValue(item as JsonObject, type.Element!), type.Element!))) : value is null || value.Count == 0 ? "[]" : null;
            case TypeKind.Struct:
                var members = Wire.Object(value, "structValues");
                return members is null ? null : Lists.Write(type.Fields!.Select(field => Raw(ParameterValue(Wire.Object(members, field.Name), field.Type), field.Type)));
            default:
                if (Wire.Text(value, "value") is not { } text)
                    return null;
                try
                {
                    return type.Kind == TypeKind.Timestamp ? Conversion.Cast(text, TypeKind.String, type.Kind) : Scalar(text, type.Kind);
                }
                catch (SqlError)
                {
                    throw BigQueryErrors.Invalid($"Invalid value for type {type}: \"{text}\"");
                }
        }
    }

    private static object? Raw(object? value, SqlType type) => type.IsNested && value is string text ? new RawJson(text) : value;
}
