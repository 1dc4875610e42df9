using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>The API's schemas and GoogleSQL's types.</summary>
internal static partial class Schemas
{
    public static SqlType Type(FieldRecord field) => field.Mode == "REPEATED" ? SqlType.ArrayOf(Single(field)) : Single(field);

    private static SqlType Single(FieldRecord field) => field.Type switch
    {
        "RECORD" => SqlType.StructOf([.. field.Fields!.Select(inner => new StructField(inner.Name, Type(inner)))]),
        "INTEGER" => SqlType.Int64,
        "FLOAT" => SqlType.Float64,
        "BOOLEAN" => SqlType.Bool,
        var name => SqlType.Named(name)!,
    };

    public static FieldRecord Field(string name, SqlType type, bool required = false)
    {
        var repeated = type.Kind == TypeKind.Array;
        var single = repeated ? type.Element! : type;
        return new FieldRecord(name, Name(single), repeated ? "REPEATED" : required ? "REQUIRED" : "NULLABLE", Fields: single.Kind == TypeKind.Struct
            ? [.. single.Fields!.Select((field, index) => Field(field.Name.Length == 0 ? $"_field_{index + 1}" : field.Name, field.Type))]
            : null);
    }

    /// <summary>The schema of a result: columns without a name are f0_, f1_, ...</summary>
    public static List<FieldRecord> Of(IReadOnlyList<OutColumn> columns)
    {
        var fields = columns.Select((column, index) => Field(column.Name ?? $"f{index}_", column.Type)).ToList();
        var twice = fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        return twice.Count == 0 ? fields : throw new SqlError($"Duplicate column names in the result are not supported. Found duplicate(s): {string.Join(", ", twice)}");
    }

    private static string Name(SqlType type) => type.Kind switch
    {
        TypeKind.Int64 => "INTEGER",
        TypeKind.Float64 => "FLOAT",
        TypeKind.Bool => "BOOLEAN",
        TypeKind.Struct => "RECORD",
        _ => type.ToString(),
    };

    public static JsonObject Json(IEnumerable<FieldRecord> fields) => new() { ["fields"] = new JsonArray([.. fields.Select(Json)]) };

    private static JsonNode Json(FieldRecord field)
    {
        var json = new JsonObject { ["name"] = field.Name, ["type"] = field.Type, ["mode"] = field.Mode };
        if (field.Description is not null)
            json["description"] = field.Description;
        if (field.Default is not null)
            json["defaultValueExpression"] = field.Default;
        if (field.Fields is not null)
            json["fields"] = new JsonArray([.. field.Fields.Select(Json)]);
        return json;
    }

    /// <summary>Reads the schema of a request.</summary>
    public static List<FieldRecord> Read(JsonObject? schema)
    {
        var fields = Wire.List(schema, "fields")?.Select(field => Read(field, 1)).ToList() ?? [];
        return fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw BigQueryErrors.Invalid($"Field {twice.Key} already exists in schema")
            : fields;
    }

    private static FieldRecord Read(JsonNode? json, int depth)
    {
        var name = Wire.Text(json, "name") ?? throw BigQueryErrors.Invalid("Field name is missing in schema");
        if (!ColumnName().IsMatch(name))
            throw BigQueryErrors.Invalid($"Invalid field name \"{name}\". Fields must contain only letters, numbers, and underscores, start with a letter or underscore, and be at most 300 characters long.");
        var written = (Wire.Text(json, "type") ?? throw BigQueryErrors.Invalid($"Type of field {name} is missing in schema")).ToUpperInvariant();
        var mode = (Wire.Text(json, "mode") ?? "NULLABLE").ToUpperInvariant();
        if (mode is not ("NULLABLE" or "REQUIRED" or "REPEATED"))
            throw BigQueryErrors.Invalid($"Invalid mode {mode} of field {name}");
        List<FieldRecord>? inner = null;
        if (written is "RECORD" or "STRUCT")
        {
            if (depth > 15 || Wire.List(json, "fields") is not { Count: > 0 } fields)
                throw BigQueryErrors.Invalid(depth > 15 ? "Schema is nested too deeply" : $"Field {name} is type RECORD but has no schema");
            inner = [.. fields.Select(field => Read(field, depth + 1))];
        }
        else if (SqlType.Named(written) is null)
        {
            throw BigQueryErrors.Invalid(written is "JSON" or "GEOGRAPHY" or "BIGNUMERIC" or "BIGDECIMAL" or "INTERVAL" or "RANGE" ? $"The Patchbay sandbox does not support the type {written}" : $"Invalid value for type: {written} is not a valid value");
        }

        return new FieldRecord(name, inner is null ? Name(SqlType.Named(written)!) : "RECORD", mode, Wire.Text(json, "description"), inner, Wire.Text(json, "defaultValueExpression"));
    }

    public static bool IsId(string id) => id.Length is > 0 and <= 1024 && DatasetId().IsMatch(id);

    public static bool IsTableId(string id) => id.Length is > 0 and <= 1024 && TableId().IsMatch(id);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,299}$")]
    private static partial Regex ColumnName();

    [GeneratedRegex("^[A-Za-z0-9_]+$")]
    private static partial Regex DatasetId();

    [GeneratedRegex("^[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd} ]+$")]
    private static partial Regex TableId();
}
