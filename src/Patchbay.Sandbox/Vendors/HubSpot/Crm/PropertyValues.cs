using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>Checks values against their definitions and brings them into the form they are kept in.</summary>
internal static partial class PropertyValues
{
    /// <summary>The values as they are kept; an empty one takes the property away. Refuses all of them when one is wrong, naming each.</summary>
    public static Dictionary<string, string> Checked(JsonObject sent, string portal, Func<string, PropertyDefinition?> define)
    {
        var (values, problems) = (new Dictionary<string, string>(), new List<(string Name, string Code, string Message)>());
        foreach (var (name, node) in sent)
        {
            if (Text(node) is not { } text)
                problems.Add((name, "INVALID_VALUE", $"Property \"{name}\" must be text, a number or a boolean"));
            else if (define(name) is not { } definition)
                problems.Add((name, "PROPERTY_DOESNT_EXIST", $"Property \"{name}\" does not exist"));
            else if (definition.ReadOnly)
                problems.Add((name, "READ_ONLY_VALUE", $"\"{name}\" is a read only property; its value cannot be set."));
            else if (text.Length == 0)
                values[name] = "";
            else if (Normal(definition, text, out var normal) is { } problem)
                problems.Add((name, problem.Code, problem.Message));
            else
                values[name] = normal;
        }

        if (problems.Count > 0)
            throw new HubSpotRefusalException(Refusal(portal, problems));
        return values;
    }

    public static HubSpotAnswer Refusal(string portal, IReadOnlyList<(string Name, string Code, string Message)> problems)
    {
        var details = new JsonArray([.. problems.Select(problem => (JsonNode)new JsonObject
        {
            ["isValid"] = false,
            ["message"] = problem.Message,
            ["error"] = problem.Code,
            ["name"] = problem.Name,
            ["localizedErrorMessage"] = problem.Message,
            ["portalId"] = long.Parse(portal, CultureInfo.InvariantCulture),
        })]);
        return HubSpotAnswer.Invalid("Property values were not valid: " + details.ToJsonString(Json.Options), [.. problems.Select(problem => new JsonObject
        {
            ["message"] = problem.Message,
            ["code"] = problem.Code,
            ["context"] = new JsonObject { ["propertyName"] = new JsonArray(problem.Name) },
        })]);
    }

    /// <summary>Null and what is no plain value give nothing and null.</summary>
    public static string? Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.ToJsonString(),
            _ => null,
        },
        _ => null,
    };

    /// <summary>What is wrong with a value, or null and its normal form.</summary>
    public static (string Code, string Message)? Normal(PropertyDefinition definition, string text, out string normal)
    {
        normal = text;
        switch (definition.Type)
        {
            case "number":
                normal = text.Trim();
                return decimal.TryParse(normal, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : ("INVALID_DOUBLE", $"{text} was not a valid number.");
            case "bool":
                normal = text.Trim().ToLowerInvariant();
                return normal is "true" or "false" ? null : ("INVALID_BOOLEAN", $"{text} was not a valid boolean.");
            case "date":
                if (HubTime.Parse(text.Trim()) is not { } day)
                    return ("INVALID_DATE", $"{text} was not a valid date.");
                normal = day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                return null;
            case "datetime":
                if (HubTime.Parse(text.Trim()) is not { } moment)
                    return ("INVALID_LONG", $"{text} was not a valid long.");
                normal = HubTime.Text(moment);
                return null;
            case "enumeration":
                return Options(definition, text);
            default:
                if (definition.Name != "email")
                    return null;
                normal = text.Trim().ToLowerInvariant();
                return Address().IsMatch(normal) ? null : ("INVALID_EMAIL", $"Email address {text} is invalid");
        }
    }

    private static (string Code, string Message)? Options(PropertyDefinition definition, string text)
    {
        var chosen = definition.Multiple ? text.Split(';', StringSplitOptions.RemoveEmptyEntries) : [text];
        return chosen.FirstOrDefault(value => definition.Options.All(option => option.Value != value)) is { } unknown
            ? ("INVALID_OPTION", $"{unknown} was not one of the allowed options: [{string.Join(", ", definition.Options.Select(option => option.Value))}]")
            : null;
    }

    [GeneratedRegex(@"^[^\s@<>"",;:()\[\]]{1,64}@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$", RegexOptions.None, 100)]
    private static partial Regex Address();
}
