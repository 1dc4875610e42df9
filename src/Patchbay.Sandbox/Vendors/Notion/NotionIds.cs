using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Notion names everything by UUID and takes it with or without dashes.</summary>
internal static class NotionIds
{
    public static string New() => Guid.NewGuid().ToString("D");

    /// <summary>The same id for the same name, so that a reset world keeps what was shared with apps.</summary>
    public static string Stable(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("notion/" + name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>The id with dashes, or null when it is no UUID.</summary>
    public static string? Parse(string? text) =>
        text is { Length: 32 or 36 } && (Guid.TryParseExact(text, "D", out var id) || Guid.TryParseExact(text, "N", out id)) ? id.ToString("D") : null;

    public static string Compact(string id) => id.Replace("-", "", StringComparison.Ordinal);
}
