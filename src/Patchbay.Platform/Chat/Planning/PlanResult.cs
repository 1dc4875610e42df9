namespace Patchbay.Platform.Chat.Planning;

/// <summary>Turns a request into a plan, a question or a reason why not. Never guesses.</summary>
public interface IPlanner
{
    PlanResult Plan(PlanRequest request);
}

/// <param name="Understood">What was recognised, as short phrases for a person.</param>
public abstract record PlanResult(IReadOnlyList<string> Understood);

/// <summary>Accepted as it is, the run does what <see cref="Plan.Sentence"/> says.</summary>
public sealed record PlanReady(Plan Plan, IReadOnlyList<string> Understood) : PlanResult(Understood);

/// <summary>Something is missing or has two readings. Answer with <see cref="PlanRequest.Answer"/>.</summary>
/// <param name="Slot">One of <see cref="Slots"/>.</param>
/// <param name="Choices">Offered as buttons; may be empty.</param>
/// <param name="FreeText">Whether an answer in own words is understood too.</param>
/// <param name="Missing">All slots that still need an answer, this one first.</param>
public sealed record PlanQuestion(
    string Text, string Slot, IReadOnlyList<Choice> Choices, bool FreeText, IReadOnlyList<string> Missing,
    PartialPlan Partial, IReadOnlyList<string> Understood) : PlanResult(Understood);

public sealed record Choice(string Label, string Value);

/// <summary>What is known so far.</summary>
/// <param name="Connectors">Connectors the request names or needs, also where no action is complete.</param>
/// <param name="Operations">Operations that are clear although their target is not.</param>
public sealed record PartialPlan(TriggerPlan? Trigger, IReadOnlyList<ActionPlan> Actions, IReadOnlyList<string> Connectors, IReadOnlyList<string> Operations);

/// <param name="Reason">Why it is not built, for the person who asked.</param>
/// <param name="Nearest">The nearest thing that is possible; null if there is none.</param>
public sealed record PlanDecline(DeclineKind Kind, string Reason, string? Nearest, IReadOnlyList<string> Connectors, IReadOnlyList<string> Understood)
    : PlanResult(Understood);

public enum DeclineKind
{
    /// <summary>A fair request that cannot be built here.</summary>
    Unsupported,

    /// <summary>A request that must not be built: credentials, hidden recipients, destruction, orders to the planner.</summary>
    Refused,

    /// <summary>Nothing that an app's flow could do.</summary>
    OffTopic,

    /// <summary>In Discuss mode nothing is built.</summary>
    Discuss,
}

/// <summary>Names of what can be missing. Stored with questions: never renamed.</summary>
public static class Slots
{
    public const string Trigger = "trigger";
    public const string Value = "value";
    public const string Entity = "entity";
    public const string Cadence = "cadence";
    public const string Time = "time";
    public const string Connector = "connector";
    public const string Channel = "channel";
    public const string To = "to";
    public const string Content = "content";
    public const string LeadTime = "lead_time";

    /// <summary>Whether to build it without the words that were not understood.</summary>
    public const string Confirm = "confirm";
}
