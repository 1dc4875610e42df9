using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Catalog;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Chat.Conversations;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Chat.Proposals;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Plan = Patchbay.Platform.Chat.Planning.Plan;

namespace Patchbay.Platform.Chat;

/// <summary>Conversations: a person's words in, a proposal, a question or a reason out. Nothing here changes the app.</summary>
public sealed class ChatService(
    IConversationStore store, IPlanner planner, ConnectorCatalog catalog, IEntityStore entities, IFunctionStore functions, AppConnections connections, TimeProvider time)
{
    private const int LongestText = 4000;
    private readonly ProposalBuilder _builder = new(catalog);

    public async Task<Conversation> StartAsync(Teammate actor, App app, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var conversation = new Conversation(app.Id, Ids.New(time), "New conversation", actor.Id.Value, now, now);
        await store.InsertAsync(conversation, cancellationToken);
        return conversation;
    }

    public Task<IReadOnlyList<Conversation>> ListAsync(AppId app, CancellationToken cancellationToken) => store.ListAsync(app, cancellationToken);

    public async Task<(Conversation Conversation, IReadOnlyList<Message> Messages)> GetAsync(AppId app, string id, CancellationToken cancellationToken) =>
        (await FindAsync(app, id, cancellationToken), await store.ListMessagesAsync(app, id, cancellationToken));

    /// <param name="questionId">Message id of the question that the text answers; null for a new request.</param>
    /// <returns>The messages that came of it: the person's and the reply.</returns>
    public async Task<IReadOnlyList<Message>> PostAsync(Teammate actor, App app, string conversationId, string text, ChatMode mode, string? questionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        new FieldFaults().Check("text", text?.Trim() is { Length: > 0 and <= LongestText }, $"1 to {LongestText} characters").ThrowIfAny();
        var conversation = await FindAsync(app.Id, conversationId, cancellationToken);
        var request = new PlanRequest
        {
            Text = text!.Trim(), Mode = mode, TimeZone = app.TimeZone,
            Schema = await SchemaAsync(app, cancellationToken),
            Connected = [.. (await connections.ApprovedAsync(app.Id, cancellationToken)).Keys.Order(StringComparer.Ordinal)],
        };
        var result = planner.Plan(request);
        // A sentence that can be built as it stands is a new request, not an answer: what was asked before does not mix into it.
        if (questionId is not null && result is not PlanReady)
            (request, result) = await AnswerAsync(request, result, app.Id, conversationId, questionId, cancellationToken);
        var now = time.GetUtcNow();
        var asked = new Message(app.Id, conversationId, Ids.New(time), "user", text.Trim(), null, null, now);
        StoredProposal? proposal = result is PlanReady ready ? await ProposeAsync(app.Id, conversationId, ready.Plan, request.Schema, cancellationToken) : null;
        var reply = new Message(app.Id, conversationId, Ids.New(time), "assistant", Words(result), Attachment(result, request), proposal?.Id, now);
        var title = conversation.Title == "New conversation" ? Title(text) : conversation.Title;
        await store.AppendAsync(conversation with { Title = title, UpdatedAt = now }, [asked, reply], proposal is null ? [] : [proposal], cancellationToken);
        return [asked, reply];
    }

    /// <summary>The app's entities as the planner sees them.</summary>
    public async Task<AppSchema> SchemaAsync(App app, CancellationToken cancellationToken)
    {
        var found = await entities.ListAsync(app.Id, cancellationToken);
        return new(app.Name, [.. found.Select(e => AppSchemaFile.FromJsonSchema(e.Name, JsonSerializer.SerializeToElement(e.Schema)))]);
    }

    private async Task<StoredProposal> ProposeAsync(AppId app, string conversation, Plan plan, AppSchema schema, CancellationToken cancellationToken)
    {
        var taken = (await functions.ListAsync(app, cancellationToken)).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var content = _builder.Build(plan, schema, await connections.ApprovedAsync(app, cancellationToken), taken);
        return new(app, Ids.New(time), conversation, ProposalStatus.Proposed, ProposalDocument.Of(content).ToJson(), time.GetUtcNow(), null);
    }

    /// <summary>The request the question belongs to, with every answer given since. What answers nothing (the same question would
    /// be asked again) is read as it stands, so that a question traps nobody.</summary>
    private async Task<(PlanRequest, PlanResult)> AnswerAsync(PlanRequest request, PlanResult alone, AppId app, string conversation, string questionId, CancellationToken cancellationToken)
    {
        var question = (await store.ListMessagesAsync(app, conversation, cancellationToken)).FirstOrDefault(m => m.Id == questionId)?.Attachment?["question"]
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1501", "The question this answers is not in this conversation. Say the whole request again.");
        var answers = question["answers"]!.AsObject().ToDictionary(a => a.Key, a => a.Value!.GetValue<string>());
        answers[question["slot"]!.GetValue<string>()] = request.Text;
        var whole = request with { Text = question["request"]!.GetValue<string>(), Answers = answers };
        var result = planner.Plan(whole);
        return result is PlanQuestion again && again.Slot == (string?)question["slot"] && again.Text == (string?)question["text"]
            ? (request, alone) : (whole, result);
    }

    private static string Words(PlanResult result) => result switch
    {
        PlanReady => "Here is what I would build. Nothing changes until you accept.",
        PlanQuestion question => question.Text,
        PlanDecline decline => decline.Nearest is { } nearest ? $"{decline.Reason} {nearest}" : decline.Reason,
        _ => throw new InvalidOperationException($"Unknown plan result {result.GetType().Name}."),
    };

    private static JsonObject? Attachment(PlanResult result, PlanRequest request) => result switch
    {
        PlanQuestion question => new()
        {
            ["question"] = new JsonObject
            {
                ["slot"] = question.Slot, ["text"] = question.Text, ["freeText"] = question.FreeText,
                ["choices"] = new JsonArray([.. question.Choices.Select(c => new JsonObject { ["label"] = c.Label, ["value"] = c.Value })]),
                ["understood"] = Texts(question.Understood), ["request"] = request.Text,
                ["answers"] = new JsonObject(request.Answers.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value))),
            },
        },
        PlanDecline decline => new()
        {
            ["decline"] = new JsonObject { ["understood"] = Texts(decline.Understood), ["reason"] = decline.Reason, ["nearest"] = decline.Nearest },
        },
        _ => null,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static string Title(string text) => text.Trim() is { Length: > 60 } longer ? longer[..57] + "..." : text.Trim();

    private async Task<Conversation> FindAsync(AppId app, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(app, id, cancellationToken) ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1502", "This conversation does not exist.");
}
