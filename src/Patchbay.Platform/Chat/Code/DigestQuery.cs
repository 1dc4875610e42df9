using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Chat.Planning.Internal;

namespace Patchbay.Platform.Chat.Code;

/// <summary>The query of a digest: what the server can filter goes there, days of a time zone are compared in the function.</summary>
internal static class DigestQuery
{
    public static string Find(DigestContent digest, EntitySchema entity, string row)
    {
        var parts = digest.Filters.GroupBy(f => f.Field).Select(g => $"{Ts.Key(g.Key)}: {Value([.. g], entity)}").ToList();
        if (digest.Window is { Field: "created_date" } created)
            parts.Add($"created_date: {{ $gte: new Date(Date.now() - {Minutes(created)} * 60_000).toISOString() }}");
        var query = parts.Count == 0 ? "{}" : $"{{ {string.Join(", ", parts)} }}";
        var all = $"await findAll({Ts.Member("base44.asServiceRole.entities", entity.Name)}, {query})";
        return Test(digest.Window, row) is { } test ? $"({all})\n    .filter(({row}) => {test})" : all;
    }

    public static string Title(DigestContent digest, EntitySchema entity)
    {
        var filters = digest.Filters.Where(f => f.Operator == ConditionOperators.Is).Select(f => Said.Words(f.Value));
        var not = digest.Filters.Where(f => f.Operator == ConditionOperators.IsNot).ToList();
        var unfinished = not.Count > 0 && DigestReader.Unfinished(entity).All(not.Contains);
        var open = unfinished && digest.Window?.Kind != WindowKind.Past ? ["open"] : (string[])[];
        var others = unfinished ? [] : not.Select(f => $" with {Said.Words(f.Field)} not {Said.Words(f.Value)}");
        var late = digest.Window?.Kind == WindowKind.Past ? ["overdue"] : (string[])[];
        var fresh = digest.Window is { Field: "created_date" } ? ["new"] : (string[])[];
        var when = digest.Window?.Kind switch
        {
            WindowKind.Today => " today", WindowKind.Yesterday => " yesterday", WindowKind.Tomorrow => " tomorrow", WindowKind.ThisWeek => " this week", _ => "",
        };
        var numbers = digest.Filters.Where(f => f.Operator is not (ConditionOperators.Is or ConditionOperators.IsNot)).Select(f => $" with {Said.Words(f.Field)} {f.Operator} {f.Value}");
        return Said.Capital(string.Join(' ', [.. fresh, .. open, .. late, .. filters, Said.Plural(entity)]) + string.Concat(others) + string.Concat(numbers) + when);
    }

    public static bool NeedsDays(DigestContent digest) => Test(digest.Window, "row") is not null;

    private static string Value(IReadOnlyList<Condition> conditions, EntitySchema entity)
    {
        if (conditions.All(c => c.Operator == ConditionOperators.IsNot))
            return conditions.Count == 1 ? $"{{ $ne: {Literal(conditions[0], entity)} }}" : $"{{ $nin: [{string.Join(", ", conditions.Select(c => Literal(c, entity)))}] }}";
        if (conditions.FirstOrDefault(c => c.Operator == ConditionOperators.Is) is { } one)
            return Literal(one, entity);
        return $"{{ {string.Join(", ", conditions.Select(c => $"{Comparison(c.Operator)}: {Literal(c, entity)}"))} }}";
    }

    private static string Comparison(string op) => op switch
    {
        ConditionOperators.IsNot => "$ne",
        ConditionOperators.Above => "$gt",
        ConditionOperators.AtLeast => "$gte",
        ConditionOperators.Below => "$lt",
        _ => "$lte",
    };

    // The validator has seen that numbers are numbers and booleans are booleans.
    private static string Literal(Condition condition, EntitySchema entity) =>
        entity.FindField(condition.Field)?.Kind is FieldKind.Number or FieldKind.Boolean ? condition.Value : Ts.Text(condition.Value);

    /// <summary>A generous stretch around the window; the exact day is compared afterwards.</summary>
    private static string Minutes(DateWindow window) =>
        window.Kind == WindowKind.Recent ? window.Minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : $"{Hours(window.Kind)} * 60";

    private static int Hours(WindowKind kind) => kind switch
    {
        WindowKind.LastDay => 24, WindowKind.LastWeek => 7 * 24, WindowKind.LastMonth => 31 * 24,
        WindowKind.Today => 26, WindowKind.Yesterday => 50, _ => 8 * 24,
    };

    private static string? Test(DateWindow? window, string row)
    {
        if (window is null)
            return null;
        var field = Ts.Member(row, window.Field);
        var day = $"localDay({field})";
        return window.Kind switch
        {
            WindowKind.Today => $"{field} && {day} === localDay(new Date())",
            WindowKind.Yesterday => $"{field} && {day} === localDay(new Date(), -1)",
            WindowKind.Tomorrow => $"{field} && {day} === localDay(new Date(), 1)",
            WindowKind.ThisWeek => $"{field} && {day} >= weekStart() && {day} <= weekStart(6)",
            WindowKind.Past => $"{field} && {day} < localDay(new Date())",
            _ => null,
        };
    }

    public const string WeekStart = """
        /** Monday of the current week in the schedule's zone, or a day after it. */
        function weekStart(plusDays = 0): string {
          const today = new Date(`${localDay(new Date())}T00:00:00Z`);
          today.setUTCDate(today.getUTCDate() - ((today.getUTCDay() + 6) % 7) + plusDays);
          return today.toISOString().slice(0, 10);
        }
        """;
}
