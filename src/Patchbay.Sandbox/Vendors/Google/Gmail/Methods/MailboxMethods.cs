using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Methods;

/// <summary>profile, labels and history: the mailbox as a whole.</summary>
internal sealed class MailboxMethods(GmailMailboxes mailboxes, TimeProvider time) : IGmailMethods
{
    private static readonly Dictionary<string, string> HistoryMembers = new()
    {
        ["added"] = "messagesAdded",
        ["deleted"] = "messagesDeleted",
        ["labelsAdded"] = "labelsAdded",
        ["labelsRemoved"] = "labelsRemoved",
    };

    public IEnumerable<GmailMethod> Methods =>
    [
        new("GET", "/profile", "GetProfile", GmailScopes.Profile, Profile),
        new("GET", "/labels", "ListLabels", GmailScopes.ReadLabels, Labels),
        new("POST", "/labels", "CreateLabel", GmailScopes.ChangeLabels, CreateLabel),
        new("GET", "/history", "ListHistory", GmailScopes.Read, History),
        new("POST", "/watch", "Watch", GmailScopes.Read, Watch),
        new("POST", "/stop", "Stop", GmailScopes.Read, _ => new GoogleAnswer(StatusCodes.Status204NoContent, null)),
    ];

    private GoogleAnswer Profile(GmailCall call)
    {
        var messages = mailboxes.Messages(call.Account.Id);
        return GoogleAnswer.Ok(new JsonObject
        {
            ["emailAddress"] = call.Account.Email,
            ["messagesTotal"] = messages.Count,
            ["threadsTotal"] = messages.Select(message => message.ThreadId).Distinct().Count(),
            ["historyId"] = $"{mailboxes.LastHistory(call.Account.Id)}",
        });
    }

    /// <summary>Takes the wish for a week, as Gmail does. Nothing is pushed: there is no Pub/Sub here.</summary>
    private GoogleAnswer Watch(GmailCall call) =>
        call.Body.Text("topicName") is { } topic && topic.Split('/') is ["projects", { Length: > 0 }, "topics", { Length: > 0 }]
            ? GoogleAnswer.Ok(new JsonObject { ["historyId"] = $"{mailboxes.LastHistory(call.Account.Id)}", ["expiration"] = $"{(time.GetUtcNow() + TimeSpan.FromDays(7)).ToUnixTimeMilliseconds()}" })
            : GoogleAnswer.Invalid("Invalid topicName does not match projects/{project}/topics/{topic}");

    private GoogleAnswer Labels(GmailCall call) => GoogleAnswer.Ok(new JsonObject
    {
        ["labels"] = new JsonArray(
        [
            .. GmailMailboxes.SystemLabels.Select(label => (JsonNode)new JsonObject { ["id"] = label, ["name"] = label, ["type"] = "system" }),
            .. mailboxes.Labels(call.Account.Id).Select(label => (JsonNode)Shape(label)),
        ]),
    });

    private GoogleAnswer CreateLabel(GmailCall call)
    {
        if (call.Body.Text("name") is not { Length: > 0 and <= 225 } name)
            return GoogleAnswer.Invalid("Invalid label name");
        return mailboxes.AddLabel(call.Account.Id, name) is { } label
            ? GoogleAnswer.Ok(Shape(label))
            : GoogleAnswer.Error(409, "Label name exists or conflicts", "aborted", "ABORTED");
    }

    private GoogleAnswer History(GmailCall call)
    {
        if (!long.TryParse(call.Query("startHistoryId"), NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            return GoogleAnswer.Invalid("Missing or invalid startHistoryId");
        if (mailboxes.HistorySince(call.Account.Id, start) is not { } records)
            return GoogleAnswer.NotFound;
        var types = call.QueryList("historyTypes").Select(type => type.ToUpperInvariant()).ToList();
        var label = call.Query("labelId");
        var wanted = records.Where(record =>
            (types.Count == 0 || types.Contains(TypeOf(record.Kind)))
            && (label.Length == 0 || record.Labels.Contains(label) || (mailboxes.Message(call.Account.Id, record.Message)?.Has(label) ?? false))).ToList();
        return GmailPaging.Page(call, "history", wanted, record => Shape(call, record),
            body => body["historyId"] = $"{mailboxes.LastHistory(call.Account.Id)}");
    }

    private static string TypeOf(string kind) => kind switch
    {
        "added" => "MESSAGEADDED",
        "deleted" => "MESSAGEDELETED",
        "labelsAdded" => "LABELADDED",
        _ => "LABELREMOVED",
    };

    private JsonObject Shape(GmailCall call, GmailHistory record)
    {
        var message = new JsonObject
        {
            ["id"] = record.Message,
            ["threadId"] = record.Thread,
            ["labelIds"] = Json.Array(mailboxes.Message(call.Account.Id, record.Message)?.Labels ?? record.Labels),
        };
        var change = new JsonObject { ["message"] = message };
        if (record.Kind.StartsWith("labels", StringComparison.Ordinal))
            change["labelIds"] = Json.Array(record.Labels);
        return new JsonObject
        {
            ["id"] = $"{record.Id}",
            ["messages"] = new JsonArray(new JsonObject { ["id"] = record.Message, ["threadId"] = record.Thread }),
            [HistoryMembers[record.Kind]] = new JsonArray(change),
        };
    }

    private static JsonObject Shape(GmailLabel label) => new()
    {
        ["id"] = label.Id,
        ["name"] = label.Name,
        ["messageListVisibility"] = "show",
        ["labelListVisibility"] = "labelShow",
        ["type"] = "user",
    };
}
