using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Chat.Planning.Internal;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>Names for what a plan creates: the same plan, the same names.</summary>
internal static class ProposalNames
{
    private const int LongestName = 60;

    /// <summary><c>postToSupportWhenTicketCreated</c>.</summary>
    /// <param name="taken">Names of other functions; a number is added where needed.</param>
    public static string Function(Plan plan, IReadOnlyCollection<string> taken)
    {
        var words = new List<string>();
        var first = plan.Actions[0];
        words.AddRange(first.Target switch
        {
            ChannelTarget channel => ["post", .. About(first), "to", channel.Channel],
            AccountTarget => ["email", "me", .. About(first)],
            RecordFieldTarget field => ["email", .. Said.Words(field.Field).Replace("email", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            _ => ["email", .. About(first)],
        });
        words.AddRange(plan.Trigger switch
        {
            RecordTrigger { Turning: [{ Operator: ConditionOperators.Is } one, ..], On: RecordChange.Update } record => ["when", record.Entity, one.Value],
            RecordTrigger record => ["when", record.Entity, record.On switch { RecordChange.Create => "created", RecordChange.Delete => "deleted", _ => "changed" }],
            ScheduleTrigger schedule => schedule.Cron.EndsWith(" * * *", StringComparison.Ordinal) ? ["regularly"] : ["onSchedule"],
            _ => ["onDemand"],
        });
        var name = Camel(words);
        for (var (candidate, i) = (name, 2); ; candidate = $"{name}{i++}")
            if (!taken.Contains(candidate))
                return candidate;
    }

    public static string Flow(Plan plan, AppSchema schema) =>
        Said.Capital($"{string.Join(" and ", plan.Actions.Select(a => Step(a)))}, {PlanSentence.When(plan.Trigger, schema)}");

    /// <summary>"Post to #support"; begins with a capital letter.</summary>
    public static string Step(ActionPlan action) => action.Target switch
    {
        ChannelTarget channel => $"Post to {channel.Channel}",
        AddressTarget addresses => $"E-mail {Said.List(addresses.Addresses)}",
        AccountTarget => "E-mail yourself",
        RecordFieldTarget { Field: "email" } => "E-mail the person in the record",
        RecordFieldTarget field => $"E-mail the {Said.Words(field.Field).Replace(" email", "", StringComparison.Ordinal)} in the record",
        _ => action.Operation,
    };

    private static IEnumerable<string> About(ActionPlan action) => action.Content is DigestContent digest ? [digest.Entity] : [];

    private static string Camel(List<string> words)
    {
        var parts = words.SelectMany(SchemaVocabulary.WordsOf).Select(w => new string([.. w.Where(char.IsAsciiLetterOrDigit)])).Where(w => w.Length > 0).ToList();
        var name = string.Concat(parts.Select((p, i) => i == 0 ? p : Said.Capital(p)));
        if (name.Length == 0 || !char.IsAsciiLetter(name[0])) name = "flow" + name;
        return name.Length > LongestName ? name[..LongestName] : name;
    }
}
