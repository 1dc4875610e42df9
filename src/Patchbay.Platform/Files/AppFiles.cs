using System.Text.Json;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;

namespace Patchbay.Platform.Files;

/// <param name="Directory">Parent of one folder per app; made when the first file comes, for the server's own user only.</param>
public sealed record FilesOptions(string Directory);

/// <summary>The apps' uploads, on this node's disk: the bytes, and beside them what they call themselves. A file appears under
/// its id only when both are complete.</summary>
public sealed class AppFiles(FilesOptions options, TimeProvider time)
{
    public const long LargestFile = 25 << 20;

    private const string Describing = ".json";
    private const int IdLength = 43;

    /// <param name="content">Read to its end.</param>
    /// <exception cref="UserVisibleException">PB2001: larger than <see cref="LargestFile"/>; nothing is kept.</exception>
    public async Task<StoredFile> SaveAsync(AppId app, string? name, string? contentType, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var folder = FolderOf(app) ?? throw new ArgumentException("This is no app id.", nameof(app));
        MakeFolder(folder);
        var id = Tokens.New();
        var (bytes, partial, description) = (Path.Combine(folder, id), Path.Combine(folder, id + ".partial"), Path.Combine(folder, id + Describing));
        try
        {
            var file = new StoredFile(app, id, FileTypes.CleanName(name), FileTypes.Clean(contentType), await CopyAsync(content, partial, cancellationToken), time.GetUtcNow());
            await File.WriteAllTextAsync(description, JsonSerializer.Serialize(file), cancellationToken);
            File.Move(partial, bytes);
            return file;
        }
        catch
        {
            File.Delete(partial);
            File.Delete(description);
            throw;
        }
    }

    /// <returns>The file and where its bytes lie; null if there is none of that id, whatever the texts contain.</returns>
    public async Task<(StoredFile File, string Path)?> FindAsync(AppId app, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (FolderOf(app) is not { } folder || id.Length != IdLength || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;
        var bytes = Path.Combine(folder, id);
        if (!File.Exists(bytes))
            return null;
        return JsonSerializer.Deserialize<StoredFile>(await File.ReadAllTextAsync(bytes + Describing, cancellationToken)) is { } file ? (file, bytes) : null;
    }

    private static async Task<long> CopyAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[64 << 10];
        var size = 0L;
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if ((size += read) > LargestFile)
                throw new UserVisibleException(RefusalKind.TooLarge, "PB2001", $"A file may have {LargestFile >> 20} MiB at most. Send a smaller one.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        return size;
    }

    /// <summary>Null for what is no id of an app: it comes from a host name, and becomes a folder's name.</summary>
    private string? FolderOf(AppId app) => app.Value.Length == 24 && app.Value.All(char.IsAsciiHexDigitLower) ? Path.Combine(options.Directory, app.Value) : null;

    private void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(options.Directory, own);
        Directory.CreateDirectory(folder, own);
    }
}
