namespace Patchbay.Platform.Chat.Planning;

public enum ChatMode
{
    Build,
    Discuss,
}

/// <summary>What a person asked for, with everything a planner may look at. Planning does no I/O.</summary>
public sealed record PlanRequest
{
    /// <summary>The request itself. Answers to questions go into <see cref="Answers"/>; the text stays.</summary>
    public required string Text { get; init; }

    public ChatMode Mode { get; init; } = ChatMode.Build;

    public required AppSchema Schema { get; init; }

    /// <summary>IANA name; schedules run in it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Connectors with a working connection. They order choices; they never decide one.</summary>
    public IReadOnlyList<string> Connected { get; init; } = [];

    /// <summary>Slot of an earlier <see cref="PlanQuestion"/> to what was answered: a choice's value, or free text.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>The same request with one question more answered.</summary>
    public PlanRequest Answer(string slot, string value) =>
        this with { Answers = new Dictionary<string, string>(Answers) { [slot] = value } };
}
