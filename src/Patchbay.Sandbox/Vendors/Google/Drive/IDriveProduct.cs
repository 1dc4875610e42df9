namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>
/// A product whose documents are Drive files: Docs, Sheets, Slides. A vendor class that implements this is found by
/// itself (<see cref="DriveProducts"/>); Drive asks it for everything that concerns the content.
/// </summary>
internal interface IDriveProduct
{
    /// <summary>Of its documents: one of <see cref="DriveMime"/>.</summary>
    string MimeType { get; }

    /// <summary>What <see cref="Export"/> can make.</summary>
    IReadOnlyList<string> ExportTypes { get; }

    /// <summary>What <see cref="Import"/> can read.</summary>
    IReadOnlyList<string> ImportTypes { get; }

    /// <summary>Bytes of a type among <see cref="ExportTypes"/>.</summary>
    byte[] Export(DriveFile file, string mimeType);

    /// <summary>The file was made through Drive: gives it its first, empty content.</summary>
    void CreateEmpty(DriveFile file);

    /// <summary>Replaces the content by an uploaded one of a type among <see cref="ImportTypes"/>.</summary>
    void Import(DriveFile file, byte[] content, string mimeType);

    void Copy(DriveFile from, DriveFile to);

    void Delete(string fileId);

    /// <summary>All its text, for searching and for a preview.</summary>
    string Text(DriveFile file);

    /// <summary>Where its world page shows it, such as /world/docs?document=...</summary>
    string WorldAddress(DriveFile file);

    /// <summary>Where its own editor would be, such as https://docs.google.com/document/d/.../edit.</summary>
    string WebViewLink(string fileId);
}

/// <summary>The products of this assembly.</summary>
internal sealed class DriveProducts(IServiceProvider services)
{
    // Vendors are made by the container, which could not make one that needs all the others.
    private readonly Lazy<IReadOnlyDictionary<string, IDriveProduct>> all = new(() =>
        services.GetServices<IVendor>().OfType<IDriveProduct>().ToDictionary(product => product.MimeType));

    /// <summary>Null when the type belongs to no product of this assembly.</summary>
    public IDriveProduct? Find(string mimeType) => all.Value.GetValueOrDefault(mimeType);

    public IEnumerable<IDriveProduct> All => all.Value.Values;
}
