using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>Sends: checks recipients, completes the headers, files the sender's copy and delivers to accounts of this world.</summary>
internal sealed class GmailPost(GmailMailboxes mailboxes, GoogleAccounts accounts, Store store, TimeProvider time)
{
    /// <summary>Sends a message.</summary>
    /// <param name="sender">From whose mailbox.</param>
    /// <param name="raw">RFC 822 bytes.</param>
    /// <param name="threadId">The thread it should join; null decides by its references.</param>
    /// <param name="at">Null is now.</param>
    /// <returns>The sender's copy, or why Gmail refuses.</returns>
    public (GmailMessage? Sent, GoogleAnswer? Refusal) Send(GoogleAccount sender, byte[] raw, string? threadId, DateTimeOffset? at = null) =>
        store.Atomic<(GmailMessage?, GoogleAnswer?)>(() =>
        {
            var parsed = MimeParser.Parse(raw);
            var recipients = new List<MailAddress>();
            foreach (var name in (string[])["To", "Cc", "Bcc"])
            {
                foreach (var header in parsed.Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)))
                {
                    if (MailAddress.ParseList(header.Value) is not { } listed)
                        return (null, GoogleAnswer.Invalid($"Invalid {name} header"));
                    recipients.AddRange(listed);
                }
            }

            if (recipients.Count == 0)
                return (null, GoogleAnswer.Invalid("Recipient address required"));
            if (threadId is not null && mailboxes.Thread(sender.Id, threadId).Count == 0)
                return (null, GoogleAnswer.NotFound);

            raw = Complete(raw, parsed, sender, at ?? time.GetUtcNow());
            var finished = MimeParser.Parse(raw);
            var thread = ThreadFor(sender, finished, threadId);
            var toSelf = recipients.Any(recipient => SameAddress(recipient.Address, sender.Email));
            var sent = mailboxes.Add(sender.Id, raw, toSelf ? ["SENT", "INBOX", "UNREAD"] : ["SENT"], thread, at);

            var delivered = HeaderEditor.Without(raw, "Bcc");
            foreach (var account in accounts.All().Where(account => account.Id != sender.Id && recipients.Any(recipient => SameAddress(recipient.Address, account.Email))))
                mailboxes.Add(account.Id, delivered, ["INBOX", "UNREAD", "CATEGORY_PERSONAL"], ThreadFor(account, finished, null), at);
            return (sent, null);
        });

    /// <summary>Adds what a client left out, and puts the account's own address where it claims another's.</summary>
    private static byte[] Complete(byte[] raw, MimePart parsed, GoogleAccount sender, DateTimeOffset at)
    {
        if (parsed.Header("Message-ID") is null)
            raw = HeaderEditor.With(raw, "Message-ID", $"<CA{Secrets.Base64Url(RandomNumberGenerator.GetBytes(18))}@mail.gmail.com>");
        if (parsed.Header("Date") is null)
            raw = HeaderEditor.With(raw, "Date", at.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        var from = parsed.Header("From") is { } header ? MailAddress.ParseList(header) : null;
        if (from is not [var one] || !SameAddress(one.Address, sender.Email))
        {
            var name = from is [{ Name.Length: > 0 } named] ? named.Name : sender.Name;
            raw = HeaderEditor.With(raw, "From", $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}?= <{sender.Email}>");
        }

        return raw;
    }

    /// <summary>The thread asked for if the subject fits, else the thread of a message it refers to, else a new one.</summary>
    private string? ThreadFor(GoogleAccount account, MimePart message, string? wanted)
    {
        if (wanted is not null)
            return SameSubject(mailboxes.Thread(account.Id, wanted)[0].Subject, message.Header("Subject") ?? "") ? wanted : null;
        var references = $"{message.Header("In-Reply-To")} {message.Header("References")}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return references.Length == 0
            ? null
            : mailboxes.Messages(account.Id).FirstOrDefault(candidate => references.Contains(candidate.MessageIdHeader))?.ThreadId;
    }

    private static bool SameAddress(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool SameSubject(string one, string other) => string.Equals(Bare(one), Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string subject)
    {
        while (subject.StartsWith("re:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("fwd:", StringComparison.OrdinalIgnoreCase))
            subject = subject[(subject.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart();
        return subject.Trim();
    }
}
