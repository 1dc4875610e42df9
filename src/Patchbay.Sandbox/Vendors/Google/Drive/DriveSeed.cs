using System.Text;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>The folders Northwind works in, with a few uploaded files. Products put their seeded documents into them.</summary>
internal static class DriveSeed
{
    public static readonly string Operations = Id("folder/operations");
    public static readonly string Customers = Id("folder/customers");
    public static readonly string Deliveries = Id("folder/deliveries");

    /// <summary>Writes the seed when there is no file. Products call it too, before they add their own documents.</summary>
    public static void Ensure(DriveFiles files, GoogleAccounts accounts, TimeProvider time)
    {
        accounts.Seed();
        if (!files.Empty || accounts.ByEmail("mara@northwind.example") is not { } mara || accounts.ByEmail("lena@northwind.example") is not { } lena
            || accounts.ByEmail("tom@northwind.example") is not { } tom)
            return;

        Share(files, files.Create(mara, "Operations", DriveMime.Folder, id: Operations), time, mara, ("tom@northwind.example", DriveRole.Writer), ("ops@northwind.example", DriveRole.Writer), ("lena@northwind.example", DriveRole.Reader));
        files.Create(mara, "Delivery notes", DriveMime.Folder, Operations, id: Deliveries);
        Share(files, files.Create(lena, "Customers", DriveMime.Folder, id: Customers), time, lena, ("mara@northwind.example", DriveRole.Reader));

        foreach (var folder in files.All().Where(file => file.Parent is not null))
            Yesterday(files, folder, time, 8);
        Upload(files, mara, "Delivery note 2291 Fern & Co.txt", "text/plain", "Delivery note 2291\nFern & Co\n42 crates: 30 oat, 12 almond\nReceived in full.\n", Deliveries, time, 9);
        Upload(files, tom, "Dock plan.csv", "text/csv", "dock,from,to,carrier\n1,06:00,09:00,Harbor Line\n2,09:00,11:30,Northwind\n4,12:00,15:00,Little Mill\n", Operations, time, 10);
        Upload(files, lena, "How we answer complaints.md", "text/markdown", "# How we answer complaints\n\n1. Thank them.\n2. Look at the delivery note before you write.\n3. Say what happens next, and when.\n", Customers, time, 11);
        Upload(files, mara, "Ideas for spring.txt", "text/plain", "Hazelnut? Smaller crates for cafés.\n", null, time, 16);
    }

    /// <summary>The same id after every reset.</summary>
    public static string Id(string name) => Secrets.StableId("1", "drive/" + name, 32);

    /// <summary>A seeded file was not made this very moment: what is new on the page is what a flow did.</summary>
    public static DriveFile Yesterday(DriveFiles files, DriveFile file, TimeProvider time, int hour)
    {
        var at = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero).AddDays(-1).AddHours(hour);
        return files.Save(file with { Created = at, Modified = at, ViewedBy = new Dictionary<string, DateTimeOffset> { [file.Owner] = at } });
    }

    private static void Upload(DriveFiles files, GoogleAccount owner, string name, string type, string text, string? parent, TimeProvider time, int hour)
    {
        var file = files.Create(owner, name, type, parent, id: Id("file/" + name)) with { OriginalFileName = name };
        Yesterday(files, files.PutContent(file, Encoding.UTF8.GetBytes(text), type, owner), time, hour);
    }

    private static void Share(DriveFiles files, DriveFile file, TimeProvider time, GoogleAccount by, params (string Email, DriveRole Role)[] with) =>
        files.Save(file with
        {
            Permissions =
            [
                .. file.Permissions,
                .. with.Select(one => new DrivePermission { Id = DriveFiles.PermissionId(one.Email), Type = "user", Role = one.Role, Email = one.Email, Since = time.GetUtcNow(), By = by.Id }),
            ],
        });
}
