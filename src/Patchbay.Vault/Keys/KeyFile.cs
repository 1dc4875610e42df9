using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Vault.Keys;

/// <summary>The master key on disk: a line <c>patchbay-key/1 id check</c>, then 32 bytes as base64.</summary>
internal static class KeyFile
{
    private const string Magic = "patchbay-key/1";
    private const int LongestFile = 4096;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static VaultKey Create(string path)
    {
        var material = RandomNumberGenerator.GetBytes(VaultKey.Size);
        var key = new VaultKey("k" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), material, created: true);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
                Directory.CreateDirectory(directory, Private | UnixFileMode.UserExecute);
            // Whole or not there: a crash on the way leaves only the other name, which the next start makes anew. Moving never
            // overwrites: of two first starts one makes the key and the other fails.
            var unfinished = path + ".new";
            File.Delete(unfinished);
            using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
            {
                file.Write(Encoding.ASCII.GetBytes($"{Magic} {key.KeyId} {key.Check.CheckValue}\n{Convert.ToBase64String(material)}\n"));
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultStartException("PB2006", $"The key file {path} could not be made ({e.GetType().Name}). The operator must make its directory writable or name another file with --key-file.");
        }
        return key;
    }

    public static VaultKey Load(string path)
    {
        string text;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
                throw new VaultStartException("PB2004", $"The key file {path} can be read by other users of this machine. The operator must run: chmod 600 {path}");
            if (file.Length > LongestFile)
                throw Damaged(path);
            using var reader = new StreamReader(file, Encoding.ASCII);
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultStartException("PB2006", $"The key file {path} could not be read ({e.GetType().Name}). The operator must make it readable for the user who runs the server, and for nobody else.");
        }
        return Parse(text) ?? throw Damaged(path);
    }

    /// <summary>Null if the text is not a whole, unchanged key file.</summary>
    public static VaultKey? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 2 || lines[0].TrimEnd('\r').Split(' ') is not [Magic, { Length: > 0 } id, { Length: 32 } check])
            return null;
        var material = new byte[VaultKey.Size];
        if (!Convert.TryFromBase64String(lines[1].Trim(), material, out var written) || written != VaultKey.Size)
            return null;
        return lines.Skip(2).All(string.IsNullOrWhiteSpace) && check == VaultKey.CheckValue(id, material) ? new VaultKey(id, material, created: false) : null;
    }

    public static void RefuseInside(string path, string dataDirectory)
    {
        var file = Real(path);
        var data = Real(dataDirectory).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if (file.StartsWith(data, StringComparison.Ordinal))
            throw new VaultStartException("PB2005", $"The key file {path} lies inside the data directory {dataDirectory}: whoever copies the data would have the key. The operator must move it elsewhere and name it with --key-file.");
    }

    /// <summary>The path with every link on the way resolved, so that a link does not hide where the file lies.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        for (var hops = 0; hops < 40; hops++)
        {
            var resolved = ResolveFirstLink(full);
            if (resolved is null)
                return full;
            full = resolved;
        }
        return full;
    }

    private static string? ResolveFirstLink(string full)
    {
        var parts = full.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var current = "/";
        for (var i = 0; i < parts.Length; i++)
        {
            current = Path.Combine(current, parts[i]);
            if (new FileInfo(current).LinkTarget is { } target)
                return Path.GetFullPath(Path.Combine([Path.GetDirectoryName(current)!, target, .. parts[(i + 1)..]]));
        }
        return null;
    }

    private static VaultStartException Damaged(string path) =>
        new("PB2002", $"The key file {path} is damaged: it is not a whole Patchbay key. The operator must restore it from the saved copy; a new key would not open the stored connections.");
}
