using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>Cuts GoogleSQL into tokens: comments, four kinds of quotes, raw and bytes literals, escapes.</summary>
internal sealed class Lexer(SqlText source)
{
    private static readonly string[] Symbols = ["<=", ">=", "<>", "!=", "||", "<<", ">>", "=>", "|>"];

    private readonly string text = source.Text;
    private int at;

    public static List<Token> Read(SqlText source)
    {
        var lexer = new Lexer(source);
        var tokens = new List<Token>();
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Type != TokenType.End);
        return tokens;
    }

    private char Peek(int ahead = 0) => at + ahead < text.Length ? text[at + ahead] : '\0';

    private Token Next()
    {
        SkipBlanks();
        var start = at;
        if (at >= text.Length)
            return new Token(TokenType.End, "", start, start);
        var c = Peek();
        if (c is '\'' or '"')
            return Quote(start, raw: false, bytes: false);
        if (c == '`')
            return Backticks(start);
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            return Number(start);
        if (IsWordStart(c))
            return Word(start);
        if (c == '@')
        {
            var system = Peek(1) == '@';
            at += system ? 2 : 1;
            var from = at;
            if (Peek() == '`')
                return Backticks(start) with { Type = system ? TokenType.SystemVariable : TokenType.Parameter };
            while (IsWordPart(Peek()))
                at++;
            if (at == from)
                throw source.Error("Syntax error: Unexpected \"@\"", start);
            return new Token(system ? TokenType.SystemVariable : TokenType.Parameter, text[from..at], start, at);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) != 0)
                continue;
            at += symbol.Length;
            return new Token(TokenType.Symbol, symbol, start, at);
        }

        at++;
        return "()[]{},.;*/+-%=<>&|^~?:!$".Contains(c, StringComparison.Ordinal)
            ? new Token(TokenType.Symbol, c.ToString(), start, at)
            : throw source.Error($"Syntax error: Illegal input character \"{c}\"", start);
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void SkipBlanks()
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (Peek() == '#' || (Peek() == '-' && Peek(1) == '-'))
            {
                while (at < text.Length && text[at] != '\n')
                    at++;
            }
            else if (Peek() == '/' && Peek(1) == '*')
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                if (end < 0)
                    throw source.Error("Syntax error: Unclosed comment", at);
                at = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private Token Word(int start)
    {
        while (IsWordPart(Peek()))
            at++;
        var word = text[start..at];
        if ((Peek() is '\'' or '"') && word.ToUpperInvariant() is "R" or "B" or "RB" or "BR")
            return Quote(start, word.Contains('r', StringComparison.OrdinalIgnoreCase), word.Contains('b', StringComparison.OrdinalIgnoreCase));

        return new Token(TokenType.Word, word, start, at);
    }

    private Token Backticks(int start)
    {
        var end = text.IndexOf('`', at + 1);
        if (end < 0)
            throw source.Error("Syntax error: Unclosed identifier literal", start);
        var name = text[(at + 1)..end];
        at = end + 1;
        return name.Length == 0 || name.Contains('\n', StringComparison.Ordinal)
            ? throw source.Error("Syntax error: Invalid empty identifier", start)
            : new Token(TokenType.Quoted, name, start, at);
    }

    private Token Number(int start)
    {
        if (Peek() == '0' && (Peek(1) is 'x' or 'X') && char.IsAsciiHexDigit(Peek(2)))
        {
            at += 2;
            while (char.IsAsciiHexDigit(Peek()))
                at++;
            if (!ulong.TryParse(text.AsSpan(start + 2, at - start - 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value) || value > long.MaxValue)
                throw source.Error($"Invalid integer literal: {text[start..at]}", start);
            return new Token(TokenType.Integer, $"{value}", start, at);
        }

        var isFloat = false;
        while (char.IsAsciiDigit(Peek()))
            at++;
        if (Peek() == '.')
        {
            isFloat = true;
            at++;
            while (char.IsAsciiDigit(Peek()))
                at++;
        }

        if ((Peek() is 'e' or 'E') && (char.IsAsciiDigit(Peek(1)) || ((Peek(1) is '+' or '-') && char.IsAsciiDigit(Peek(2)))))
        {
            isFloat = true;
            at += 2;
            while (char.IsAsciiDigit(Peek()))
                at++;
        }

        if (IsWordStart(Peek()))
            throw source.Error("Syntax error: Missing whitespace between literal and alias", at);
        return new Token(isFloat ? TokenType.Float : TokenType.Integer, text[start..at], start, at);
    }

    private Token Quote(int start, bool raw, bool bytes)
    {
        var quote = Peek();
        var triple = Peek(1) == quote && Peek(2) == quote;
        at += triple ? 3 : 1;
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || (!triple && Peek() == '\n'))
                throw source.Error($"Syntax error: Unclosed {(triple ? "triple-quoted " : "")}string literal", start);
            var c = Peek();
            if (c == quote && (!triple || (Peek(1) == quote && Peek(2) == quote)))
            {
                at += triple ? 3 : 1;
                return new Token(bytes ? TokenType.Bytes : TokenType.String, value.ToString(), start, at);
            }

            if (c != '\\')
            {
                // Bytes are kept one to a character.
                var rune = bytes && Rune.TryGetRuneAt(text, at, out var whole) ? whole : new Rune('a');
                if (rune.IsAscii)
                {
                    value.Append(c);
                    at++;
                }
                else
                {
                    foreach (var part in Encoding.UTF8.GetBytes(rune.ToString()))
                        value.Append((char)part);
                    at += rune.Utf16SequenceLength;
                }
            }
            else if (raw)
            {
                value.Append(c).Append(Peek(1));
                at += 2;
            }
            else
            {
                Escape(value, start, bytes);
            }
        }
    }

    private void Escape(StringBuilder value, int start, bool bytes)
    {
        var c = Peek(1);
        at += 2;
        switch (c)
        {
            case 'n': value.Append('\n'); return;
            case 't': value.Append('\t'); return;
            case 'r': value.Append('\r'); return;
            case 'a': value.Append('\a'); return;
            case 'b': value.Append('\b'); return;
            case 'f': value.Append('\f'); return;
            case 'v': value.Append('\v'); return;
            case '\\' or '?' or '"' or '\'' or '`': value.Append(c); return;
            case 'x' or 'X': Code(2, 16); return;
            case 'u' when !bytes: Code(4, 16); return;
            case 'U' when !bytes: Code(8, 16); return;
            case >= '0' and <= '3': at--; Code(3, 8); return;
            default: throw source.Error($"Syntax error: Illegal escape sequence: \\{c}", start);
        }

        void Code(int length, int radix)
        {
            var digits = at + length <= text.Length ? text.Substring(at, length) : "";
            var allowed = radix == 16 ? digits.All(char.IsAsciiHexDigit) : digits.All(digit => digit is >= '0' and <= '7');
            if (digits.Length != length || !allowed || !Rune.TryCreate(Convert.ToUInt32(digits, radix), out var rune))
                throw source.Error($"Syntax error: Illegal escape sequence: \\{c}{digits}", start);
            at += length;
            value.Append(rune.ToString());
        }
    }
}
