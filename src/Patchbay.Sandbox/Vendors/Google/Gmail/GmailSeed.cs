using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>A few mails between the people of Northwind and from a customer.</summary>
internal static class GmailSeed
{
    public static void Plant(GmailMailboxes mailboxes, GmailPost post, GoogleAccounts accounts, TimeProvider time)
    {
        var morning = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero).AddDays(-1).AddHours(8);
        var (mara, lena, tom) = (accounts.ByEmail("mara@northwind.example")!, accounts.ByEmail("lena@northwind.example")!, accounts.ByEmail("tom@northwind.example")!);
        foreach (var account in accounts.All())
            mailboxes.AddLabel(account.Id, "Customers");

        post.Send(tom, Mail("Tom Reyes <tom@northwind.example>", "mara@northwind.example, lena@northwind.example", "Dock 2 is open again",
            "The gate is repaired. Deliveries can use dock 2 from now on.\r\n\r\nTom\r\n"), null, morning.AddHours(4));
        post.Send(mara, Mail("=?utf-8?Q?Mara_K=C3=B6hler?= <mara@northwind.example>", "ops@northwind.example", "Autumn order of Fern & Co",
            "42 crates, oat and almond. Please plan a tour for the last week of September.\r\n\r\nMara\r\n"), null, morning.AddHours(2));

        var customer = mailboxes.Add(lena.Id, Mail("Jo Fern <jo@fern.example>", "lena@northwind.example", "Invoice 2291 charged twice",
            "Good morning,\r\n\r\ninvoice 2291 was charged twice on our account. Could you have a look?\r\n\r\nJo Fern\r\nFern & Co\r\n"),
            ["INBOX", "UNREAD", "CATEGORY_PERSONAL"], null, morning.AddHours(1));
        mailboxes.Relabel(customer, [mailboxes.Labels(lena.Id)[0].Id, "STARRED"], []);
    }

    private static byte[] Mail(string from, string to, string subject, string text) => Encoding.UTF8.GetBytes(
        $"From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}");
}
