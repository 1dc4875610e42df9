using System.Globalization;
using System.Security.Cryptography;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>The mailboxes: messages, labels, drafts and the history of changes.</summary>
internal sealed class GmailMailboxes(Store store, LiveFeed live, TimeProvider time)
{
    public static readonly IReadOnlyList<string> SystemLabels =
        ["INBOX", "SENT", "DRAFT", "TRASH", "SPAM", "UNREAD", "STARRED", "IMPORTANT", "CATEGORY_PERSONAL"];

    private const long FirstHistory = 1000;
    private readonly Collection<GmailMessage> messages = new(store, "gmail.message");
    private readonly Collection<GmailRaw> raws = new(store, "gmail.raw");
    private readonly Collection<GmailLabel> labels = new(store, "gmail.label");
    private readonly Collection<GmailDraft> drafts = new(store, "gmail.draft");
    private readonly Collection<GmailHistory> history = new(store, "gmail.history");

    public bool Empty => !messages.Any();

    public void Clear()
    {
        messages.Clear();
        raws.Clear();
        labels.Clear();
        drafts.Clear();
        history.Clear();
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<GmailMessage> Messages(string account) => messages.List(account, newestFirst: true);

    public GmailMessage? Message(string account, string id) => messages.Get(Key(account, id));

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<GmailMessage> Thread(string account, string threadId) =>
        [.. messages.List(account).Where(message => message.ThreadId == threadId)];

    public byte[] Raw(GmailMessage message) => Convert.FromBase64String(raws.Get(Key(message.Account, message.Id))?.Base64 ?? "");

    /// <summary>Puts a message into a mailbox.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="with">Labels.</param>
    /// <param name="threadId">Null begins a thread.</param>
    /// <param name="at">Null is now.</param>
    public GmailMessage Add(string account, byte[] raw, IReadOnlyList<string> with, string? threadId, DateTimeOffset? at = null) => store.Atomic(() =>
    {
        var parsed = MimeParser.Parse(raw);
        var date = (at ?? time.GetUtcNow()).ToUnixTimeMilliseconds();
        var id = NewId(date);
        var text = GmailText.Readable(parsed);
        var message = new GmailMessage
        {
            Id = id,
            ThreadId = threadId ?? id,
            Account = account,
            Labels = with,
            Date = date,
            HistoryId = Record(account, "added", id, threadId ?? id, with),
            Subject = parsed.Header("Subject") ?? "",
            From = parsed.Header("From") ?? "",
            To = string.Join(", ", new[] { parsed.Header("To"), parsed.Header("Cc"), parsed.Header("Bcc") }.OfType<string>()),
            Cc = parsed.Header("Cc") ?? "",
            Bcc = parsed.Header("Bcc") ?? "",
            Snippet = GmailText.Snippet(text),
            Body = text.Length > 20_000 ? text[..20_000] : text,
            MessageIdHeader = parsed.Header("Message-ID") ?? "",
            HasAttachment = parsed.All.Any(part => part.FileName.Length > 0),
            FileNames = [.. parsed.All.Select(part => part.FileName).Where(name => name.Length > 0)],
            Size = raw.Length,
        };
        raws.Put(Key(account, id), new GmailRaw(Convert.ToBase64String(raw)), account);
        Save(message);
        return message;
    });

    public GmailMessage Relabel(GmailMessage message, IEnumerable<string> add, IEnumerable<string> remove) => store.Atomic(() =>
    {
        var added = add.Except(message.Labels).ToList();
        var removed = remove.Intersect(message.Labels).Except(added).ToList();
        var changed = message with { Labels = [.. message.Labels.Except(removed), .. added] };
        if (added.Count > 0)
            changed = changed with { HistoryId = Record(message.Account, "labelsAdded", message.Id, message.ThreadId, added) };
        if (removed.Count > 0)
            changed = changed with { HistoryId = Record(message.Account, "labelsRemoved", message.Id, message.ThreadId, removed) };
        Save(changed);
        return changed;
    });

    public void Delete(GmailMessage message) => store.Atomic(() =>
    {
        messages.Delete(Key(message.Account, message.Id));
        raws.Delete(Key(message.Account, message.Id));
        Record(message.Account, "deleted", message.Id, message.ThreadId, message.Labels);
        live.Changed("gmail");
    });

    public IReadOnlyList<GmailLabel> Labels(string account) => labels.List(account);

    public GmailLabel? AddLabel(string account, string name) => store.Atomic(() =>
    {
        var existing = Labels(account);
        if (SystemLabels.Concat(existing.Select(label => label.Name)).Contains(name, StringComparer.OrdinalIgnoreCase))
            return null;
        var label = new GmailLabel($"Label_{existing.Count + 1}", name, account);
        labels.Put(Key(account, label.Id), label, account, (existing.Count + 1).ToString("D6", CultureInfo.InvariantCulture));
        return label;
    });

    public bool KnowsLabel(string account, string id) => SystemLabels.Contains(id) || labels.Get(Key(account, id)) is not null;

    public GmailDraft? Draft(string account, string id) => drafts.Get(Key(account, id));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<GmailDraft> Drafts(string account) => drafts.List(account, newestFirst: true);

    /// <summary>Creates a draft, or replaces the message of one.</summary>
    public GmailDraft PutDraft(string account, byte[] raw, string? threadId, GmailDraft? old = null) => store.Atomic(() =>
    {
        if (old is not null && Message(account, old.MessageId) is { } replaced)
            Delete(replaced);
        var message = Add(account, raw, ["DRAFT"], threadId);
        var draft = new GmailDraft(old?.Id ?? "r" + long.Parse(message.Id, NumberStyles.HexNumber, CultureInfo.InvariantCulture), account, message.Id);
        drafts.Put(Key(account, draft.Id), draft, account, message.Id);
        return draft;
    });

    public void DeleteDraft(GmailDraft draft) => store.Atomic(() =>
    {
        drafts.Delete(Key(draft.Account, draft.Id));
        if (Message(draft.Account, draft.MessageId) is { } message)
            Delete(message);
    });

    public long LastHistory(string account) => history.List(account, newestFirst: true, limit: 1) is [var last] ? last.Id : FirstHistory;

    /// <summary>Changes after an id, oldest first; null when the id is older than the mailbox remembers.</summary>
    public IReadOnlyList<GmailHistory>? HistorySince(string account, long start) =>
        start < FirstHistory ? null : history.List(account, Sort(start + 1));

    private long Record(string account, string kind, string message, string thread, IReadOnlyList<string> changed)
    {
        var id = LastHistory(account) + 1;
        history.Put(Key(account, Sort(id)), new GmailHistory(id, kind, message, thread, changed), account, Sort(id));
        return id;
    }

    private void Save(GmailMessage message)
    {
        messages.Put(Key(message.Account, message.Id), message, message.Account, message.Id);
        live.Changed("gmail");
    }

    // Ids grow with time, so that ordering by id is ordering by date.
    private static string NewId(long date) => ((date << 20) | (long)RandomNumberGenerator.GetInt32(1 << 20)).ToString("x16", CultureInfo.InvariantCulture);

    private static string Key(string account, string id) => account + "/" + id;

    private static string Sort(long id) => id.ToString("D19", CultureInfo.InvariantCulture);
}
