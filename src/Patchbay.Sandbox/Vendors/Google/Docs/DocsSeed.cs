using System.Text;
using Patchbay.Sandbox.Vendors.Google.Docs.Export;
using Patchbay.Sandbox.Vendors.Google.Drive;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>Two documents of Northwind.</summary>
internal static class DocsSeed
{
    public static void Plant(DocsStore documents, DriveFiles files, GoogleAccounts accounts, TimeProvider time)
    {
        if (accounts.ByEmail("mara@northwind.example") is not { } mara || accounts.ByEmail("lena@northwind.example") is not { } lena)
            return;
        Write(documents, files, time, mara, "Weekly operations review", files.Get(DriveSeed.Operations)?.Id, """
            # Weekly operations review
            Monday, with Tom and Lena. Notes by **Mara**.
            ## What went well
            - Dock 2 is open again, two days early
            - Fern & Co received all 42 crates
            ## What did not
            - The label printer at dock 4 stopped twice
            - Invoice 2291 was charged twice
            ## Until next week
            1. Lena: refund Fern & Co and tell them
            2. Tom: order a spare print head
            3. Mara: plan the Hamburg tour for Thursday
            """);
        Write(documents, files, time, lena, "Answer to a late delivery", files.Get(DriveSeed.Customers)?.Id, """
            # Answer to a late delivery
            Dear {{name}},
            your order {{order}} left us later than we promised, and we are sorry. It will be with you on {{date}}.
            You do not pay for this delivery.
            *Lena Brandt, Northwind*
            """);
    }

    private static void Write(DocsStore documents, DriveFiles files, TimeProvider time, GoogleAccount owner, string title, string? folder, string markdown)
    {
        var file = files.Create(owner, title, DriveMime.Document, folder, id: DriveSeed.Id("document/" + title));
        DriveSeed.Yesterday(files, file, time, 14);
        documents.Put(DocsImport.Read(file.Id, Encoding.UTF8.GetBytes(markdown), "text/markdown"));
    }
}
