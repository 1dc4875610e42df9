using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using FlowTrigger = Patchbay.Platform.Flows.Triggers.Trigger;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>A proposal as stored: what is shown, and what accepting it writes. Connections are added when it is read.</summary>
public sealed record ProposalDocument
{
    public required string Sentence { get; init; }
    public required string When { get; init; }
    public required IReadOnlyList<ProposalStep> Steps { get; init; }
    public required IReadOnlyList<ProposalRequirement> Requirements { get; init; }
    public required IReadOnlyList<ProposalFile> Files { get; init; }
    public required string FunctionName { get; init; }
    public required string FlowName { get; init; }
    public required IReadOnlyList<string> Operations { get; init; }
    public required FlowTrigger Trigger { get; init; }
    public required JsonObject Arguments { get; init; }

    /// <summary>Connectors the person chose to leave unconnected for now.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>Id of the flow that accepting made; null before.</summary>
    public string? FlowId { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ProposalDocument Of(ProposalContent content) => new()
    {
        Sentence = content.Sentence, When = content.When, Steps = content.Steps, Requirements = content.Requirements, Files = content.Files,
        FunctionName = content.FunctionName, FlowName = content.FlowName, Operations = content.Operations,
        Trigger = TriggerOf(content.Plan.Trigger), Arguments = JsonSerializer.SerializeToNode(content.Args, Json)!.AsObject(),
    };

    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Json)!.AsObject();

    public static ProposalDocument FromJson(JsonObject stored) => stored.Deserialize<ProposalDocument>(Json)!;

    private static FlowTrigger TriggerOf(TriggerPlan plan) => plan switch
    {
        Planning.RecordTrigger record => new Flows.Triggers.RecordTrigger(record.Entity, record.On switch
        {
            RecordChange.Create => RecordChangeKind.Create,
            RecordChange.Update => RecordChangeKind.Update,
            _ => RecordChangeKind.Delete,
        }, FlowCondition.Write(record.Conditions)),
        Planning.ScheduleTrigger schedule => new Flows.Triggers.ScheduleTrigger(schedule.Cron, schedule.TimeZone),
        _ => new Flows.Triggers.ManualTrigger(),
    };
}
