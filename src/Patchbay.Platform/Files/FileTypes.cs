using System.Text;

namespace Patchbay.Platform.Files;

/// <summary>What an upload calls itself. Everything here is chosen by the sender.</summary>
public static class FileTypes
{
    public const string Unknown = "application/octet-stream";
    public const int LongestName = 120;

    // A browser runs nothing it finds in these, given nosniff. All others, HTML, SVG and XML before all, are for saving only.
    private static readonly HashSet<string> Passive = new(StringComparer.OrdinalIgnoreCase)
    {
        "text/plain", "text/csv", "application/json", "application/pdf",
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp",
        "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/webm", "video/mp4", "video/webm", "video/ogg",
    };

    /// <summary>Whether a browser may show it in place.</summary>
    public static bool IsPassive(string contentType) => Passive.Contains(contentType);

    /// <returns><c>type/subtype</c> in lower case without parameters; <see cref="Unknown"/> for what is no such thing.</returns>
    public static string Clean(string? declared)
    {
        var type = (declared ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var parts = type.Split('/');
        return type.Length <= 100 && parts.Length == 2 && parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+')) ? type : Unknown;
    }

    /// <summary>The last part of whatever path was sent, other characters as underscores, the ending kept.</summary>
    public static string CleanName(string? sent)
    {
        var last = (sent ?? "").Split('/', '\\')[^1];
        var name = new StringBuilder(last.Length);
        foreach (var c in last.Trim().TrimStart('.'))
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        if (name.Length == 0)
            return "file";
        if (name.Length <= LongestName)
            return name.ToString();
        var ending = Path.GetExtension(name.ToString());
        return ending.Length is > 0 and < 20 ? name.ToString(0, LongestName - ending.Length) + ending : name.ToString(0, LongestName);
    }
}
