using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>Rows as replies carry them: {f: [{v}]}, every scalar a string.</summary>
/// <param name="timestamps">FLOAT64 (the default: seconds as 1.7E9), INT64 (microseconds) or ISO8601_STRING.</param>
internal sealed class Cells(string timestamps)
{
    public static Cells For(JsonObject options) => new(Wire.Text(options, "timestampOutputFormat") switch
    {
        "INT64" => "INT64",
        "ISO8601_STRING" => "ISO8601_STRING",
        _ => Wire.Flag(options, "useInt64Timestamp") == true ? "INT64" : "FLOAT64",
    });

    public JsonObject Row(IReadOnlyList<object?> values, IReadOnlyList<SqlType> types) => new()
    {
        ["f"] = new JsonArray([.. values.Zip(types, (value, type) => (JsonNode)new JsonObject { ["v"] = Cell(value, type) })]),
    };

    private JsonNode? Cell(object? value, SqlType type)
    {
        if (type.Kind == TypeKind.Array)
        {
            // A NULL array is an empty one once it leaves the engine.
            var items = value is null ? [] : Lists.Read((string)Lists.Outside(value)!);
            return new JsonArray([.. items.Select(item => (JsonNode)new JsonObject { ["v"] = Cell(item, type.Element!) })]);
        }

        if (value is null)
            return null;
        return type.Kind == TypeKind.Struct ? Row(Lists.Read((string)Lists.Outside(value)!), [.. type.Fields!.Select(field => field.Type)]) : Scalar(value, type.Kind);
    }

    public string Scalar(object value, TypeKind kind) => kind switch
    {
        TypeKind.Bytes => Convert.ToBase64String(Convert.FromHexString((string)value)),
        TypeKind.DateTime => Temporal.Short((string)value),
        TypeKind.Timestamp => Timestamp((long)value),
        TypeKind.Float64 => Float(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => Text.Of(value, kind),
    };

    /// <summary>An array in a result may be empty but hold no NULL.</summary>
    public static void Check(IEnumerable<object?[]> rows, IReadOnlyList<SqlType> types, IReadOnlyList<FieldRecord> fields)
    {
        var arrays = Enumerable.Range(0, types.Count).Where(index => types[index].Kind == TypeKind.Array).ToList();
        if (arrays.Count == 0)
            return;
        foreach (var row in rows)
        {
            foreach (var index in arrays)
            {
                if (row[index] is string list && Lists.Read(list).Contains(null))
                    throw new SqlError($"Array cannot have a null element; error in writing field {fields[index].Name}");
            }
        }
    }

    private string Timestamp(long micros)
    {
        if (timestamps == "INT64")
            return micros.ToString(CultureInfo.InvariantCulture);
        if (timestamps == "ISO8601_STRING")
            return Temporal.Short(Temporal.Of(Temporal.FromMicros(micros))) + "Z";
        var digits = ((Int128)micros is var number && number < 0 ? -number : number).ToString(CultureInfo.InvariantCulture);
        if (digits == "0")
            return "0.0";
        var fraction = digits[1..].TrimEnd('0');
        return FormattableString.Invariant($"{(micros < 0 ? "-" : "")}{digits[0]}.{(fraction.Length == 0 ? "0" : fraction)}E{digits.Length - 7}");
    }

    /// <summary>As Java writes a double, which is how BigQuery's replies look.</summary>
    private static string Float(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        var size = Math.Abs(value);
        if (size == 0 || size is >= 1e-3 and < 1e7)
        {
            var plain = value.ToString("R", CultureInfo.InvariantCulture);
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        var parts = value.ToString("E16", CultureInfo.InvariantCulture).Split('E');
        for (var precision = 1; precision <= 16; precision++)
        {
            var shorter = value.ToString("E" + precision, CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture) == value)
            {
                parts = shorter.Split('E');
                break;
            }
        }

        return $"{parts[0]}E{int.Parse(parts[1], CultureInfo.InvariantCulture)}";
    }
}
