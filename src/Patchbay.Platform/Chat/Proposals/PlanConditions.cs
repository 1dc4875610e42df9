using System.Globalization;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>Whether a condition fits the entity it is about.</summary>
internal static class PlanConditions
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Fault(Condition? condition, EntitySchema entity, bool allowChanged)
    {
        if (condition?.Field is null || FieldOf(entity, condition.Field) is not { } field)
            return $"{entity.Name} has no field '{condition?.Field}'.";
        if (!ConditionOperators.All.Contains(condition.Operator))
            return $"'{condition.Operator}' is no comparison.";
        if (condition.Turns && !allowChanged)
            return "Only an update can say what turns true.";
        if (condition.Operator == ConditionOperators.Changed)
            return allowChanged && condition.Value == "" ? null : "Only an update can say that a field changed.";
        var ordered = condition.Operator is not (ConditionOperators.Is or ConditionOperators.IsNot);
        return field.Kind switch
        {
            FieldKind.Enum => !ordered && field.Values.Contains(condition.Value) ? null : $"'{condition.Value}' is no value of {entity.Name}.{field.Name}.",
            FieldKind.Number => decimal.TryParse(condition.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
                ? null : $"'{condition.Value}' is no number.",
            FieldKind.Boolean => !ordered && condition.Value is "true" or "false" ? null : $"{field.Name} is true or false.",
            FieldKind.Text or FieldKind.Email or FieldKind.Url => !ordered && condition.Value is { Length: <= 500 } ? null : $"{field.Name} can only be compared for being equal.",
            _ => $"{field.Name} cannot be compared in a plan.",
        };
    }

    public static FieldSchema? FieldOf(EntitySchema entity, string? name) =>
        name is null ? null : entity.FindField(name) ?? AppSchema.BuiltInFields.FirstOrDefault(f => f.Name == name);
}
