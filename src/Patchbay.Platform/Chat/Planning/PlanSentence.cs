using System.Globalization;
using Patchbay.Platform.Chat.Planning.Internal;

namespace Patchbay.Platform.Chat.Planning;

/// <summary>A plan in words: made from the plan alone, so that what a person approves is what will run.</summary>
public static class PlanSentence
{
    private static readonly string[] DayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static string Of(TriggerPlan trigger, IReadOnlyList<ActionPlan> actions, AppSchema schema)
    {
        ArgumentNullException.ThrowIfNull(actions);
        return Said.Capital($"{When(trigger, schema)}, {Said.List([.. actions.Select(a => What(a, trigger, schema))])}.");
    }

    /// <summary>"When a ticket is created", "Every weekday at 09:00 (Europe/Berlin)"; begins in lower case.</summary>
    public static string When(TriggerPlan trigger, AppSchema schema) => trigger switch
    {
        RecordTrigger record => Record(record, schema),
        ScheduleTrigger schedule => $"{Cadence(schedule.Cron)} ({schedule.TimeZone})",
        _ => "when it is run by hand or by another function",
    };

    /// <summary>"post a message about it to #support"; begins in lower case.</summary>
    public static string What(ActionPlan action, TriggerPlan trigger, AppSchema schema)
    {
        ArgumentNullException.ThrowIfNull(action);
        var content = Content(action.Content, schema);
        return action.Target switch
        {
            ChannelTarget channel => $"post {content} to {channel.Channel} in Slack",
            AddressTarget addresses => $"e-mail {content} to {Said.List(addresses.Addresses)} with Gmail",
            AccountTarget => $"e-mail {content} to the connected Gmail account itself",
            RecordFieldTarget field => $"e-mail {content} to the address in the record's {Said.Words(field.Field)} with Gmail",
            _ => $"send {content}",
        };
    }

    private static string Record(RecordTrigger trigger, AppSchema schema)
    {
        var entity = schema.FindEntity(trigger.Entity) is { } known ? Said.Name(known) : trigger.Entity;
        var conditions = Said.List([.. trigger.Conditions.Select(c => Condition(c, trigger.On))]);
        return trigger.On switch
        {
            RecordChange.Create => $"when {Said.A(entity)} is created" + (conditions.Length > 0 ? $" with {conditions}" : ""),
            RecordChange.Delete => $"when {Said.A(entity)} is deleted",
            _ when conditions.Length == 0 => $"when {Said.A(entity)} is changed",
            _ => Update(trigger, Said.A(entity)),
        };
    }

    /// <summary>"when the status becomes "closed" on a ticket with priority "urgent"".</summary>
    private static string Update(RecordTrigger trigger, string entity)
    {
        var turning = trigger.Turning;
        var others = trigger.Conditions.Except(turning).ToList();
        var of = others.Count > 0 ? $" with {With(others)}" : "";
        return turning.Count == 1
            ? $"when the {Condition(turning[0], RecordChange.Update)} on {entity}{of}"
            : $"when {entity}{of} comes to have {With(turning)}";
    }

    private static string With(IReadOnlyList<Condition> conditions) => Said.List([.. conditions.Select(c => Condition(c, RecordChange.Create))]);

    private static string Condition(Condition condition, RecordChange on)
    {
        var field = Said.Words(condition.Field);
        return (condition.Operator, on) switch
        {
            (ConditionOperators.Changed, _) => $"{field} changes",
            (ConditionOperators.Is, RecordChange.Update) => $"{field} becomes \"{condition.Value}\"",
            (ConditionOperators.Is, _) => $"{field} \"{condition.Value}\"",
            (ConditionOperators.IsNot, RecordChange.Update) => $"{field} stops being \"{condition.Value}\"",
            (ConditionOperators.IsNot, _) => $"{field} other than \"{condition.Value}\"",
            (ConditionOperators.Above, RecordChange.Update) => $"{field} rises above {condition.Value}",
            (ConditionOperators.Below, RecordChange.Update) => $"{field} falls below {condition.Value}",
            (ConditionOperators.AtLeast, RecordChange.Update) => $"{field} reaches {condition.Value} or more",
            (ConditionOperators.AtMost, RecordChange.Update) => $"{field} falls to {condition.Value} or less",
            (ConditionOperators.Above, _) => $"{field} above {condition.Value}",
            (ConditionOperators.AtLeast, _) => $"{field} of at least {condition.Value}",
            (ConditionOperators.Below, _) => $"{field} below {condition.Value}",
            _ => $"{field} of at most {condition.Value}",
        };
    }

