namespace Patchbay.Platform.Chat.Planning;

/// <summary>A request, understood: when it happens and what is done then. Ready to become a flow and its function.</summary>
/// <param name="Sentence">The whole plan in one sentence, made from the plan and never from the request.</param>
public sealed record Plan(TriggerPlan Trigger, IReadOnlyList<ActionPlan> Actions, string Sentence);

public abstract record TriggerPlan;

/// <param name="Conditions">
/// All must hold. On update they are a transition: it fires if they hold after the write and those that turn did not all hold before.
/// </param>
public sealed record RecordTrigger(string Entity, RecordChange On, IReadOnlyList<Condition> Conditions) : TriggerPlan
{
    /// <summary>What the event is about: the marked conditions, or all of them where none is marked.</summary>
    public IReadOnlyList<Condition> Turning => Conditions.Any(c => c.Turns) ? [.. Conditions.Where(c => c.Turns)] : Conditions;
}

/// <param name="Cron">Five fields: minute, hour, day of month, month, day of week (0 is Sunday).</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record ScheduleTrigger(string Cron, string TimeZone) : TriggerPlan;

/// <summary>Runs when a person or another function asks for it.</summary>
public sealed record ManualTrigger : TriggerPlan;

public enum RecordChange
{
    Create,
    Update,
    Delete,
}

/// <param name="Operator">One of <see cref="ConditionOperators"/>.</param>
/// <param name="Value">As text: the enum value, a number in invariant form, <c>true</c>; empty for <c>changed</c>.</param>
/// <param name="Turns">
/// Only on update: the event is that this comes true; conditions beside it without the mark say of which records ("an urgent
/// ticket is closed"). Where none has it, they turn true together.
/// </param>
public sealed record Condition(string Field, string Operator, string Value, bool Turns = false);

public static class ConditionOperators
{
    public const string Is = "==";
    public const string IsNot = "!=";
    public const string Above = ">";
    public const string AtLeast = ">=";
    public const string Below = "<";
    public const string AtMost = "<=";

    /// <summary>The field has another value than before the write; only on update.</summary>
    public const string Changed = "changed";

    public static IReadOnlyList<string> All { get; } = [Is, IsNot, Above, AtLeast, Below, AtMost, Changed];
}

/// <summary>One call of the function.</summary>
/// <param name="Operation">The catalog's id, <c>slack.post_message</c>.</param>
/// <param name="Target">Where it goes: the channel, or the recipients.</param>
public sealed record ActionPlan(string Operation, Target Target, MessageContent Content);

public abstract record Target;

/// <param name="Channel">With the leading <c>#</c>.</param>
public sealed record ChannelTarget(string Channel) : Target;

/// <param name="Addresses">Plain addresses, at least one.</param>
public sealed record AddressTarget(IReadOnlyList<string> Addresses) : Target;

/// <summary>The account that is connected ("me").</summary>
public sealed record AccountTarget : Target;

/// <param name="Field">The e-mail field of the record that the event is about.</param>
public sealed record RecordFieldTarget(string Field) : Target;

/// <summary>What a message says. Text of records goes in as data, escaped for its destination.</summary>
public abstract record MessageContent;

/// <summary>About the record of the event.</summary>
/// <param name="Fields">Fields to show; empty: the ones a reader needs, chosen by the schema.</param>
/// <param name="Purpose">How a mail to the person in the record begins.</param>
public sealed record RecordContent(IReadOnlyList<string> Fields, Purpose Purpose) : MessageContent;

/// <summary>About many records, found when it runs.</summary>
/// <param name="Filters">All must hold.</param>
/// <param name="Window">A stretch of time that a date must lie in; null for all.</param>
/// <param name="CountOnly">The number instead of the list.</param>
public sealed record DigestContent(string Entity, IReadOnlyList<Condition> Filters, DateWindow? Window, bool CountOnly) : MessageContent;

/// <summary>Fixed words, as the person wrote them between quotes.</summary>
public sealed record TextContent(string Text) : MessageContent;

public enum Purpose
{
    Notice,
    Thanks,
    Confirmation,
    Welcome,
    Reminder,
    Congratulation,
}

/// <param name="Field">A date or date-time field, or <c>created_date</c>.</param>
/// <param name="Minutes">How far back <see cref="WindowKind.Recent"/> looks; 0 for the others.</param>
public sealed record DateWindow(string Field, WindowKind Kind, int Minutes = 0);

/// <summary>Days are those of the schedule's time zone.</summary>
public enum WindowKind
{
    Today,
    Yesterday,
    Tomorrow,
    ThisWeek,

    /// <summary>Before today.</summary>
    Past,
    /// <summary>The last so many minutes.</summary>
    Recent,
    LastDay,
    LastWeek,
    LastMonth,
}
