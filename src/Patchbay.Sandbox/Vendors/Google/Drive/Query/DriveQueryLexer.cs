using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Query;

internal enum DriveTokenKind
{
    Word,
    Text,
    Symbol,
    End,
}

/// <param name="Kind">A bare word, a quoted text, a symbol, or the end.</param>
/// <param name="Value">Unquoted; the symbol itself.</param>
internal readonly record struct DriveToken(DriveTokenKind Kind, string Value)
{
    public bool Is(string word) => Kind == DriveTokenKind.Word && string.Equals(Value, word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == DriveTokenKind.Symbol && Value == symbol;
}

/// <summary>Cuts a query into words, quoted texts and symbols.</summary>
internal static class DriveQueryLexer
{
    /// <summary>Null when a quote does not end or a character has no meaning.</summary>
    public static List<DriveToken>? Read(string query)
    {
        var tokens = new List<DriveToken>();
        var position = 0;
        while (position < query.Length)
        {
            var c = query[position];
            if (char.IsWhiteSpace(c))
            {
                position++;
            }
            else if (c is '\'' or '"')
            {
                if (Quoted(query, ref position) is not { } text)
                    return null;
                tokens.Add(new DriveToken(DriveTokenKind.Text, text));
            }
            else if (char.IsAsciiLetterOrDigit(c))
            {
                var start = position;
                while (position < query.Length && (char.IsAsciiLetterOrDigit(query[position]) || query[position] is '.' or '_'))
                    position++;
                tokens.Add(new DriveToken(DriveTokenKind.Word, query[start..position]));
            }
            else if (Symbol(query, position) is { } symbol)
            {
                tokens.Add(new DriveToken(DriveTokenKind.Symbol, symbol));
                position += symbol.Length;
            }
            else
            {
                return null;
            }
        }

        tokens.Add(new DriveToken(DriveTokenKind.End, ""));
        return tokens;
    }

    private static string? Symbol(string query, int position) => query[position] switch
    {
        '!' or '<' or '>' when position + 1 < query.Length && query[position + 1] == '=' => query.Substring(position, 2),
        '=' or '<' or '>' or '(' or ')' or '{' or '}' => query.Substring(position, 1),
        _ => null,
    };

    /// <summary>A backslash takes the next character as it is.</summary>
    private static string? Quoted(string query, ref int position)
    {
        var quote = query[position++];
        var text = new StringBuilder();
        while (position < query.Length)
        {
            var c = query[position++];
            if (c == quote)
                return text.ToString();
            if (c == '\\' && position < query.Length)
                c = query[position++];
            text.Append(c);
        }

        return null;
    }
}
