using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Vault;

namespace Patchbay.Platform.Runs.Internal;

/// <summary>Which runs an event causes. Pure: it may be called again for the same events.</summary>
internal sealed class EventMatcher(TimeProvider time)
{
    private readonly Dictionary<string, (FlowCondition? Condition, string? Error)> _conditions = new(StringComparer.Ordinal);

    public IReadOnlyList<Run> Match(IReadOnlyList<Event> events, IFlowLookup flows) => [.. events.SelectMany(e => Match(e, flows))];

    /// <summary>The same for every attempt of a run, and for a run that is inserted twice.</summary>
    public static string KeyOf(FlowId flow, string eventId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{flow.Value}\n{eventId}")))[..40];

    private IEnumerable<Run> Match(Event happened, IFlowLookup flows)
    {
        if (happened.FlowId is { } only)
        {
            // A person may run a flow that is off; a schedule that was switched off in the meantime stays silent.
            if (flows.Find(happened.App, new FlowId(only)) is { } flow && (flow.Enabled || happened.Kind == EventKind.Manual))
                yield return RunOf(flow, happened, null);
            yield break;
        }
        if (happened.Kind != EventKind.Record || happened.Entity is null)
            yield break;
        foreach (var flow in flows.ForRecord(happened.App, happened.Entity))
        {
            if (!flow.Enabled || flow.Trigger is not RecordTrigger trigger || RecordEvents.NameOf(trigger.On) != happened.Type)
                continue;
            var (condition, error) = ConditionOf(trigger.Condition);
            if (condition is null)
                yield return RunOf(flow, happened, $"The flow's condition cannot be read: {error} Edit the flow and replay this run.");
            else if (Fires(condition, happened))
                yield return RunOf(flow, happened, FlowDepth.Of(happened.Payload) > FlowDepth.Most
                    ? $"Stopped: flows of this app have caused each other {FlowDepth.Most} times in a row. Change what the flow writes, or its trigger, before replaying."
                    : null);
        }
    }

    private (FlowCondition? Condition, string? Error) ConditionOf(string? text)
    {
        if (_conditions.TryGetValue(text ?? "", out var known))
            return known;
        var parsed = FlowCondition.TryParse(text, out var condition, out var error) ? (condition, (string?)null) : (null, error);
        return _conditions[text ?? ""] = parsed;
    }

    private static bool Fires(FlowCondition condition, Event happened)
    {
        var payload = happened.Payload;
        var scalars = payload[RecordEvents.Scalars] as JsonObject;
        var after = (payload["data"] ?? scalars?["after"]) as JsonObject ?? [];
        var before = happened.Type == "update" ? (payload["old_data"] ?? scalars?["before"]) as JsonObject ?? [] : null;
        return condition.Fires(before, after);
    }

    /// <param name="stopped">Why it must not run; it is then a dead letter from the start, so that a person sees it.</param>
    private Run RunOf(Flow flow, Event happened, string? stopped)
    {
        var now = time.GetUtcNow();
        var payload = (JsonObject)happened.Payload.DeepClone();
        payload.Remove(RecordEvents.Scalars);
        payload["args"] = flow.Arguments.DeepClone();
        return new Run
        {
            App = happened.App,
            Id = new RunId(Ids.New(time)),
            Flow = flow.Id,
            EventId = happened.Id,
            Function = flow.Function,
            Status = stopped is null ? RunStatus.Queued : RunStatus.DeadLetter,
            DueAt = now,
            IdempotencyKey = KeyOf(flow.Id, happened.Id),
            EventKind = happened.Kind,
            EventLabel = happened.Label,
            Payload = payload,
            LastError = stopped,
            CreatedAt = now,
            FinishedAt = stopped is null ? null : now,
        };
    }
}
