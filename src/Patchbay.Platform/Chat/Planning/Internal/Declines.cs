namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Ways to say no that name what is possible.</summary>
internal static class Declines
{
    private const string Possible = "a message to a Slack channel or an e-mail with Gmail, when a record is created, changed or deleted, or on a schedule";

    public static PlanDecline OtherTools(IReadOnlyList<(string Id, string Name)> tools) => new(DeclineKind.Unsupported,
        $"Flows with {Said.List([.. tools.Select(t => t.Name)])} cannot be built here yet.", $"What can be built: {Possible}.",
        [.. tools.Select(t => t.Id)], [$"the tool {Said.List([.. tools.Select(t => t.Name)])}"]);

    public static PlanDecline OffTopic() => new(DeclineKind.OffTopic, "I could not find anything in this that an app could do.", $"Ask for {Possible}.", [], []);

    public static PlanDecline Change() => new(DeclineKind.Unsupported,
        "What is built already cannot be changed by chat yet. Flows are switched off and deleted on their own page, functions are edited in their code, and a receipt in this chat has Undo.",
        "To replace a flow, say the whole request again.", [], []);

    public static PlanDecline Question() => new(DeclineKind.OffTopic,
        "This is a question, and a plan answers none. Discuss mode explains how things work here.", $"To have something built, ask for {Possible}.", [], []);

    public static PlanDecline Schedule(string problem, IReadOnlyList<string> understood) => new(DeclineKind.Unsupported,
        $"The schedule asks for {problem}, which a schedule here cannot say.", "Every day, weekday, chosen days, monthly on a day up to the 28th, or every so many minutes or hours.", [], understood);

    public static PlanDecline NoAction(IReadOnlyList<string> understood, IReadOnlyList<string> words) => new(DeclineKind.Unsupported,
        words.Count > 0 ? $"I do not know how to do \"{string.Join(' ', words)}\"." : "It does not say what should be done.", $"What can be built: {Possible}.", [], understood);

    public static PlanDecline Exception(IReadOnlyList<string> words, IReadOnlyList<string> understood) => new(DeclineKind.Unsupported,
        $"I understood only a part, and \"{string.Join(' ', words)}\" changes what it means. Exceptions, negations and alternatives cannot be built here yet.",
        "Say it without the exception, and it can be built.", [], understood);

    public static PlanDecline Rejected(IReadOnlyList<string> errors, IReadOnlyList<string> understood) => new(DeclineKind.Unsupported,
        "The plan did not pass its checks: " + string.Join(' ', errors), null, [], understood);
}
