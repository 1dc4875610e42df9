using Patchbay.Catalog;
using Patchbay.Platform.Chat.Planning.Internal;
using Patchbay.Platform.Chat.Proposals;

namespace Patchbay.Platform.Chat.Planning;

/// <summary>
/// The planner without a model: normalise, guard, read the schedule, split into clauses, read trigger and actions,
/// ask for what is missing. A plan is ready only if every word of the request was explained by some rule.
/// </summary>
public sealed class EmbeddedPlanner(ConnectorCatalog catalog) : IPlanner
{
    private const int LongestText = 2_000;
    private readonly Tools _tools = new(catalog);
    private readonly ProposalValidator _validator = new(catalog);

    public PlanResult Plan(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Text.Length > LongestText)
            return new PlanDecline(DeclineKind.Unsupported, $"The request is longer than {LongestText} characters. Say it in a few sentences.", null, [], []);
        var vocabulary = SchemaVocabulary.Of(request.Schema);
        var tokens = Tokenizer.Read(request.Text);
        if (Guard.Check(request.Text, tokens, vocabulary) is { } reason)
            return new PlanDecline(DeclineKind.Refused, reason, null, [], []);
        tokens = Spelling.Mend(tokens, vocabulary, _tools.Words);
        if (Guard.Check(request.Text, tokens, vocabulary) is { } mended)
            return new PlanDecline(DeclineKind.Refused, mended, null, [], []);
        tokens = Courtesy.Without(tokens);
        if (ProductQuestion.Is(request.Text, tokens))
            return Declines.Question();
        if (ChangeWish.Is(request.Text, tokens))
            return Declines.Change();
        if (request.Mode == ChatMode.Discuss)
            return Discuss(request, tokens, vocabulary);
        if (Tools.OthersIn(tokens, vocabulary) is { Count: > 0 } others)
        {
            // What it is about is named all the same: the person sees that only the tool is in the way.
            var decline = Declines.OtherTools(others);
            var rest = new Reading(request, tokens, vocabulary, _tools, _validator).Result().Understood;
            return decline with { Understood = [.. decline.Understood, .. rest] };
        }
        return new Reading(request, tokens, vocabulary, _tools, _validator).Result();
    }

    // Discuss explains and changes nothing: the same reading, given as words.
    private PlanDecline Discuss(PlanRequest request, List<Token> tokens, SchemaVocabulary vocabulary)
    {
        var result = Tools.OthersIn(tokens, vocabulary) is { Count: > 0 } others ? Declines.OtherTools(others) : new Reading(request, tokens, vocabulary, _tools, _validator).Result();
        return new(DeclineKind.Discuss, result switch
        {
            PlanReady ready => $"This could be built as follows: {ready.Plan.Sentence} In Discuss mode nothing is changed; switch to Build to get a proposal.",
            PlanQuestion question => $"One thing would have to be settled first: {question.Text}",
            PlanDecline decline => decline.Reason,
            _ => "",
        }, null, [], result.Understood);
    }
}