    private static string Content(MessageContent content, AppSchema schema) => content switch
    {
        TextContent text => $"\"{text.Text}\"",
        RecordContent { Fields.Count: > 0 } record => $"{(record.Purpose == Purpose.Notice ? "a message" : Kind(record.Purpose))} with its {Said.List([.. record.Fields.Select(Said.Words)])}",
        RecordContent record => Kind(record.Purpose),
        DigestContent digest => Digest(digest, schema),
        _ => "a message about it",
    };

    private static string Kind(Purpose purpose) => purpose switch
    {
        Purpose.Thanks => "a thank-you",
        Purpose.Confirmation => "a confirmation",
        Purpose.Welcome => "a welcome",
        Purpose.Reminder => "a reminder",
        Purpose.Congratulation => "congratulations",
        _ => "a message about it",
    };

    private static string Digest(DigestContent digest, AppSchema schema)
    {
        var plural = schema.FindEntity(digest.Entity) is { } entity ? Said.Plural(entity) : digest.Entity;
        var filters = digest.Filters.GroupBy(f => (f.Field, f.Operator))
            .Select(g => $"whose {Said.Words(g.Key.Field)} is {Comparison(g.Key.Operator)}{string.Join(" or ", g.Select(f => IsOrdered(f.Operator) ? f.Value : $"\"{f.Value}\""))}");
        var window = digest.Window is { } w ? $" {Window(w)}" : "";
        return $"{(digest.CountOnly ? "the number of" : "a list of the")} {plural}{string.Concat(filters.Select(f => " " + f))}{window}";
    }

    private static bool IsOrdered(string op) => op is not (ConditionOperators.Is or ConditionOperators.IsNot or ConditionOperators.Changed);

    private static string Comparison(string op) => op switch
    {
        ConditionOperators.IsNot => "not ",
        ConditionOperators.Above => "above ",
        ConditionOperators.AtLeast => "at least ",
        ConditionOperators.Below => "below ",
        ConditionOperators.AtMost => "at most ",
        _ => "",
    };

    private static string Window(DateWindow window)
    {
        var field = window.Field == "created_date" ? "created" : $"with {Said.Words(window.Field)}";
        return window.Kind switch
        {
            WindowKind.Today => $"{field} today",
            WindowKind.Yesterday => $"{field} yesterday",
            WindowKind.Tomorrow => $"{field} tomorrow",
            WindowKind.ThisWeek => $"{field} this week",
            WindowKind.Past => $"{field} before today",
            WindowKind.Recent when window.Minutes == 60 => $"{field} in the last hour",
            WindowKind.Recent when window.Minutes % 60 == 0 => $"{field} in the last {window.Minutes / 60} hours",
            WindowKind.Recent => $"{field} in the last {window.Minutes} minutes",
            WindowKind.LastDay => $"{field} in the last 24 hours",
            WindowKind.LastWeek => $"{field} in the last 7 days",
            _ => $"{field} in the last 31 days",
        };
    }

    /// <summary>The schedules the planner makes, in words; others as their cron text.</summary>
    public static string Cadence(string cron)
    {
        ArgumentNullException.ThrowIfNull(cron);
        var parts = cron.Split(' ');
        if (parts.Length != 5)
            return $"on the schedule {cron}";
        var (minute, hour, day, month, week) = (parts[0], parts[1], parts[2], parts[3], parts[4]);
        if (month != "*")
            return $"on the schedule {cron}";
        if (minute.StartsWith("*/", StringComparison.Ordinal) && hour == "*") return $"every {minute[2..]} minutes";
        if (minute == "0" && hour == "*") return "every hour";
        if (minute == "0" && hour.StartsWith("*/", StringComparison.Ordinal)) return $"every {hour[2..]} hours";
        if (!int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m) || !int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h))
            return $"on the schedule {cron}";
        var at = $"at {Tokenizer.Clock(h, m)}";
        return (day, week) switch
        {
            ("*", "*") => $"every day {at}",
            ("*", "1-5") => $"every weekday {at}",
            ("*", _) => $"every {Days(week)} {at}",
            (_, "*") => $"on day {day} of every month {at}",
            _ => $"on the schedule {cron}",
        };
    }

    private static string Days(string week) => week.Contains('-', StringComparison.Ordinal)
        ? string.Join(" to ", week.Split('-').Select(Name))
        : Said.List([.. week.Split(',').Select(Name)]);

    private static string Name(string day) =>
        int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 7 ? DayNames[number] : day;
}
