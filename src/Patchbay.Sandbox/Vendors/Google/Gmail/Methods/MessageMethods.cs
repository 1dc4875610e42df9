using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Methods;

/// <summary>messages.* and threads.*.</summary>
internal sealed class MessageMethods(GmailMailboxes mailboxes, GmailPost post, TimeProvider time) : IGmailMethods
{
    public IEnumerable<GmailMethod> Methods =>
    [
        new("POST", "/messages/send", "SendMessage", GmailScopes.Send, Send),
        new("POST", "/messages/send", "SendMessage", GmailScopes.Send, UploadAsync, Upload: true),
        new("GET", "/messages", "ListMessages", GmailScopes.Read, List),
        new("GET", "/messages/{id}", "GetMessage", GmailScopes.Read, call => WithMessage(call, message => Get(call, message))),
        new("POST", "/messages/{id}/modify", "ModifyMessage", GmailScopes.Change, call => WithMessage(call, message => Modify(call, message))),
        new("POST", "/messages/{id}/trash", "TrashMessage", GmailScopes.Change, call => WithMessage(call, message => Relabel(message, ["TRASH"], ["INBOX", "SPAM"]))),
        new("POST", "/messages/{id}/untrash", "UntrashMessage", GmailScopes.Change, call => WithMessage(call, message => Relabel(message, [], ["TRASH"]))),
        new("GET", "/messages/{id}/attachments/{part}", "GetAttachment", GmailScopes.ReadContents, call => WithMessage(call, message => Attachment(call, message))),
        new("GET", "/threads", "ListThreads", GmailScopes.Read, Threads),
        new("GET", "/threads/{id}", "GetThread", GmailScopes.Read, Thread),
    ];

    private GoogleAnswer Send(GmailCall call) =>
        GmailBodies.Raw(call.Body) is { } raw ? Sent(call, raw, call.Body.Text("threadId")) : GmailBodies.RawMissing;

    private async Task<GoogleAnswer> UploadAsync(GmailCall call)
    {
        var (raw, envelope) = await GmailBodies.UploadAsync(call.Context);
        return raw.Length > 0 ? Sent(call, raw, envelope.Text("threadId")) : GmailBodies.RawMissing;
    }

    private GoogleAnswer Sent(GmailCall call, byte[] raw, string? threadId)
    {
        var (sent, refusal) = post.Send(call.Account, raw, threadId);
        return refusal ?? GoogleAnswer.Ok(GmailShapes.Brief(sent!));
    }

    private GoogleAnswer List(GmailCall call) =>
        Found(call, out var found) ?? GmailPaging.Page(call, "messages", found, GmailShapes.Reference);

    private GoogleAnswer Threads(GmailCall call)
    {
        if (Found(call, out var found) is { } refusal)
            return refusal;
        var newest = found.GroupBy(message => message.ThreadId).Select(group => group.First()).ToList();
        return GmailPaging.Page(call, "threads", newest, message => new JsonObject
        {
            ["id"] = message.ThreadId,
            ["snippet"] = message.Snippet,
            ["historyId"] = $"{message.HistoryId}",
        });
    }

    private GoogleAnswer Thread(GmailCall call)
    {
        var messages = mailboxes.Thread(call.Account.Id, call.Route("id"));
        if (messages.Count == 0)
            return GoogleAnswer.NotFound;
        if (Format(call, out var format) is { } refusal)
            return refusal;
        return GoogleAnswer.Ok(new JsonObject
        {
            ["id"] = call.Route("id"),
            ["historyId"] = $"{messages.Max(message => message.HistoryId)}",
            ["messages"] = new JsonArray([.. messages.Select(message => (JsonNode)Shape(call, message, format))]),
        });
    }

    private GoogleAnswer Get(GmailCall call, GmailMessage message) =>
        Format(call, out var format) ?? GoogleAnswer.Ok(Shape(call, message, format));

    private GoogleAnswer Modify(GmailCall call, GmailMessage message)
    {
        var (add, remove) = (call.Body.Texts("addLabelIds"), call.Body.Texts("removeLabelIds"));
        if (add.Count + remove.Count == 0)
            return GoogleAnswer.Invalid("No label add or removes specified");
        return add.Concat(remove).FirstOrDefault(label => !mailboxes.KnowsLabel(call.Account.Id, label)) is { } unknown
            ? GoogleAnswer.Invalid($"Invalid label: {unknown}")
            : Relabel(message, add, remove);
    }

    private GoogleAnswer Relabel(GmailMessage message, IReadOnlyList<string> add, IReadOnlyList<string> remove) =>
        GoogleAnswer.Ok(GmailShapes.Brief(mailboxes.Relabel(message, add, remove)));

    private GoogleAnswer Attachment(GmailCall call, GmailMessage message) =>
        call.Route("part") is var id && id.StartsWith("att-", StringComparison.Ordinal)
        && GmailShapes.FindPart(MimeParser.Parse(mailboxes.Raw(message)), id[4..]) is { } part
            ? GoogleAnswer.Ok(new JsonObject { ["size"] = part.Body.Length, ["data"] = Secrets.Base64Url(part.Body) })
            : GoogleAnswer.Invalid("Invalid attachment token");

    private GoogleAnswer WithMessage(GmailCall call, Func<GmailMessage, GoogleAnswer> work) =>
        mailboxes.Message(call.Account.Id, call.Route("id")) is { } message ? work(message) : GoogleAnswer.NotFound;

    private JsonObject Shape(GmailCall call, GmailMessage message, string format) =>
        GmailShapes.Message(message, mailboxes.Raw(message), format, call.QueryList("metadataHeaders"));

    /// <summary>A label is searched for with hyphens in place of spaces and slashes.</summary>
    private static string Searched(string label) => label.Replace(' ', '-').Replace('/', '-');

    private static GoogleAnswer? Format(GmailCall call, out string format)
    {
        format = call.Query("format").ToLowerInvariant() is { Length: > 0 } given ? given : "full";
        if (format is not ("full" or "metadata" or "minimal" or "raw"))
            return GoogleAnswer.Invalid($"Invalid value at 'format': {format}");
        return call.MetadataOnly && format is ("full" or "raw")
            ? GoogleAnswer.Error(403, "Metadata scope doesn't allow format " + format.ToUpperInvariant(), "forbidden", "PERMISSION_DENIED")
            : null;
    }

    private GoogleAnswer? Found(GmailCall call, out List<GmailMessage> found)
    {
        found = [];
        if (call.MetadataOnly && call.Query("q").Length > 0)
            return GoogleAnswer.Error(403, "Metadata scope does not support 'q' parameter", "forbidden", "PERMISSION_DENIED");
        var labels = call.QueryList("labelIds");
        var names = mailboxes.Labels(call.Account.Id);
        var query = GmailQuery.Parse(call.Query("q"), new GmailTerms(time.GetUtcNow(),
            name => names.FirstOrDefault(label => string.Equals(Searched(label.Name), Searched(name), StringComparison.OrdinalIgnoreCase) || label.Id == name)?.Id,
            call.Account.Email));
        var everywhere = call.Query("includeSpamTrash") is "true" || query.LooksEverywhere || labels.Contains("TRASH") || labels.Contains("SPAM");
        found.AddRange(mailboxes.Messages(call.Account.Id).Where(message =>
            (everywhere || !(message.Has("TRASH") || message.Has("SPAM"))) && labels.All(message.Has) && query.Matches(message)));
        return null;
    }
}
