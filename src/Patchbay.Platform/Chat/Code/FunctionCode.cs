using System.Globalization;
using System.Text;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Chat.Code;

/// <summary>
/// A valid plan as the function a developer would keep. The same plan gives the same text. The body of an invocation is
/// <c>{ event: { type, entity_name, entity_id }, data, old_data, changed_fields, args }</c>; where it goes stands as
/// constants in the code and can be overridden by the flow's <c>args</c>.
/// </summary>
public static class FunctionCode
{
    /// <param name="plan">One that <see cref="Proposals.ProposalValidator"/> accepts.</param>
    public static string Of(Plan plan, AppSchema schema)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(schema);
        var code = new StringBuilder();
        code.Append("import { createClientFromRequest } from \"npm:@base44/sdk\";\n\n");
        code.Append(CultureInfo.InvariantCulture, $"// {Ts.Comment(PlanSentence.Of(plan.Trigger, plan.Actions, schema))}\n");
        var targets = plan.Actions.Select((a, i) => ActionCode.Of(plan, schema, a, i, plan.Actions.Count)).ToList();
        foreach (var constant in targets.Select(t => t.Constant).Where(c => c.Length > 0))
            code.Append(constant).Append('\n');
        if (UsesDays(plan))
            code.Append(CultureInfo.InvariantCulture, $"const TIME_ZONE = {Ts.Text(plan.Trigger is ScheduleTrigger s ? s.TimeZone : "UTC")};\n");
        Body(code, plan, schema, targets);
        foreach (var helper in HelpersFor(plan, targets))
            code.Append('\n').Append(helper).Append('\n');
        return code.ToString();
    }

    /// <summary>What the flow passes as <c>args</c>; the same values as the constants in the code.</summary>
    public static IReadOnlyDictionary<string, object> Args(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var args = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (action, i) in plan.Actions.Select((a, i) => (a, i)))
        {
            var suffix = ActionCode.Suffix(i, plan.Actions.Count);
            if (action.Target is ChannelTarget channel) args["channel" + suffix] = channel.Channel;
            if (action.Target is AddressTarget addresses) args["to" + suffix] = addresses.Addresses;
        }

        return args;
    }

    private static void Body(StringBuilder code, Plan plan, AppSchema schema, List<ActionCode> targets)
    {
        var record = plan.Trigger as RecordTrigger;
        var needsRecord = record is not null && plan.Actions.Any(a => a.Content is RecordContent || a.Target is RecordFieldTarget);
        code.Append("\nDeno.serve(async (req) => {\n  const base44 = createClientFromRequest(req);\n");
        var args = targets.Exists(t => t.Constant.Length > 0) ? "args" : "";
        var parts = string.Join(", ", ((string[])[needsRecord ? "event, data" : "", args]).Where(p => p.Length > 0));
        if (parts.Length > 0)
            code.Append(CultureInfo.InvariantCulture, $"  const {{ {parts} }} = await req.json();\n");
        code.Append("  const key = req.headers.get(\"Base44-Idempotency-Key\") ?? crypto.randomUUID();\n");
        if (needsRecord)
        {
            var entity = schema.FindEntity(record!.Entity)!;
            // Large records travel without their data; a deleted one can be read nowhere else.
            code.Append(CultureInfo.InvariantCulture, $"  const {Ts.Variable(entity.Name)} = data ?? await {Ts.Member("base44.asServiceRole.entities", entity.Name)}.get(event.entity_id);\n");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connector in targets.Select(t => t.Connector).Distinct())
            code.Append(CultureInfo.InvariantCulture, $"  const {connector} = await base44.asServiceRole.connectors.getConnection({Ts.Text(connector)});\n");
        foreach (var target in targets)
        {
            code.Append('\n');
            foreach (var line in target.Setup.Where(seen.Add))
                code.Append("  ").Append(line).Append('\n');
            code.Append(target.Call);
        }

        code.Append("\n  return Response.json({ ok: true });\n});\n");
    }

    private static bool UsesDays(Plan plan) => plan.Actions.Any(a => a.Content is DigestContent d && DigestQuery.NeedsDays(d));

    private static IEnumerable<string> HelpersFor(Plan plan, List<ActionCode> targets)
    {
        var digests = plan.Actions.Select(a => a.Content).OfType<DigestContent>().ToList();
        var text = string.Concat(targets.Select(t => string.Concat(t.Setup) + t.Call));
        var slack = targets.Exists(t => t.Connector == "slack");
        var mail = targets.Exists(t => t.Connector == "gmail");
        if (text.Contains("slackText(", StringComparison.Ordinal) || text.Contains("shown(", StringComparison.Ordinal)) yield return Helpers.Label;
        if (text.Contains("slackText(", StringComparison.Ordinal)) yield return Helpers.SlackText;
        if (digests.Count > 0) yield return Helpers.FindAll;
        if (UsesDays(plan)) yield return Helpers.LocalDay;
        if (digests.Exists(d => d.Window?.Kind == WindowKind.ThisWeek)) yield return DigestQuery.WeekStart;
        if (digests.Exists(d => !d.CountOnly)) yield return Helpers.ListText;
        if (slack) yield return Helpers.PostMessage;
        if (!mail) yield break;
        if (plan.Actions.Any(a => a.Target is AccountTarget)) yield return Helpers.AccountAddress;
        yield return Helpers.Base64;
        yield return Helpers.HeaderText;
        yield return Helpers.SendEmail;
    }
}
