using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>A column that sums up a column of related pages.</summary>
internal sealed class Rollups(NotionWorld world, PropertyShapes shapes)
{
    public static readonly IReadOnlyList<string> Functions =
    [
        "count", "count_values", "empty", "not_empty", "unique", "show_unique", "percent_empty", "percent_not_empty", "sum", "average", "median", "min", "max", "range",
        "earliest_date", "latest_date", "checked", "unchecked", "percent_checked", "percent_unchecked", "show_original",
    ];

    public JsonObject Of(NotionPageRecord page, JsonObject property, bool emails)
    {
        var config = (JsonObject)property["rollup"]!;
        var function = config.Text("function")!;
        var related = Relations.Ids(page.Values[config.Text("relation_property_id")!]).Select(world.Page).OfType<NotionPageRecord>().Where(other => !other.InTrash).ToList();
        var rolled = related.Count == 0 ? null : PropertySchema.Find(world.Source(related[0].Parent.Id)!.Schema, config.Text("rollup_property_id")!);
        // A rollup of a rollup could lead in a circle; Notion forbids it, here it has no value.
        var values = rolled is null || rolled.Text("type") == "rollup" ? [] : related.ConvertAll(other => shapes.Value(other, rolled, emails));
        var filled = values.Where(value => value is not null && value is not JsonArray { Count: 0 }).ToList();
        var numbers = filled.Select(value => value is JsonValue number && number.TryGetValue<double>(out var parsed) ? parsed : (double?)null).OfType<double>().Order().ToList();
        var ticked = values.Count(value => value is JsonValue box && box.TryGetValue<bool>(out var yes) && yes);
        double Share(int part) => values.Count == 0 ? 0 : (double)part / values.Count;

        return function switch
        {
            "show_original" or "show_unique" => new JsonObject
            {
                ["type"] = "array",
                ["array"] = new JsonArray([.. values.Select(value => (JsonNode)new JsonObject { ["type"] = rolled.Text("type"), [rolled.Text("type")!] = value })]),
                ["function"] = function,
            },
            "earliest_date" or "latest_date" => Date(filled, function),
            "count" => Number(related.Count, function),
            "count_values" or "not_empty" => Number(filled.Count, function),
            "empty" => Number(values.Count - filled.Count, function),
            "unique" => Number(filled.Select(value => value!.ToJsonString()).Distinct().Count(), function),
            "percent_empty" => Number(Share(values.Count - filled.Count), function),
            "percent_not_empty" => Number(Share(filled.Count), function),
            "checked" => Number(ticked, function),
            "unchecked" => Number(values.Count - ticked, function),
            "percent_checked" => Number(Share(ticked), function),
            "percent_unchecked" => Number(Share(values.Count - ticked), function),
            "sum" => Number(numbers.Sum(), function),
            _ when numbers.Count == 0 => Number(null, function),
            "average" => Number(numbers.Average(), function),
            "median" => Number((numbers[(numbers.Count - 1) / 2] + numbers[numbers.Count / 2]) / 2, function),
            "min" => Number(numbers[0], function),
            "max" => Number(numbers[^1], function),
            _ => Number(numbers[^1] - numbers[0], function),
        };
    }

    private static JsonObject Number(double? value, string function) => new() { ["type"] = "number", ["number"] = value, ["function"] = function };

    private static JsonObject Date(List<JsonNode?> values, string function)
    {
        var dates = values.Where(value => value.Text("start") is not null).OrderBy(value => DateValue.Parse(value.Text("start")!)?.Moment ?? default).ToList();
        var chosen = dates.Count == 0 ? null : function == "earliest_date" ? dates[0] : dates[^1];
        return new JsonObject { ["type"] = "date", ["date"] = chosen?.DeepClone(), ["function"] = function };
    }
}
