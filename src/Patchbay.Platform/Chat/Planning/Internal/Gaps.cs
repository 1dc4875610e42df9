namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>The questions, in the product's words.</summary>
internal static class Gaps
{
    public static Gap Channel() => new(Slots.Channel, "Which Slack channel should it go to?", [], FreeText: true);

    public static Gap ChannelInsteadOfPerson() => new(Slots.Channel,
        "Slack messages go to channels here, not to one person. Which channel should it go to instead?", [], FreeText: true);

    public static Gap To(EntitySchema? entity) => new(Slots.To, "Who should get the e-mail? An address, or one of these:",
        [new("Me (the connected account)", "me"), .. (entity?.Fields ?? []).Where(f => f.Kind == FieldKind.Email).Select(f => new Choice($"{f.Name.Replace('_', ' ')} of the {Said.Name(entity!)}", f.Name))],
        FreeText: true);

    public static Gap Connector(IReadOnlyList<string> connected) => new(Slots.Connector, "By which tool?",
        [.. ((Choice[])[new("Slack", "slack"), new("Gmail", "gmail")]).OrderByDescending(c => connected.Contains(c.Value))], FreeText: false);

    public static Gap Trigger(AppSchema schema) => new(Slots.Trigger, "What should set it off?",
        [.. schema.Entities.Take(6).Select(e => new Choice($"{Said.Capital(Said.A(Said.Name(e)))} is created", $"when {Said.A(Said.Name(e))} is created")), new("Every day at 9:00", "every day at 9:00")],
        FreeText: true);

    public static Gap TriggerOf(EntitySchema entity) => new(Slots.Trigger, $"When exactly, for {Said.A(Said.Name(entity))}?",
        [
            new("When it is created", $"when {Said.A(Said.Name(entity))} is created"), new("When it changes", $"when {Said.A(Said.Name(entity))} is updated"),
            .. entity.Fields.Where(f => f.Kind == FieldKind.Enum).SelectMany(f => f.Values.Select(v => new Choice($"When its {Said.Words(f.Name)} becomes {v}", $"when {Said.A(Said.Name(entity))} {Said.Words(f.Name)} becomes {Said.Words(v)}"))).Take(6),
        ],
        FreeText: true);

    public static Gap Content(AppSchema schema) => new(Slots.Content, "What should the message list?",
        [.. schema.Entities.Take(8).Select(e => new Choice(e.Plural ?? e.Name, e.Name))], FreeText: false);

    public static Gap Words(string dictated) => new(Slots.Content, "Which words exactly should the message have? They are sent as they are; nothing of a record goes into them.",
        [new($"\"{dictated}\"", dictated)], FreeText: true);

    public static Gap Cadence(string? time) => new(Slots.Cadence, "How often?",
        [.. ((string[])["every day", "every weekday", "every Monday"]).Select(c => new Choice($"{c} at {time ?? "9:00"}", $"{c} at {time ?? "9:00"}"))], FreeText: true);

    public static Gap Hour(int hour) => new(Slots.Time, $"At {hour} in the morning or in the afternoon?",
        [new(Tokenizer.Clock(hour, 0), Tokenizer.Clock(hour, 0)), new(Tokenizer.Clock(hour + 12, 0), Tokenizer.Clock(hour + 12, 0))], FreeText: true);

    public static Gap OneTime(IReadOnlyList<string> clocks) => new(Slots.Time, "One flow runs at one time of day. Which of these? The others can be flows of their own.",
        [.. clocks.Select(c => c.Contains(':', StringComparison.Ordinal) ? c : Tokenizer.Clock(int.Parse(c, System.Globalization.CultureInfo.InvariantCulture), 0)).Distinct().Select(c => new Choice(c, c))], FreeText: true);

    public static Gap Confirm(IReadOnlyList<string> words, string sentence) => new(Slots.Confirm,
        $"I do not know what to do with \"{string.Join(' ', words)}\". Shall I build it without that: {sentence}", [new("Yes, without it", "without")], FreeText: false);
}
