using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

/// <summary>A header such as <c>text/plain; charset="utf-8"</c>: the value and its parameters (names in lower case).</summary>
internal sealed class HeaderParameters
{
    private readonly Dictionary<string, string> parameters = [];

    private HeaderParameters(string value) => Value = value;

    public string Value { get; }

    public string? this[string name] => parameters.GetValueOrDefault(name);

    public static HeaderParameters Parse(string header)
    {
        var pieces = SplitOutsideQuotes(header);
        var result = new HeaderParameters(pieces[0].Trim());
        foreach (var piece in pieces.Skip(1))
        {
            var equals = piece.IndexOf('=');
            if (equals <= 0)
                continue;
            var name = piece[..equals].Trim().ToLowerInvariant();
            var value = Unquote(piece[(equals + 1)..].Trim());
            if (name.EndsWith('*'))
                result.parameters[name[..^1]] = Extended(value);
            else
                result.parameters.TryAdd(name, value);
        }

        return result;
    }

    private static List<string> SplitOutsideQuotes(string header)
    {
        var pieces = new List<string>();
        var current = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < header.Length; index++)
        {
            var c = header[index];
            if (c == '\\' && quoted && index + 1 < header.Length)
            {
                current.Append(c).Append(header[++index]);
                continue;
            }

            if (c == '"')
                quoted = !quoted;
            if (c == ';' && !quoted)
            {
                pieces.Add(current.ToString());
                current.Clear();
            }
            else
            {
                current.Append(c);
            }
        }

        pieces.Add(current.ToString());
        return pieces;
    }

    private static string Unquote(string text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
            return text;
        var plain = new StringBuilder();
        for (var index = 1; index < text.Length - 1; index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length - 1)
                index++;
            plain.Append(text[index]);
        }

        return plain.ToString();
    }

    /// <summary>RFC 2231: charset'language'percent-encoded.</summary>
    private static string Extended(string value)
    {
        var marks = value.Split('\'', 3);
        if (marks.Length < 3)
            return value;
        var bytes = new List<byte>();
        for (var index = 0; index < marks[2].Length; index++)
        {
            if (marks[2][index] == '%' && index + 2 < marks[2].Length && byte.TryParse(marks[2].AsSpan(index + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var b))
            {
                bytes.Add(b);
                index += 2;
            }
            else
            {
                bytes.Add((byte)marks[2][index]);
            }
        }

        return Charsets.Get(marks[0]).GetString([.. bytes]);
    }
}
