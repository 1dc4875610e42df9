using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Chat;
using Patchbay.Platform.Chat.Conversations;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Conversations and proposals.</summary>
internal static class ChatApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/apps/{app}/conversations", async (string app, AppService apps, ChatService chat, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(new Page<ConversationSummary>([.. (await chat.ListAsync(found.Id, cancellationToken)).Select(c => new ConversationSummary(c.Id, c.Title, c.UpdatedAt))], null));
        }).ForRole(Role.Viewer).WithName("listConversations");

        api.MapPost("/apps/{app}/conversations", async (string app, AppService apps, ChatService chat, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var started = await chat.StartAsync(context.Teammate(), found, cancellationToken);
            return TypedResults.Ok(new ConversationView(started.Id, started.Title, []));
        }).ForRole(Role.Editor).WithName("startConversation");

        api.MapGet("/apps/{app}/conversations/{conversation}", async (string app, string conversation, AppService apps, ChatService chat, ProposalViews proposals, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var (one, messages) = await chat.GetAsync(found.Id, conversation, cancellationToken);
            return TypedResults.Ok(new ConversationView(one.Id, one.Title, await ViewAsync(found, messages, proposals, cancellationToken)));
        }).ForRole(Role.Viewer).WithName("getConversation");

        api.MapPost("/apps/{app}/conversations/{conversation}/messages", async (string app, string conversation, NewMessage body, AppService apps, ChatService chat, ProposalViews proposals, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var messages = await chat.PostAsync(context.Teammate(), found, conversation, body.Text, body.Mode ?? ChatMode.Build, body.QuestionId, cancellationToken);
            return TypedResults.Ok(new MessagesView(await ViewAsync(found, messages, proposals, cancellationToken)));
        }).ForRole(Role.Editor).WithName("postMessage");

        api.MapGet("/apps/{app}/proposals/{proposal}", async (string app, string proposal, AppService apps, ProposalService service, ProposalViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(await views.OfAsync(found.Id, await service.GetAsync(found.Id, proposal, cancellationToken), cancellationToken));
        }).ForRole(Role.Viewer).WithName("getProposal");

        api.MapPost("/apps/{app}/proposals/{proposal}/accept", async (string app, string proposal, AppService apps, ProposalService service, ProposalViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(await views.OfAsync(found.Id, await service.AcceptAsync(context.Teammate(), found, proposal, cancellationToken), cancellationToken));
        }).ForRole(Role.Editor).WithName("acceptProposal");

        api.MapPost("/apps/{app}/proposals/{proposal}/skip", async (string app, string proposal, SkipBody body, AppService apps, ProposalService service, ProposalViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(await views.OfAsync(found.Id, await service.SkipAsync(found.Id, proposal, body.Connector, cancellationToken), cancellationToken));
        }).ForRole(Role.Editor).WithName("skipConnector");

        api.MapPost("/apps/{app}/proposals/{proposal}/undo", async (string app, string proposal, AppService apps, ProposalService service, ProposalViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(await views.OfAsync(found.Id, await service.UndoAsync(context.Teammate(), found, proposal, cancellationToken), cancellationToken));
        }).ForRole(Role.Editor).WithName("undoProposal");
    }

    private static async Task<IReadOnlyList<MessageView>> ViewAsync(App app, IReadOnlyList<Message> messages, ProposalViews proposals, CancellationToken cancellationToken)
    {
        var views = new List<MessageView>();
        foreach (var message in messages)
        {
            var proposal = message.ProposalId is { } id ? await proposals.FindAsync(app.Id, id, cancellationToken) : null;
            views.Add(MessageView.Of(message, proposal));
        }
        return views;
    }
}

public sealed record NewMessage(string Text, ChatMode? Mode, string? QuestionId);

public sealed record SkipBody(string Connector);

public sealed record ConversationSummary(string Id, string Title, DateTimeOffset UpdatedAt);

public sealed record ConversationView(string Id, string Title, IReadOnlyList<MessageView> Messages);

public sealed record MessagesView(IReadOnlyList<MessageView> Messages);

public sealed record MessageView(string Id, [property: AllowedValues("user", "assistant")] string Role, string Text, DateTimeOffset CreatedAt, ProposalView? Proposal, QuestionView? Question, DeclineView? Decline)
{
    internal static MessageView Of(Message message, ProposalView? proposal) => new(
        message.Id, message.Role, message.Text, message.CreatedAt, proposal,
        message.Attachment?["question"] is JsonObject q ? new(message.Id, (string)q["text"]!, (string)q["slot"]!,
            [.. q["choices"]!.AsArray().Select(c => new ChoiceView((string)c!["label"]!, (string)c["value"]!))], (bool)q["freeText"]!, [.. q["understood"]!.AsArray().Select(u => (string)u!)]) : null,
        message.Attachment?["decline"] is JsonObject d ? new([.. d["understood"]!.AsArray().Select(u => (string)u!)], (string)d["reason"]!, (string?)d["nearest"]) : null);
}

/// <param name="Id">To be named as <c>questionId</c> by the message that answers it.</param>
public sealed record QuestionView(string Id, string Text, string Slot, IReadOnlyList<ChoiceView> Choices, bool FreeText, IReadOnlyList<string> Understood);

public sealed record ChoiceView(string Label, string Value);

public sealed record DeclineView(IReadOnlyList<string> Understood, string Reason, string? Nearest);
