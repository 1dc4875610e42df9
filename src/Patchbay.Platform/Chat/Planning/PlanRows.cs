using System.Text.Json;
using System.Text.Json.Serialization;
using Patchbay.Catalog;
using Patchbay.Platform.Chat.Proposals;

namespace Patchbay.Platform.Chat.Planning;

/// <summary>Plans as rows, one JSON object a line: what <c>patchbay plan</c> writes to be scored.</summary>
public static class PlanRows
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="input">Lines <c>{"id","prompt"}</c>; empty lines are skipped.</param>
    /// <param name="output">One row a line, in the order of the input.</param>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="JsonException">A line is no such object.</exception>
    public static async Task<int> WriteAsync(IPlanner planner, ConnectorCatalog catalog, AppSchema schema, string timeZone, TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(planner);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var count = 0;
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            using var document = JsonDocument.Parse(line);
            var id = document.RootElement.GetProperty("id").ToString();
            var prompt = document.RootElement.GetProperty("prompt").GetString() ?? "";
            var result = planner.Plan(new() { Text = prompt, Schema = schema, TimeZone = timeZone });
            await output.WriteLineAsync(JsonSerializer.Serialize(Of(id, result, catalog, schema), Options).AsMemory(), cancellationToken);
            count++;
        }

        return count;
    }

    public static PlanRow Of(string id, PlanResult result, ConnectorCatalog catalog, AppSchema schema) => result switch
    {
        PlanReady ready => new(id, "build", Connectors(ready.Plan.Actions), [.. ready.Plan.Actions.Select(a => a.Operation).Distinct()],
            Scopes(ready.Plan, catalog, schema), Trigger(ready.Plan.Trigger, ready.Plan.Actions), Parameters(ready.Plan.Actions), [], ready.Plan.Sentence),
        PlanQuestion question => new(id, "clarify", question.Partial.Connectors, question.Partial.Operations, ScopesOf(question.Partial.Operations, catalog),
            Trigger(question.Partial.Trigger, question.Partial.Actions), Parameters(question.Partial.Actions), question.Missing, question.Text),
        PlanDecline decline => new(id, decline.Kind switch { DeclineKind.Refused => "refuse", DeclineKind.Discuss => "discuss", _ => "unsupported" },
            decline.Connectors, [], [], new("none"), new Dictionary<string, string>(), [], decline.Reason),
        _ => throw new ArgumentException("An unknown kind of result.", nameof(result)),
    };

    private static string[] Connectors(IReadOnlyList<ActionPlan> actions) =>
        [.. actions.Select(a => a.Operation[..a.Operation.IndexOf('.', StringComparison.Ordinal)]).Distinct()];

    private static string[] Scopes(Plan plan, ConnectorCatalog catalog, AppSchema schema) =>
        [.. new ProposalValidator(catalog).Validate(plan, schema).Scopes.Values.SelectMany(s => s)];

    private static string[] ScopesOf(IReadOnlyList<string> operations, ConnectorCatalog catalog) =>
        [.. catalog.Connectors.SelectMany(c => ScopeRules.LeastScopes(c, operations.Select(catalog.FindOperation).OfType<Operation>()))];

    private static PlanRowTrigger Trigger(TriggerPlan? trigger, IReadOnlyList<ActionPlan> actions) => trigger switch
    {
        RecordTrigger record => new("entity_" + record.On switch { RecordChange.Create => "create", RecordChange.Update => "update", _ => "delete" },
            record.Entity, [.. record.Conditions.Select(c => new PlanRowCondition(c.Field, c.Operator, c.Value, c.Turns ? true : null))]),
        ScheduleTrigger schedule when actions.Select(a => a.Content).OfType<DigestContent>().FirstOrDefault() is { } digest =>
            new("schedule", digest.Entity, [.. digest.Filters.Select(c => new PlanRowCondition(c.Field, c.Operator, c.Value))], schedule.Cron),
        ScheduleTrigger schedule => new("schedule", Cron: schedule.Cron),
        ManualTrigger => new("on_demand"),
        _ => new("none"),
    };

    private static Dictionary<string, string> Parameters(IReadOnlyList<ActionPlan> actions)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var action in actions)
            switch (action.Target)
            {
                case ChannelTarget channel: parameters.TryAdd("channel", channel.Channel); break;
                case AddressTarget addresses: parameters.TryAdd("to", string.Join(",", addresses.Addresses)); break;
                case AccountTarget: parameters.TryAdd("to", "me"); break;
                case RecordFieldTarget field: parameters.TryAdd("to", field.Field); break;
            }

        return parameters;
    }
}

public sealed record PlanRow(
    string Id, string Outcome, IReadOnlyList<string> Connectors, IReadOnlyList<string> Actions, IReadOnlyList<string> Scopes,
    PlanRowTrigger Trigger, IReadOnlyDictionary<string, string> Params, IReadOnlyList<string> Asks, string Says);

public sealed record PlanRowTrigger(string Type, string? Entity = null, IReadOnlyList<PlanRowCondition>? Condition = null, string? Cron = null);

/// <param name="Turns">See <see cref="Condition.Turns"/>; left out where it is not so.</param>
public sealed record PlanRowCondition(string Field, string Op, string Value, bool? Turns = null);
