using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

/// <summary>
/// Reads RFC 822 messages with MIME parts. It takes any bytes and never throws: what is not understood is
/// kept as text of the nearest part, as mail programs do.
/// </summary>
/// <remarks>Works on Latin-1 text, which maps every byte to one character and back without loss.</remarks>
internal static class MimeParser
{
    private const int DeepestNesting = 20;
    private const int MostParts = 500;

    public static MimePart Parse(ReadOnlySpan<byte> message)
    {
        var budget = MostParts;
        return Part(Encoding.Latin1.GetString(message), 0, ref budget, "text/plain");
    }

    /// <summary>Where the body begins: behind the first empty line.</summary>
    internal static (string Head, string Body) Split(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var end = text.IndexOf('\n', position);
            var line = end < 0 ? text[position..] : text[position..end];
            var next = end < 0 ? text.Length : end + 1;
            if (line.Length == 0 || line == "\r")
                return (text[..position], text[next..]);
            position = next;
        }

        return (text, "");
    }

    private static MimePart Part(string text, int depth, ref int budget, string defaultType)
    {
        var (head, body) = Split(text);
        var headers = Headers(head);
        var type = HeaderParameters.Parse(Find(headers, "Content-Type") ?? defaultType);
        var mediaType = type.Value.Contains('/', StringComparison.Ordinal) ? type.Value.ToLowerInvariant() : defaultType;
        var disposition = HeaderParameters.Parse(Find(headers, "Content-Disposition") ?? "");
        var fileName = disposition["filename"] ?? type["name"] ?? "";
        var shown = headers.Select(header => new MimeHeader(header.Name, EncodedWords.Decode(Utf8IfValid(header.Value)))).ToList();

        if (mediaType.StartsWith("multipart/", StringComparison.Ordinal) && type["boundary"] is { Length: > 0 } boundary && depth < DeepestNesting)
        {
            var parts = new List<MimePart>();
            foreach (var piece in Pieces(body, boundary))
            {
                if (--budget < 0)
                    break;
                parts.Add(Part(piece, depth + 1, ref budget, mediaType == "multipart/digest" ? "message/rfc822" : "text/plain"));
            }

            return new MimePart(shown, mediaType, null, fileName, [], parts);
        }

        var bytes = TransferEncoding.Decode(body, Find(headers, "Content-Transfer-Encoding"));
        return new MimePart(shown, mediaType, type["charset"], EncodedWords.Decode(Utf8IfValid(fileName)), bytes, []);
    }

    /// <summary>Raw headers, folded lines joined. A line without a colon is dropped.</summary>
    internal static List<MimeHeader> Headers(string head)
    {
        var headers = new List<MimeHeader>();
        foreach (var raw in head.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t' && headers.Count > 0)
            {
                headers[^1] = headers[^1] with { Value = headers[^1].Value + " " + line.Trim() };
                continue;
            }

            var colon = line.IndexOf(':');
            if (colon > 0 && !line.AsSpan(0, colon).ContainsAny(' ', '\t'))
                headers.Add(new MimeHeader(line[..colon], line[(colon + 1)..].Trim()));
        }

        return headers;
    }

    private static string? Find(List<MimeHeader> headers, string name) =>
        headers.Find(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>What stands between the boundary lines; a missing last boundary ends with the text.</summary>
    private static IEnumerable<string> Pieces(string body, string boundary)
    {
        var mark = "--" + boundary;
        var (start, position) = (-1, 0);
        while (position < body.Length)
        {
            var end = body.IndexOf('\n', position);
            var next = end < 0 ? body.Length : end + 1;
            if (Boundary(body.AsSpan(position, (end < 0 ? body.Length : end) - position).TrimEnd(), mark) is { } last)
            {
                if (start >= 0)
                    yield return WithoutLastBreak(body[start..position]);
                start = next;
                if (last)
                    yield break;
            }

            position = next;
        }

        if (start >= 0)
            yield return body[start..];
    }

    /// <summary>Null for any other line; true for the closing boundary.</summary>
    private static bool? Boundary(ReadOnlySpan<char> line, string mark) =>
        !line.StartsWith(mark, StringComparison.Ordinal) ? null : line[mark.Length..] is "" ? false : line[mark.Length..] is "--" ? true : null;

    // The line break before a boundary belongs to the boundary.
    private static string WithoutLastBreak(string piece) =>
        piece.EndsWith("\r\n", StringComparison.Ordinal) ? piece[..^2] : piece.EndsWith('\n') ? piece[..^1] : piece;

    // Headers should be ASCII; many senders write plain UTF-8.
    private static string Utf8IfValid(string latin1)
    {
        if (System.Text.Ascii.IsValid(latin1) || latin1.Any(c => c > '\u00ff'))
            return latin1;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(latin1));
        }
        catch (DecoderFallbackException)
        {
            return latin1;
        }
    }
}
