namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>A message in one mailbox. Its bytes are kept apart (see <see cref="GmailMailboxes"/>).</summary>
internal sealed record GmailMessage
{
    /// <summary>16 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required string ThreadId { get; init; }

    /// <summary>Id of the account whose mailbox it is in.</summary>
    public required string Account { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long Date { get; init; }

    /// <summary>The mailbox's history id of its last change.</summary>
    public required long HistoryId { get; init; }

    public required string Subject { get; init; }
    public required string From { get; init; }

    /// <summary>To, Cc and Bcc as text, for searching.</summary>
    public required string To { get; init; }

    /// <summary>Cc alone, for searching.</summary>
    public string Cc { get; init; } = "";

    /// <summary>Bcc alone, for searching; only the sender's copy has it.</summary>
    public string Bcc { get; init; } = "";

    public required string Snippet { get; init; }

    /// <summary>The readable text, for searching; cut at 20,000 characters.</summary>
    public required string Body { get; init; }

    public required string MessageIdHeader { get; init; }
    public bool HasAttachment { get; init; }

    /// <summary>Of its attachments, for searching.</summary>
    public IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>Bytes.</summary>
    public int Size { get; init; }

    public bool Has(string label) => Labels.Contains(label);
}

internal sealed record GmailRaw(string Base64);

internal sealed record GmailLabel(string Id, string Name, string Account);

/// <summary>A draft is a message with the label DRAFT and an id that outlives its edits.</summary>
internal sealed record GmailDraft(string Id, string Account, string MessageId);

/// <param name="Id">The history id.</param>
/// <param name="Kind">added, deleted, labelsAdded or labelsRemoved.</param>
/// <param name="Message">Message id.</param>
/// <param name="Thread">Thread id.</param>
/// <param name="Labels">The labels that came or went; for added, those of the message.</param>
internal sealed record GmailHistory(long Id, string Kind, string Message, string Thread, IReadOnlyList<string> Labels);
