using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Platform.Apps.Entities.Filters;

namespace Patchbay.Storage.Tests.Support;

/// <summary>Random documents and filters over few fields and few values, so that they often meet.</summary>
internal static class Documents
{
    // Names that a JSON path or an SQL quote could trip over are fields like any other.
    public static readonly string[] Fields = ["a", "b", "Größe", "x.y", "q\"'\\", "$a", "", "A", "a b[0]", "created_date", "updated_date", "created_by", "id"];

    private static readonly string[] Data = Fields[..9];

    // Strings by code point and by UTF-16 sort differently above U+E000; texts that look like other kinds; one number in many forms.
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "1", "1.0", "1e0", "10e-1", "-1", "2", "10", "0.1", "0.30000000000000004", "0.3", "9007199254740993", "9007199254740992",
        "123456789012345678901234567890", "1e22", "9.7e299", "2.5e-300", "-5", "\"\"", "\"a\"", "\"A\"", "\"b\"", "\"ab\"", "\"ä\"", "\"z\"", "\"1\"", "\"10\"", "\"9\"", "\"true\"",
        "\"null\"", "\"\\ue000\"", "\"\\ufffd\"", "\"😀\"", "\"a😀\"", "\"%\"", "\"'\"", "\"\\\\\"", "\"\\\"\"", "\"\\n\"", "\"\\u00e4\"", "\"a\\u0308\"", "\"2026-03-01T12:00:00.000000Z\"", "\"ada\"",
    ];

    private static readonly string[] Compound = ["[]", "{}", "[1]", "[\"a\"]", "{\"a\":1}", "{\"a\":{\"b\":[null]}}"];

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Gen.Elements(Values),
        Gen.Choose(-1000, 1000).Select(n => (n / 8.0).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ArbMap.Default.GeneratorFor<double>().Where(d => Math.Abs(d) is > 1e-290 and < 1e290).Select(d => d.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))
        .Select(text => JsonNode.Parse(text));

    private static readonly Gen<string> Field = Gen.Elements(Fields);

    private static readonly Gen<JsonObject> Document = Gen.ListOf(
        from name in Gen.Elements(Data)
        from value in Gen.Frequency((8, Scalar), (1, Gen.Elements(Compound).Select(text => JsonNode.Parse(text))))
        select (name, value)).Select(fields => new JsonObject(fields.DistinctBy(f => f.name).Select(f => new KeyValuePair<string, JsonNode?>(f.name, f.value?.DeepClone()))));

    private static readonly Gen<RecordFilter> Leaf = Gen.Frequency(
        (6, from field in Field
            from comparison in Gen.Elements(Enum.GetValues<Comparison>())
            from value in Scalar
            select (RecordFilter)new RecordFilter.Compare(field, comparison, value)),
        (2, from field in Field
            from values in Gen.ListOf(Scalar, 5)
            from some in Gen.Choose(0, 5)
            select (RecordFilter)new RecordFilter.In(field, [.. values.Take(some)])),
        (1, from field in Field
            from wanted in Gen.Elements(true, false)
            select (RecordFilter)new RecordFilter.Exists(field, wanted)));

    /// <summary>Batches of documents with filters to try on them.</summary>
    public static IEnumerable<(JsonObject[] Documents, RecordFilter[] Filters)> Rounds(int count) =>
        (from documents in Gen.ArrayOf(Document, 40)
         from filters in Gen.ArrayOf(Filter(3), 15)
         select (documents, filters)).Sample(count, 12);

    public static string Show(RecordFilter filter) => filter switch
    {
        RecordFilter.All all => $"all({string.Join(", ", all.Parts.Select(Show))})",
        RecordFilter.Any any => $"any({string.Join(", ", any.Parts.Select(Show))})",
        RecordFilter.Not not => $"not({Show(not.Part)})",
        RecordFilter.In i => $"{i.Field} in [{string.Join(", ", i.Values.Select(Json))}]",
        RecordFilter.Compare c => $"{c.Field} {c.Comparison} {Json(c.Value)}",
        _ => filter.ToString(),
    };

    private static string Json(JsonNode? value) => value?.ToJsonString() ?? "null";

    private static Gen<RecordFilter> Filter(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (4, Leaf),
        (1, Parts(depth).Select(p => (RecordFilter)new RecordFilter.All(p))),
        (1, Parts(depth).Select(p => (RecordFilter)new RecordFilter.Any(p))),
        (2, Filter(depth - 1).Select(p => (RecordFilter)new RecordFilter.Not(p))));

    private static Gen<RecordFilter[]> Parts(int depth) => Gen.Choose(0, 3).SelectMany(n => Gen.ArrayOf(Filter(depth - 1), n));
}
