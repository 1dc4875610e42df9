using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Methods;

/// <summary>drafts.*.</summary>
internal sealed class DraftMethods(GmailMailboxes mailboxes, GmailPost post) : IGmailMethods
{
    public IEnumerable<GmailMethod> Methods =>
    [
        new("POST", "/drafts", "CreateDraft", GmailScopes.Drafts, Create),
        new("PUT", "/drafts/{id}", "UpdateDraft", GmailScopes.Drafts, Update),
        new("GET", "/drafts", "ListDrafts", GmailScopes.ReadDrafts, List),
        new("GET", "/drafts/{id}", "GetDraft", GmailScopes.ReadDrafts, Get),
        new("DELETE", "/drafts/{id}", "DeleteDraft", GmailScopes.Drafts, Delete),
        new("POST", "/drafts/send", "SendDraft", GmailScopes.Drafts, Send),
    ];

    private GoogleAnswer Create(GmailCall call) => Put(call, null);

    private GoogleAnswer Update(GmailCall call) =>
        mailboxes.Draft(call.Account.Id, call.Route("id")) is { } draft ? Put(call, draft) : GoogleAnswer.NotFound;

    private GoogleAnswer Put(GmailCall call, GmailDraft? old)
    {
        var message = call.Body?["message"];
        if (GmailBodies.Raw(message) is not { } raw)
            return GmailBodies.RawMissing;
        var threadId = message.Text("threadId");
        return threadId is not null && mailboxes.Thread(call.Account.Id, threadId).Count == 0
            ? GoogleAnswer.NotFound
            : GoogleAnswer.Ok(Shape(mailboxes.PutDraft(call.Account.Id, raw, threadId, old)));
    }

    private GoogleAnswer List(GmailCall call) => GmailPaging.Page(call, "drafts", mailboxes.Drafts(call.Account.Id), draft => new JsonObject
    {
        ["id"] = draft.Id,
        ["message"] = GmailShapes.Reference(mailboxes.Message(draft.Account, draft.MessageId)!),
    });

    private GoogleAnswer Get(GmailCall call)
    {
        if (mailboxes.Draft(call.Account.Id, call.Route("id")) is not { } draft)
            return GoogleAnswer.NotFound;
        var message = mailboxes.Message(draft.Account, draft.MessageId)!;
        var format = call.Query("format") is { Length: > 0 } given ? given.ToLowerInvariant() : "full";
        return GoogleAnswer.Ok(new JsonObject { ["id"] = draft.Id, ["message"] = GmailShapes.Message(message, mailboxes.Raw(message), format, []) });
    }

    private GoogleAnswer Delete(GmailCall call)
    {
        if (mailboxes.Draft(call.Account.Id, call.Route("id")) is not { } draft)
            return GoogleAnswer.NotFound;
        mailboxes.DeleteDraft(draft);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    /// <summary>Sends what is stored, or the message that comes along instead of it.</summary>
    private GoogleAnswer Send(GmailCall call)
    {
        if (mailboxes.Draft(call.Account.Id, call.Body.Text("id") ?? "") is not { } draft)
            return GoogleAnswer.NotFound;
        var stored = mailboxes.Message(draft.Account, draft.MessageId)!;
        var raw = GmailBodies.Raw(call.Body?["message"]) ?? mailboxes.Raw(stored);
        var threadId = stored.ThreadId == stored.Id ? null : stored.ThreadId;
        var (sent, refusal) = post.Send(call.Account, raw, threadId);
        if (refusal is not null)
            return refusal;
        mailboxes.DeleteDraft(draft);
        return GoogleAnswer.Ok(GmailShapes.Brief(sent!));
    }

    private JsonObject Shape(GmailDraft draft) => new()
    {
        ["id"] = draft.Id,
        ["message"] = GmailShapes.Brief(mailboxes.Message(draft.Account, draft.MessageId)!),
    };
}
