using System.Text;

namespace Patchbay.Platform.Functions.Internal;

/// <summary>A string in TypeScript source. Holes of a template stand as <c>\u0001name\u0001</c>; the name is empty where the hole is more than one word.</summary>
internal sealed record SourceLiteral(int Start, int End, string Text);

/// <summary>Finds the string literals of a source, leaving out comments. Not a parser: a regular expression with a quote in
/// it may hide what follows on its line. One pass, no recursion; any text is accepted.</summary>
internal static class SourceLiterals
{
    public const char Hole = '\u0001';

    public static IReadOnlyList<SourceLiteral> Of(string source)
    {
        var found = new List<SourceLiteral>();
        for (var i = 0; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '/' when Next(source, i) == '/':
                    i = Until(source, "\n", i);
                    break;
                case '/' when Next(source, i) == '*':
                    i = Until(source, "*/", i + 2) + 1;
                    break;
                case '"' or '\'':
                    i = Quoted(source, i, found);
                    break;
                case '`':
                    i = Template(source, i, found);
                    break;
            }
        }
        return found;
    }

    private static char Next(string source, int i) => i + 1 < source.Length ? source[i + 1] : '\0';

    private static int Until(string source, string end, int from) =>
        from < source.Length && source.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var at ? at : source.Length;

    private static int Quoted(string source, int start, List<SourceLiteral> found)
    {
        var text = new StringBuilder();
        var i = start + 1;
        for (; i < source.Length && source[i] != source[start] && source[i] != '\n'; i++)
            text.Append(source[i] == '\\' && i + 1 < source.Length ? source[++i] : source[i]);
        found.Add(new SourceLiteral(start, Math.Min(i, source.Length), text.ToString()));
        return i;
    }

    private static int Template(string source, int start, List<SourceLiteral> found)
    {
        var text = new StringBuilder();
        var i = start + 1;
        for (; i < source.Length && source[i] != '`'; i++)
        {
            if (source[i] == '\\' && i + 1 < source.Length)
                text.Append(source[++i]);
            else if (source[i] == '$' && Next(source, i) == '{')
            {
                var end = HoleEnd(source, i + 2);
                var inside = source.AsSpan(i + 2, Math.Max(0, Math.Min(end, source.Length) - i - 2)).Trim();
                text.Append(Hole).Append(IsWord(inside) ? inside : "").Append(Hole);
                i = end;
            }
            else
                text.Append(source[i]);
        }
        found.Add(new SourceLiteral(start, Math.Min(i, source.Length), text.ToString()));
        return i;
    }

    /// <summary>Where the brace closes. Quotes inside are skipped flat: nested templates end at their next backtick.</summary>
    private static int HoleEnd(string source, int from)
    {
        var depth = 1;
        for (var i = from; i < source.Length; i++)
        {
            if (source[i] is '"' or '\'' or '`')
            {
                var close = source.IndexOf(source[i], i + 1);
                if (close < 0)
                    return source.Length;
                i = close;
            }
            else if (source[i] == '{')
                depth++;
            else if (source[i] == '}' && --depth == 0)
                return i;
        }
        return source.Length;
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not '_' and not '$')
                return false;
        return true;
    }
}
