using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>The filters of an active list, as far as they look at properties of the record itself.</summary>
internal static class ListFilter
{
    private static readonly string[] Text = ["IS_EQUAL_TO", "IS_NOT_EQUAL_TO", "CONTAINS", "DOES_NOT_CONTAIN", "STARTS_WITH", "ENDS_WITH"];
    private static readonly string[] Number = ["IS_EQUAL_TO", "IS_NOT_EQUAL_TO", "IS_GREATER_THAN", "IS_GREATER_THAN_OR_EQUAL_TO", "IS_LESS_THAN", "IS_LESS_THAN_OR_EQUAL_TO"];

    /// <summary>What in a branch this look-alike cannot evaluate; null when it can all of it.</summary>
    public static string? Problem(JsonObject branch, Func<string, PropertyDefinition?> define)
    {
        if (branch.Text("filterBranchType") is not ("OR" or "AND") and var kind)
            return $"filterBranchType {kind} is not supported here: only OR and AND";
        foreach (var filter in Nodes(branch, "filters"))
        {
            var operation = filter["operation"] as JsonObject;
            var known = (operation.Text("operationType"), operation.Text("operator")) switch
            {
                ("MULTISTRING" or "STRING", { } name) => Text.Contains(name),
                ("NUMBER", { } name) => Number.Contains(name),
                ("ENUMERATION", "IS_ANY_OF" or "IS_NONE_OF") or ("BOOL", "IS_EQUAL_TO" or "IS_NOT_EQUAL_TO") or ("ALL_PROPERTY", "IS_KNOWN" or "IS_UNKNOWN") => true,
                _ => false,
            };
            if (filter.Text("filterType") is not "PROPERTY" || !known)
                return $"filter {filter.Text("filterType")} {operation.Text("operationType")} {operation.Text("operator")} is not supported here";
            if (define(filter.Text("property") ?? "") is null)
                return $"Property \"{filter.Text("property")}\" does not exist";
        }

        return Nodes(branch, "filterBranches").Select(inner => Problem(inner, define)).FirstOrDefault(problem => problem is not null);
    }

    public static bool Meets(JsonObject branch, HubRecord record, Func<string, PropertyDefinition?> define)
    {
        var parts = Nodes(branch, "filters").Select(filter => Holds(filter, record, define)).Concat(Nodes(branch, "filterBranches").Select(inner => Meets(inner, record, define)));
        return branch.Text("filterBranchType") == "OR" ? parts.Any(holds => holds) : parts.All(holds => holds);
    }

    private static bool Holds(JsonObject filter, HubRecord record, Func<string, PropertyDefinition?> define)
    {
        var operation = (JsonObject)filter["operation"]!;
        var value = record.Value(filter.Text("property")!);
        var (name, type) = (operation.Text("operator")!, operation.Text("operationType"));
        if (type == "ALL_PROPERTY")
            return name == "IS_KNOWN" == !string.IsNullOrEmpty(value);
        if (string.IsNullOrEmpty(value))
            return operation.Flag("includeObjectsWithNoValueSet");
        var values = operation["values"] is JsonArray list ? list.Select(PropertyValues.Text).OfType<string>().ToList() : [PropertyValues.Text(operation["value"]) ?? ""];
        if (type is "NUMBER" && define(filter.Text("property")!) is { } property)
        {
            var order = SearchMatcher.Compare(property with { Type = "number" }, value, values[0]);
            return name switch
            {
                "IS_EQUAL_TO" => order is 0,
                "IS_NOT_EQUAL_TO" => order is not 0,
                "IS_GREATER_THAN" => order > 0,
                "IS_GREATER_THAN_OR_EQUAL_TO" => order >= 0,
                "IS_LESS_THAN" => order < 0,
                _ => order <= 0,
            };
        }

        const StringComparison Loose = StringComparison.OrdinalIgnoreCase;
        return name switch
        {
            "IS_EQUAL_TO" => values.Any(one => value.Equals(one, Loose)),
            "IS_NOT_EQUAL_TO" => !values.Any(one => value.Equals(one, Loose)),
            "CONTAINS" => values.Any(one => value.Contains(one, Loose)),
            "DOES_NOT_CONTAIN" => !values.Any(one => value.Contains(one, Loose)),
            "STARTS_WITH" => values.Any(one => value.StartsWith(one, Loose)),
            "ENDS_WITH" => values.Any(one => value.EndsWith(one, Loose)),
            "IS_ANY_OF" => value.Split(';').Any(values.Contains),
            _ => !value.Split(';').Any(values.Contains),
        };
    }

    private static IEnumerable<JsonObject> Nodes(JsonObject branch, string member) => (branch[member] as JsonArray ?? []).OfType<JsonObject>();
}
