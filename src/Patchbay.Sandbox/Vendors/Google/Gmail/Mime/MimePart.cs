using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

/// <summary>A message or one part of it.</summary>
/// <param name="Headers">In order, unfolded, values decoded.</param>
/// <param name="MediaType">Lower case, such as text/plain.</param>
/// <param name="Charset">Of the content type; null when not given.</param>
/// <param name="FileName">Empty when the part is no attachment.</param>
/// <param name="Body">With the transfer encoding undone; empty for multipart.</param>
/// <param name="Parts">Of a multipart.</param>
internal sealed record MimePart(
    IReadOnlyList<MimeHeader> Headers, string MediaType, string? Charset, string FileName, byte[] Body, IReadOnlyList<MimePart> Parts)
{
    /// <summary>The first header of that name; null when absent.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The body as text, in its own charset; an unknown one is read as UTF-8.</summary>
    public string Text => Charsets.Get(Charset).GetString(Body);

    /// <summary>This part and all below, in order.</summary>
    public IEnumerable<MimePart> All => Parts.SelectMany(part => part.All).Prepend(this);

    /// <summary>The first text that is no attachment: plain if there is one, else HTML; null when neither.</summary>
    public MimePart? Readable =>
        All.FirstOrDefault(part => part.MediaType == "text/plain" && part.FileName.Length == 0)
        ?? All.FirstOrDefault(part => part.MediaType == "text/html" && part.FileName.Length == 0);
}

internal sealed record MimeHeader(string Name, string Value);

internal static class Charsets
{
    static Charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Get(string? name)
    {
        try
        {
            return string.IsNullOrEmpty(name) ? Encoding.UTF8 : Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
