using System.Buffers;
using Patchbay.Vault.Network;

namespace Patchbay.Vault.Egress.Doors;

/// <summary>The head of a CONNECT request (RFC 9112 §3.2.3), read strictly: what two readers could understand
/// differently is refused.</summary>
internal static class ConnectHead
{
    /// <summary>Bytes, the empty line included.</summary>
    public const int Longest = 8 * 1024;

    private static readonly SearchValues<byte> FieldBytes = SearchValues.Create([.. Enumerable.Range(0x20, 0x5f).Select(b => (byte)b), (byte)'\t']);

    public static ReadOnlySpan<byte> Method => "CONNECT "u8;

    /// <param name="head">Everything up to and including the empty line.</param>
    /// <param name="host">Normalised.</param>
    /// <param name="port">1 to 65535.</param>
    public static bool TryParse(ReadOnlySpan<byte> head, out string host, out int port)
    {
        (host, port) = ("", 0);
        if (head.Length > Longest || !head.StartsWith(Method) || !head.EndsWith("\r\n\r\n"u8))
            return false;
        var lineEnd = head.IndexOf("\r\n"u8);
        if (!FieldsAreClean(head[(lineEnd + 2)..^2]))
            return false;
        var line = head[Method.Length..lineEnd];
        if (!line.EndsWith(" HTTP/1.1"u8))
            return false;
        var target = line[..^" HTTP/1.1"u8.Length];
        var colon = target.IndexOf((byte)':');
        if (colon <= 0 || target.Length - colon - 1 is < 1 or > 5)
            return false;
        foreach (var digit in target[(colon + 1)..])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            port = (port * 10) + (digit - '0');
        }
        if (port is < 1 or > 65535 || target[colon + 1] == (byte)'0')
            return false;
        Span<char> text = stackalloc char[253];
        if (colon > text.Length)
            return false;
        for (var i = 0; i < colon; i++)
            text[i] = (char)target[i];
        return HostName.TryNormalise(text[..colon], out host);
    }

    /// <summary>Their content does not matter, but a bare CR or LF, a control character, a folded line, or a body would
    /// let a second request hide in the first.</summary>
    private static bool FieldsAreClean(ReadOnlySpan<byte> fields)
    {
        while (!fields.IsEmpty)
        {
            var end = fields.IndexOf("\r\n"u8);
            if (end <= 0)
                return false;
            var field = fields[..end];
            var colon = field.IndexOf((byte)':');
            if (colon <= 0 || field.ContainsAnyExcept(FieldBytes) || field[..colon].ContainsAny((byte)' ', (byte)'\t'))
                return false;
            if (IsName(field[..colon], "transfer-encoding") || (IsName(field[..colon], "content-length") && !field[(colon + 1)..].Trim((byte)' ').SequenceEqual("0"u8)))
                return false;
            fields = fields[(end + 2)..];
        }
        return true;
    }

    private static bool IsName(ReadOnlySpan<byte> name, string expected)
    {
        if (name.Length != expected.Length)
            return false;
        for (var i = 0; i < name.Length; i++)
        {
            if ((name[i] | 0x20) != expected[i])
                return false;
        }
        return true;
    }
}
