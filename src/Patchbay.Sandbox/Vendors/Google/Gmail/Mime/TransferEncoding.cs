using System.Globalization;
using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

/// <summary>Undoes base64 and quoted-printable; anything else is taken as it is. Damaged input gives what can be read of it.</summary>
internal static class TransferEncoding
{
    public static byte[] Decode(string body, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body),
        "quoted-printable" => QuotedPrintable(body),
        _ => Encoding.Latin1.GetBytes(body),
    };

    public static byte[] Base64(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(text.Length * 3 / 4), 0, 0);
        foreach (var c in text)
        {
            var value = c switch
            {
                >= 'A' and <= 'Z' => c - 'A',
                >= 'a' and <= 'z' => c - 'a' + 26,
                >= '0' and <= '9' => c - '0' + 52,
                '+' or '-' => 62,
                '/' or '_' => 63,
                _ => -1,
            };
            if (value < 0)
                continue;
            buffer = ((buffer << 6) | value) & 0xFFFFFF;
            bits += 6;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return [.. bytes];
    }

    /// <param name="text">Latin-1 text.</param>
    /// <param name="underscoreIsBlank">As inside an encoded word.</param>
    public static byte[] QuotedPrintable(string text, bool underscoreIsBlank = false)
    {
        var bytes = new List<byte>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            if (c == '=')
            {
                var rest = text.AsSpan(index + 1);
                if (rest.StartsWith("\r\n"))
                {
                    index += 2;
                    continue;
                }

                if (rest.StartsWith("\n"))
                {
                    index += 1;
                    continue;
                }

                if (rest.Length >= 2 && byte.TryParse(rest[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    bytes.Add(value);
                    index += 2;
                    continue;
                }
            }

            bytes.Add(c == '_' && underscoreIsBlank ? (byte)' ' : c <= '\u00ff' ? (byte)c : (byte)'?');
        }

        return [.. bytes];
    }
}
