using System.Globalization;
using System.Security.Cryptography;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>
/// The state of everybody's Drive: files, the bytes of uploaded ones, and the log of changes. It has no state of its
/// own beside the store, so every product may make one.
/// </summary>
internal sealed class DriveFiles(Store store, LiveFeed live, TimeProvider time)
{
    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private readonly Collection<DriveFile> files = new(store, "drive.file");
    private readonly Collection<DriveRevision> revisions = new(store, "drive.revision");
    private readonly Collection<DriveBytes> contents = new(store, "drive.content");
    private readonly Collection<DriveChange> changes = new(store, "drive.change");

    public bool Empty => !files.Any();

    public void Clear()
    {
        files.Clear();
        revisions.Clear();
        contents.Clear();
        changes.Clear();
    }

    public DriveFile? Get(string id) => files.Get(id);

    public IReadOnlyList<DriveFile> All() => files.List();

    /// <summary>"My Drive" of an account; made when it is first needed, since accounts come with any seed.</summary>
    public DriveFile Root(GoogleAccount account) => store.Atomic(() =>
    {
        var id = RootId(account);
        if (Get(id) is { } root)
            return root;
        var now = Now;
        var made = new DriveFile
        {
            Id = id,
            Name = "My Drive",
            MimeType = DriveMime.Folder,
            Owner = account.Id,
            Permissions = [OwnerPermission(account, now)],
            Created = now,
            Modified = now,
            ModifiedBy = account.Id,
        };
        files.Put(id, made);
        return made;
    });

    public static string RootId(GoogleAccount account) => Secrets.StableId("0A", account.Id, 14) + "PVA";

    /// <summary>A new file of an account, in its root unless a folder is named.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="name">Its name or title.</param>
    /// <param name="mimeType">Documents of a product: the caller stores their content.</param>
    /// <param name="parent">Id of an existing folder.</param>
    /// <param name="client">The app that makes it, for drive.file; null for a seed or a person.</param>
    /// <param name="id">For a seed, or one that the app chose beforehand.</param>
    public DriveFile Create(GoogleAccount owner, string name, string mimeType, string? parent = null, string? client = null, string? id = null) => store.Atomic(() =>
    {
        var now = Now;
        var file = new DriveFile
        {
            Id = id ?? NewId(mimeType),
            Name = name,
            MimeType = mimeType,
            Parent = parent ?? Root(owner).Id,
            Owner = owner.Id,
            Permissions = [OwnerPermission(owner, now)],
            Apps = client is null ? [] : [new DriveApp(client, owner.Id)],
            Created = now,
            Modified = now,
            ModifiedBy = owner.Id,
            ViewedBy = new Dictionary<string, DateTimeOffset> { [owner.Id] = now },
        };
        return Put(file);
    });

    /// <summary>Stores a change of anything but the content: name, place, sharing, trash. One version more.</summary>
    public DriveFile Save(DriveFile changed) => Put(changed with { Version = changed.Version + 1 });

    /// <summary>
    /// Stores that somebody changed the file: its time, who did it, and one version more. Products call it after every
    /// change of a document.
    /// </summary>
    public DriveFile Touch(DriveFile file, GoogleAccount by) => Put(Touched(file, by));

    /// <summary>Lets an app use a file for an account, as Google's picker does.</summary>
    public DriveFile Give(DriveFile file, string client, GoogleAccount account)
    {
        var app = new DriveApp(client, account.Id);
        return file.Apps.Contains(app) ? file : Put(file with { Apps = [.. file.Apps, app] });
    }

    /// <summary>Removes a file for good, with all below it. The products' contents are the caller's business.</summary>
    /// <returns>What was removed.</returns>
    public IReadOnlyList<DriveFile> Delete(DriveFile file) => store.Atomic<IReadOnlyList<DriveFile>>(() =>
    {
        var children = All().ToLookup(other => other.Parent);
        var gone = new List<DriveFile> { file };
        for (var next = 0; next < gone.Count; next++)
            gone.AddRange(children[gone[next].Id]);
        foreach (var each in gone)
        {
            files.Delete(each.Id);
            foreach (var revision in Revisions(each.Id))
                contents.Delete(Key(each.Id, revision.Id));
            store.Execute("delete from doc where kind = 'drive.revision' and parent = $0", each.Id);
            Record(each.Id, each);
        }

        live.Changed("drive");
        return gone;
    });

    /// <summary>Bytes of the newest revision; empty when there are none.</summary>
    public byte[] Content(DriveFile file) => file.HeadRevision is { } head ? Content(file.Id, head) ?? [] : [];

