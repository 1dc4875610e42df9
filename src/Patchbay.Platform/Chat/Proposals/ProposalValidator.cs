using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Patchbay.Catalog;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Chat.Proposals;

/// <param name="Errors">Empty if the plan may be offered.</param>
/// <param name="Scopes">Connector to its least scopes, sorted; empty if there is any error.</param>
public sealed record Validation(IReadOnlyList<string> Errors, IReadOnlyDictionary<string, IReadOnlyList<string>> Scopes);

/// <summary>
/// The one judge of plans, whoever made them. A plan it rejects can never become ready; scopes come from the catalog
/// and from nothing in the plan.
/// </summary>
public sealed partial class ProposalValidator(ConnectorCatalog catalog)
{
    private const int MostActions = 10, MostRecipients = 20, LongestText = 3_000, MostConditions = 10;

    public Validation Validate(Plan plan, AppSchema schema)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(schema);
        var errors = new List<string>();
        errors.AddRange(Trigger(plan.Trigger, schema));
        if (plan.Actions is not { Count: > 0 and <= MostActions })
            errors.Add($"A plan has 1 to {MostActions} actions.");
        foreach (var action in plan.Actions ?? [])
            errors.AddRange(Action(action, plan.Trigger, schema));
        return new(errors, errors.Count > 0 ? new Dictionary<string, IReadOnlyList<string>>() : Scopes(plan));
    }

    /// <summary>Operations the function of this plan calls, helpers included.</summary>
    public static IReadOnlyList<string> OperationsOf(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var operations = plan.Actions.Select(a => a.Operation);
        // To write to oneself the function has to learn the account's address first.
        return [.. (plan.Actions.Any(a => a.Target is AccountTarget) ? operations.Append("gmail.get_account") : operations).Distinct(StringComparer.Ordinal)];
    }

    private Dictionary<string, IReadOnlyList<string>> Scopes(Plan plan) =>
        OperationsOf(plan).Select(id => catalog.FindOperation(id)!).GroupBy(o => o.Id[..o.Id.IndexOf('.', StringComparison.Ordinal)], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => ScopeRules.LeastScopes(catalog.FindConnector(g.Key)!, g), StringComparer.Ordinal);

    private static IEnumerable<string> Trigger(TriggerPlan? trigger, AppSchema schema)
    {
        switch (trigger)
        {
            case RecordTrigger record when schema.FindEntity(record.Entity ?? "") is not { }:
                yield return $"The app has no entity '{record.Entity}'.";
                break;
            case RecordTrigger record:
                var entity = schema.FindEntity(record.Entity)!;
                if (!Enum.IsDefined(record.On))
                    yield return "The change is none of create, update, delete.";
                if (record.Conditions is not { Count: <= MostConditions })
                    yield return $"A trigger has at most {MostConditions} conditions.";
                foreach (var condition in record.Conditions ?? [])
                    if (PlanConditions.Fault(condition, entity, allowChanged: record.On == RecordChange.Update) is { } fault)
                        yield return fault;
                if (record.On == RecordChange.Delete && record.Conditions is { Count: > 0 })
                    yield return "A deletion takes no condition.";
                break;
            case ScheduleTrigger schedule:
                if (!CronText.IsFiveField(schedule.Cron))
                    yield return $"'{schedule.Cron}' is no schedule of five fields, at most every five minutes.";
                if (schedule.TimeZone is null || NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(schedule.TimeZone) is null)
                    yield return $"'{schedule.TimeZone}' is no time zone.";
                break;
            case ManualTrigger:
                break;
            default:
                yield return "The plan has no trigger of a known kind.";
                break;
        }
    }

    private IEnumerable<string> Action(ActionPlan? action, TriggerPlan trigger, AppSchema schema)
    {
        if (action?.Operation is not { } id || catalog.FindOperation(id) is not { } operation)
        {
            yield return $"The catalog has no operation '{action?.Operation}'.";
            yield break;
        }

        var record = trigger as RecordTrigger;
        var entity = record?.Entity is { } name ? schema.FindEntity(name) : null;
        switch (operation.Id, action.Target)
        {
            case ("slack.post_message", ChannelTarget channel):
                if (channel.Channel is null || !Channel().IsMatch(channel.Channel))
                    yield return $"'{channel.Channel}' is no channel name: # and up to 79 small letters, digits, - or _.";
                break;
            case ("gmail.send_email", AddressTarget addresses):
                if (addresses.Addresses is not { Count: > 0 and <= MostRecipients })
                    yield return $"An e-mail goes to 1 to {MostRecipients} addresses.";
                foreach (var address in addresses.Addresses ?? [])
                    if (!IsAddress(address))
                        yield return $"'{address}' is no e-mail address.";
                break;
            case ("gmail.send_email", AccountTarget):
                break;
            case ("gmail.send_email", RecordFieldTarget field):
                if (entity?.FindField(field.Field ?? "") is not { Kind: FieldKind.Email })
                    yield return $"'{field.Field}' is no e-mail field of the record that the event is about.";
                break;
            default:
                yield return $"'{operation.Id}' cannot be planned with this kind of target.";
                break;
        }

        foreach (var fault in ContentFaults(action.Content, entity, schema))
            yield return fault;
    }

    private static IEnumerable<string> ContentFaults(MessageContent? content, EntitySchema? entity, AppSchema schema)
    {
        switch (content)
        {
            case RecordContent when entity is null:
                yield return "A message about a record needs a trigger with a record.";
                break;
            case RecordContent record:
                if (!Enum.IsDefined(record.Purpose))
                    yield return "The purpose is unknown.";
                foreach (var field in record.Fields ?? [])
                    if (PlanConditions.FieldOf(entity, field) is null)
                        yield return $"{entity.Name} has no field '{field}'.";
                break;
            case DigestContent digest when schema.FindEntity(digest.Entity ?? "") is not { }:
                yield return $"The app has no entity '{digest.Entity}'.";
                break;
            case DigestContent digest:
                var listed = schema.FindEntity(digest.Entity)!;
                foreach (var filter in digest.Filters ?? [])
                    if (PlanConditions.Fault(filter, listed, allowChanged: false) is { } fault)
                        yield return fault;
                if (digest.Window is { } window
                    && (!Enum.IsDefined(window.Kind) || PlanConditions.FieldOf(listed, window.Field) is not { Kind: FieldKind.Date or FieldKind.DateTime }))
                    yield return $"'{window.Field}' is no date of {listed.Name}.";
                if (digest.Window is { Kind: WindowKind.Recent, Minutes: not (> 0 and <= 1440) } or { Kind: WindowKind.Recent or WindowKind.LastDay or WindowKind.LastWeek or WindowKind.LastMonth, Field: not "created_date" })
                    yield return "A stretch back in time is 1 to 1440 minutes, a day, a week or a month, of the date of creation.";
                break;
            case TextContent text:
                if (string.IsNullOrWhiteSpace(text.Text) || text.Text.Length > LongestText)
                    yield return $"A fixed text has 1 to {LongestText} characters.";
                break;
            default:
                yield return "The action says nothing.";
                break;
        }
    }

    private static bool IsAddress(string? address) =>
        address is { Length: > 2 and <= 254 }
        && Address().IsMatch(address)
        && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address;

    [GeneratedRegex(@"^#[a-z0-9_-]{1,79}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Channel();

    [GeneratedRegex(@"^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
