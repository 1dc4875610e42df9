namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>One thing that is still missing, as the question that asks for it.</summary>
internal sealed record Gap(string Slot, string Text, IReadOnlyList<Choice> Choices, bool FreeText);

/// <summary>Everything known about a request while it is being read.</summary>
internal sealed class Draft
{
    public TriggerPlan? Trigger { get; set; }

    public EntitySchema? Entity { get; set; }

    public List<ActionPlan> Actions { get; } = [];

    public List<string> Connectors { get; } = [];

    public List<string> Operations { get; } = [];

    public List<Gap> Gaps { get; } = [];

    public List<string> Understood { get; } = [];

    public void Need(Gap gap)
    {
        if (!Gaps.Exists(g => g.Slot == gap.Slot))
            Gaps.Add(gap);
    }

    public void Uses(string operation)
    {
        var connector = operation[..operation.IndexOf('.', StringComparison.Ordinal)];
        if (!Operations.Contains(operation)) Operations.Add(operation);
        if (!Connectors.Contains(connector)) Connectors.Add(connector);
    }

    public PartialPlan Partial => new(Trigger, Actions, Connectors, Operations);
}
