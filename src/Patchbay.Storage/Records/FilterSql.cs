using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Apps.Entities.Filters;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Records;

/// <summary>Compiles filters and sorts. Each part is true or false and never SQL's null, so that NOT means what it means in
/// <see cref="FilterEvaluator"/>.</summary>
internal sealed class FilterSql(Dialect dialect, Args args)
{
    private readonly RecordSyntax _syntax = dialect.Records;

    public string Where(RecordFilter? filter) => filter switch
    {
        null => "TRUE",
        RecordFilter.All { Parts.Count: 0 } => "TRUE",
        RecordFilter.All all => Joined(" AND ", all.Parts),
        RecordFilter.Any { Parts.Count: 0 } => "FALSE",
        RecordFilter.Any any => Joined(" OR ", any.Parts),
        RecordFilter.Not not => $"NOT {Where(not.Part)}",
        RecordFilter.Exists exists => exists.Wanted ? $"({Field(exists.Field).Exists})" : $"(NOT ({Field(exists.Field).Exists}))",
        RecordFilter.In { Values.Count: 0 } => "FALSE",
        RecordFilter.In any => In(any),
        RecordFilter.Compare compare => Compare(compare),
        _ => throw new ArgumentException($"Unknown filter {filter.GetType().Name}.", nameof(filter)),
    };

    /// <summary>The order of <see cref="RecordSort"/>; descending is its exact reverse, ids included.</summary>
    public string OrderBy(RecordSort sort)
    {
        var direction = sort.Descending ? " DESC" : "";
        // Times by their columns, which have an index: their texts sort alike.
        var keys = sort.Field switch
        {
            RecordFields.Id => [],
            RecordFields.Created => ["created_at"],
            RecordFields.Updated => ["updated_at"],
            _ => Keys(Field(sort.Field)),
        };
        return string.Join(", ", [.. keys.Append("id").Select(k => k + direction)]);
    }

    private static string[] Keys(FieldSql field) =>
    [
        $"CASE WHEN {field.IsNull} THEN 0 WHEN {field.IsNumber} THEN 1 WHEN {field.IsText} THEN 2 WHEN {field.IsBoolean} THEN 3 ELSE 4 END",
        $"CASE WHEN {field.IsNumber} THEN {field.Number} END",
        $"CASE WHEN {field.IsText} THEN {field.Text} END",
        $"CASE WHEN {field.IsBoolean} AND {field.IsTrue} THEN 1 ELSE 0 END",
    ];

    private string Joined(string with, IReadOnlyList<RecordFilter> parts) => Balanced(with, [.. parts.Select(Where)]);

    // SQLite bounds the depth of an expression, and a chain of ORs is as deep as it is long.
    private static string Balanced(string with, ReadOnlySpan<string> parts) => parts switch
    {
        [var only] => only,
        _ => $"({Balanced(with, parts[..(parts.Length / 2)])}{with}{Balanced(with, parts[(parts.Length / 2)..])})",
    };

    private FieldSql Field(string name) => name switch
    {
        RecordFields.Id => FieldSql.Column("id"),
        RecordFields.CreatedBy => FieldSql.Column("created_by"),
        RecordFields.Created => FieldSql.Column(dialect.IsoText("created_at")),
        RecordFields.Updated => FieldSql.Column(dialect.IsoText("updated_at")),
        _ => _syntax.Field(name, args),
    };

    // By IN, so that a thousand values are one test and not a thousand.
    private string In(RecordFilter.In filter)
    {
        var field = Field(filter.Field);
        var texts = filter.Values.Where(v => v?.GetValueKind() == JsonValueKind.String).Select(v => Parameter(v!.GetValue<string>())).ToList();
        var numbers = filter.Values.Where(v => v?.GetValueKind() == JsonValueKind.Number).Select(v => _syntax.Number(Parameter(v!.ToJsonString()))).ToList();
        var parts = filter.Values.Where(v => v?.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number)).Select(v => Equal(field, v)).Distinct().ToList();
        if (texts.Count > 0)
            parts.Add($"(CASE WHEN {field.IsText} THEN {field.Text} IN ({string.Join(", ", texts)}) ELSE FALSE END)");
        if (numbers.Count > 0)
            parts.Add($"(CASE WHEN {field.IsNumber} THEN {field.Number} IN ({string.Join(", ", numbers)}) ELSE FALSE END)");
        return Balanced(" OR ", [.. parts]);
    }

    private string Compare(RecordFilter.Compare compare)
    {
        var field = Field(compare.Field);
        return compare.Comparison switch
        {
            Comparison.Equal => Equal(field, compare.Value),
            Comparison.NotEqual => $"(NOT {Equal(field, compare.Value)})",
            Comparison.Less => Ordered(field, "<", compare.Value),
            Comparison.LessOrEqual => Ordered(field, "<=", compare.Value),
            Comparison.Greater => Ordered(field, ">", compare.Value),
            _ => Ordered(field, ">=", compare.Value),
        };
    }

    private string Equal(FieldSql field, JsonNode? value) => value is null ? $"({field.IsNull})" : Ordered(field, "=", value);

    private string Ordered(FieldSql field, string sign, JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => $"(CASE WHEN {field.IsNumber} THEN {field.Number} {sign} {_syntax.Number(Parameter(value.ToJsonString()))} ELSE FALSE END)",
        JsonValueKind.String => $"(CASE WHEN {field.IsText} THEN {field.Text} {sign} {Parameter(value.GetValue<string>())} ELSE FALSE END)",
        JsonValueKind.True or JsonValueKind.False =>
            $"(CASE WHEN {field.IsBoolean} THEN (CASE WHEN {field.IsTrue} THEN 1 ELSE 0 END) {sign} {(value.GetValue<bool>() ? 1 : 0)} ELSE FALSE END)",
        // Null has no order, and a list or an object equals no scalar.
        _ => "FALSE",
    };

    private string Parameter(string value)
    {
        var name = $"p{args.Count}";
        args.Add(name, value);
        return "@" + name;
    }
}