    public byte[]? Content(string fileId, string revision) =>
        contents.Get(Key(fileId, revision)) is { } found ? Convert.FromBase64String(found.Base64) : null;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DriveRevision> Revisions(string fileId) => revisions.List(fileId);

    /// <summary>Stores uploaded bytes as a new revision.</summary>
    public DriveFile PutContent(DriveFile file, byte[] bytes, string mimeType, GoogleAccount by) => store.Atomic(() =>
    {
        var number = Revisions(file.Id).Count + 1;
        var id = "0B" + Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{file.Id}/{number}"))).Replace('+', '-').Replace('/', '_')[..42] + "PQ";
#pragma warning disable CA5351 // Drive publishes MD5; nothing is protected by it.
        var md5 = Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
        contents.Put(Key(file.Id, id), new DriveBytes(Convert.ToBase64String(bytes)));
        revisions.Put(Key(file.Id, id), new DriveRevision(id, mimeType, Now, bytes.LongLength, md5, by.Id), file.Id, number.ToString("D8", CultureInfo.InvariantCulture));
        return Put(Touched(file, by) with { MimeType = mimeType, HeadRevision = id, Size = bytes.LongLength, Md5 = md5 });
    });

    public bool DeleteRevision(string fileId, string revision) => store.Atomic(() =>
        contents.Delete(Key(fileId, revision)) & revisions.Delete(Key(fileId, revision)));

    /// <summary>Number of the newest change; 0 when there is none.</summary>
    public long LastChange => changes.List(newestFirst: true, limit: 1) is [var last] ? last.Number : 0;

    /// <summary>Changes from a number on, oldest first.</summary>
    public IReadOnlyList<DriveChange> ChangesFrom(long number) => changes.List(from: Sort(number));

    /// <summary>Writes down that a file went away for somebody: it was deleted, or is no longer shared.</summary>
    /// <param name="fileId">Which.</param>
    /// <param name="before">As it was: those who saw it then learn that it went.</param>
    public void Record(string fileId, DriveFile? before)
    {
        var number = LastChange + 1;
        changes.Put(Sort(number), new DriveChange(number, fileId, Now, before), sort: Sort(number));
    }

    public DrivePermission OwnerPermission(GoogleAccount account, DateTimeOffset? since = null) => new()
    {
        Id = PermissionId(account.Email),
        Type = "user",
        Role = DriveRole.Owner,
        Email = account.Email,
        Since = since ?? Now,
        By = account.Id,
    };

    /// <summary>Twenty digits, the same for an address on every file.</summary>
    public static string PermissionId(string address)
    {
        var hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(address.ToLowerInvariant()));
        return "1" + (BitConverter.ToUInt64(hash) % 10_000_000_000_000_000_000UL).ToString("D19", CultureInfo.InvariantCulture);
    }

    /// <summary>Documents have 44 characters, other files 33.</summary>
    public static string NewId(string mimeType) =>
        "1" + RandomNumberGenerator.GetString(IdAlphabet, DriveMime.IsGoogle(mimeType) && mimeType is not (DriveMime.Folder or DriveMime.Shortcut) ? 43 : 32);

    /// <summary>To the millisecond, as it is shown: an app that asks for what changed after a time it was told gets nothing twice.</summary>
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private DriveFile Touched(DriveFile file, GoogleAccount by)
    {
        var now = Now;
        return file with
        {
            Modified = now,
            ModifiedBy = by.Id,
            Version = file.Version + 1,
            ViewedBy = new Dictionary<string, DateTimeOffset>(file.ViewedBy) { [by.Id] = now },
        };
    }

    private DriveFile Put(DriveFile file) => store.Atomic(() =>
    {
        files.Put(file.Id, file);
        Record(file.Id, null);
        live.Changed("drive");
        return file;
    });

    private static string Key(string file, string revision) => $"{file}/{revision}";

    private static string Sort(long number) => number.ToString("D19", CultureInfo.InvariantCulture);
}

/// <summary>One upload of a file's bytes.</summary>
internal sealed record DriveRevision(string Id, string MimeType, DateTimeOffset Modified, long Size, string Md5, string By);

/// <param name="Base64">Bytes of one revision.</param>
internal sealed record DriveBytes(string Base64);

/// <param name="Number">Counts up from 1 for everybody.</param>
/// <param name="FileId">What changed.</param>
/// <param name="At">When.</param>
/// <param name="Before">Set when it went away for somebody: as it was before.</param>
internal sealed record DriveChange(long Number, string FileId, DateTimeOffset At, DriveFile? Before);
