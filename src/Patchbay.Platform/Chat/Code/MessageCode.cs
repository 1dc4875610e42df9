using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Chat.Planning.Internal;

namespace Patchbay.Platform.Chat.Code;

/// <summary>Text of one message as TypeScript expressions.</summary>
/// <param name="Setup">Statements before it.</param>
internal sealed record MessageCode(IReadOnlyList<string> Setup, string Subject, string Body);

/// <summary>Writes the words of a message; <paramref name="wrap"/> is the function that makes record text safe for its destination.</summary>
internal sealed class MessageWriter(Plan plan, AppSchema schema, string wrap)
{
    private static readonly string[] PersonNames = ["customer_name", "name", "full_name", "first_name"];

    public MessageCode Write(ActionPlan action) => action.Content switch
    {
        TextContent text => new([], Ts.Text(text.Text.Length > 60 ? text.Text[..60] : text.Text), Ts.Text(text.Text)),
        DigestContent digest => Digest(digest),
        RecordContent record => Record(record, personal: action.Target is RecordFieldTarget),
        _ => throw new ArgumentException("A message without content passed the validator.", nameof(action)),
    };

    private MessageCode Record(RecordContent content, bool personal)
    {
        var trigger = (RecordTrigger)plan.Trigger;
        var entity = schema.FindEntity(trigger.Entity)!;
        var row = Ts.Variable(entity.Name);
        var title = Headline.TitleOf(entity) is { } field ? $"${{{wrap}({Ts.Member(row, field.Name)})}}" : "";
        var noun = Said.Name(entity);
        var headline = $"{Happened(trigger, noun)}: {title}";
        var fields = content.Fields.Count > 0 ? content.Fields
            : personal ? [.. trigger.Conditions.Select(c => c.Field).Distinct()]
            : Headline.DetailsOf(entity).Select(f => f.Name);
        var lines = fields.Select(f => $"`{Template(Said.Capital(Said.Words(f)))}: ${{{wrap}({Ts.Member(row, f)})}}`").ToList();
        if (!personal && content.Purpose == Purpose.Notice)
            return new([], $"`{headline}`", Lines([$"`{(wrap == "slackText" ? $"*{headline}*" : headline)}`", .. lines]));
        var (subject, opening) = Personal(content.Purpose, noun, title);
        List<string> body = content.Purpose == Purpose.Welcome && content.Fields.Count == 0 ? [$"`{opening}`"] : [$"`{opening}`", "\"\"", $"`{Said.Capital(noun)}: {title}`", .. lines];
        return new([], $"`{subject}`", Lines([Greeting(entity, row), "\"\"", .. body]));
    }

    private static string Happened(RecordTrigger trigger, string noun) => trigger switch
    {
        { On: RecordChange.Create } => $"New {Template(noun)}",
        { On: RecordChange.Delete } => $"{Template(Said.Capital(noun))} deleted",
        { Turning: [{ Operator: ConditionOperators.Is } one] } => $"{Template(Said.Capital(noun))} now {Template(Said.Words(one.Value))}",
        _ => $"{Template(Said.Capital(noun))} changed",
    };

    private static string Greeting(EntitySchema entity, string row) =>
        PersonNames.FirstOrDefault(n => entity.FindField(n) is not null) is { } name
            && entity.Fields.Any(f => f.Kind == FieldKind.Email && (f.Name == "email" || f.Name.StartsWith("customer", StringComparison.Ordinal)))
            ? $"{Ts.Member(row, name)} ? `Hello ${{{Ts.Member(row, name)}}},` : \"Hello,\""
            : "\"Hello,\"";

    private static (string Subject, string Opening) Personal(Purpose purpose, string noun, string title)
    {
        var about = $"your {Template(noun)}";
        return purpose switch
        {
            Purpose.Thanks => ("Thank you", "thank you! This is about " + about + "."),
            Purpose.Confirmation => ($"Confirmation of {about}", $"this confirms {about}."),
            Purpose.Welcome => ("Welcome", "welcome! We are glad that you are here."),
            Purpose.Reminder => ($"Reminder: {about}", $"this is a reminder of {about}."),
            Purpose.Congratulation => ("Congratulations", $"congratulations on {about}!"),
            _ => ($"News about {about}: {title}", $"there is news about {about}."),
        };
    }

    private MessageCode Digest(DigestContent digest)
    {
        var entity = schema.FindEntity(digest.Entity)!;
        var row = Ts.Variable(entity.Name);
        var many = Ts.Variable(VerbForms.Plural(entity.Name));
        var setup = new List<string> { $"const {many} = {DigestQuery.Find(digest, entity, row)};" };
        var title = Template(DigestQuery.Title(digest, entity));
        if (digest.CountOnly)
            return new(setup, $"`{title}: ${{{many}.length}}`", $"`{title}: ${{{many}.length}}`");
        var name = Headline.TitleOf(entity) is { } field ? $"${{{wrap}({Ts.Member(row, field.Name)})}}" : "${" + row + ".id}";
        var brief = string.Concat(Headline.BriefOf(entity).Select(f => $", {Template(Said.Words(f.Name))} ${{{wrap}({Ts.Member(row, f.Name)})}}"));
        var bullet = wrap == "slackText" ? "•" : "-";
        return new(setup, $"`{title}: ${{{many}.length}}`", $"listText(\n    {Ts.Text(DigestQuery.Title(digest, entity))},\n    {many}.map(({row}) => `{bullet} {name}{brief}`),\n  )");
    }

    private static string Lines(IReadOnlyList<string> lines) =>
        lines.Count == 1 ? lines[0] : $"[\n{string.Concat(lines.Select(l => $"    {Plain(l)},\n"))}  ].join(\"\\n\")";

    // A template without a hole is a plain string.
    private static string Plain(string literal) =>
        literal.StartsWith('`') && !literal.Contains('$', StringComparison.Ordinal) && !literal.Contains('\\', StringComparison.Ordinal) && !literal.Contains('"', StringComparison.Ordinal)
            ? $"\"{literal[1..^1]}\"" : literal;

    /// <summary>Fixed words inside a template literal.</summary>
    private static string Template(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal);
}
