using System.Text;
using Patchbay.Sandbox.Vendors.Google.Gmail;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>The mail that tells somebody a file was shared with them; it lands in their Gmail of this sandbox.</summary>
internal sealed class ShareNotice(GmailMailboxes mailboxes, GoogleAccounts accounts)
{
    /// <param name="file">What was shared.</param>
    /// <param name="link">Where to open it.</param>
    /// <param name="permission">With whom; addresses outside of the sandbox get nothing.</param>
    /// <param name="by">Who shared it.</param>
    /// <param name="message">Their own words; null for none.</param>
    public void Send(DriveFile file, string link, DrivePermission permission, GoogleAccount by, string? message)
    {
        if (permission.Email is not { } email || accounts.ByEmail(email) is not { } to)
            return;
        var verb = permission.Role >= DriveRole.Writer ? "change" : permission.Role == DriveRole.Commenter ? "comment on" : "see";
        var text = $"{by.Name} ({by.Email}) lets you {verb} \"{file.Name}\".\r\n\r\n{(message is null ? "" : message + "\r\n\r\n")}Open it: {link}\r\n";
        var raw = $"From: {Word($"{by.Name} (Google Drive)")} <drive-shares@google.example>\r\nTo: {to.Email}\r\nReply-To: {by.Email}\r\nSubject: {Word($"{file.Name} was shared with you")}\r\n"
            + $"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks)}\r\n";
        mailboxes.Add(to.Id, Encoding.UTF8.GetBytes(raw), ["INBOX", "UNREAD", "CATEGORY_PERSONAL"], null);
    }

    // Encoded whole: a name with a line break in it must not become a header.
    private static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
