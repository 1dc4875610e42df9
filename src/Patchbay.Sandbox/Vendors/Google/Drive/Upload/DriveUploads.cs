using System.Globalization;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Upload;

/// <summary>An upload that comes in pieces: what is to become of it, and how much has come.</summary>
internal sealed record DriveUpload
{
    /// <summary>SHA-256 of the upload id, which is all that a later piece must show.</summary>
    public required string Hash { get; init; }

    /// <summary>The file to replace; null makes one.</summary>
    public string? FileId { get; init; }

    /// <summary>Its metadata as JSON.</summary>
    public required string Metadata { get; init; }

    public required string Account { get; init; }
    public required string ClientId { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public string? MimeType { get; init; }
    public long Received { get; init; }
    public int Pieces { get; init; }
    public required DateTimeOffset Expires { get; init; }
}

/// <summary>The resumable uploads under way.</summary>
internal sealed class DriveUploads(Store store, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
    private readonly Collection<DriveUpload> uploads = new(store, "drive.upload");
    private readonly Collection<DriveBytes> pieces = new(store, "drive.upload-piece");

    public void Clear()
    {
        uploads.Clear();
        pieces.Clear();
    }

    /// <returns>The upload id, which leaves in an address and is not kept.</returns>
    public string Begin(DriveUpload upload)
    {
        var id = Secrets.New("AHmUCY");
        Put(upload with { Hash = Secrets.Hash(id), Expires = time.GetUtcNow() + Lifetime });
        return id;
    }

    public DriveUpload? Find(string id) => uploads.Get(Secrets.Hash(id)) is { } upload && upload.Expires > time.GetUtcNow() ? upload : null;

    public DriveUpload Append(DriveUpload upload, byte[] bytes) => store.Atomic(() =>
    {
        var number = upload.Pieces.ToString("D8", CultureInfo.InvariantCulture);
        pieces.Put($"{upload.Hash}/{number}", new DriveBytes(Convert.ToBase64String(bytes)), upload.Hash, number);
        var more = upload with { Received = upload.Received + bytes.Length, Pieces = upload.Pieces + 1 };
        Put(more);
        return more;
    });

    public byte[] Content(DriveUpload upload)
    {
        using var whole = new MemoryStream();
        foreach (var piece in pieces.List(upload.Hash))
            whole.Write(Convert.FromBase64String(piece.Base64));
        return whole.ToArray();
    }

    public void End(DriveUpload upload) => store.Atomic(() =>
    {
        uploads.Delete(upload.Hash);
        for (var number = 0; number < upload.Pieces; number++)
            pieces.Delete($"{upload.Hash}/{number.ToString("D8", CultureInfo.InvariantCulture)}");
    });

    private void Put(DriveUpload upload) => uploads.Put(upload.Hash, upload);
}
