using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

/// <summary>Changes single headers of a raw message and leaves every other byte alone.</summary>
internal static class HeaderEditor
{
    public static byte[] Without(byte[] raw, string name)
    {
        var (head, tail) = Cut(raw);
        return Join(string.Concat(Fields(head).Where(field => !Is(field, name))), tail);
    }

    /// <summary>Sets a header to one value. The value must be ASCII; line breaks become blanks.</summary>
    /// <remarks>At the end of the block: a damaged message may begin with a folded line, which would swallow what stands before it.</remarks>
    public static byte[] With(byte[] raw, string name, string value)
    {
        var (head, tail) = Cut(Without(raw, name));
        var gap = head.Length == 0 || head[^1] == '\n' ? "" : "\r\n";
        return Join($"{head}{gap}{name}: {value.Replace('\r', ' ').Replace('\n', ' ')}\r\n", tail);
    }

    private static (string Head, string Tail) Cut(byte[] raw)
    {
        var text = Encoding.Latin1.GetString(raw);
        var (head, _) = MimeParser.Split(text);
        return (head, text[head.Length..]);
    }

    private static byte[] Join(string head, string tail) =>
        Encoding.Latin1.GetBytes(head + (tail.Length == 0 ? "\r\n" : tail));

    /// <summary>Each field with its folded lines and line breaks.</summary>
    private static IEnumerable<string> Fields(string head)
    {
        var field = new StringBuilder();
        foreach (var line in head.Split('\n').SkipLast(1).Select(line => line + "\n").Append(head.Split('\n')[^1]))
        {
            if (line.Length == 0)
                continue;
            if (line[0] is not (' ' or '\t') && field.Length > 0)
            {
                yield return field.ToString();
                field.Clear();
            }

            field.Append(line);
        }

        if (field.Length > 0)
            yield return field[^1] == '\n' ? field.ToString() : field.Append("\r\n").ToString();
    }

    private static bool Is(string field, string name) =>
        field.Length > name.Length && field[name.Length] == ':' && field.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
