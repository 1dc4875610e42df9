using System.Globalization;
using System.Text;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Cuts a query into words, texts, numbers, dates and signs.</summary>
internal static class SoqlLexer
{
    public const int LongestQuery = 100_000;

    public static List<SoqlToken> Read(string query)
    {
        if (query.Length > LongestQuery)
            throw new SalesforceRefusal("QUERY_TOO_COMPLICATED", "The query is longer than 100,000 characters");
        var tokens = new List<SoqlToken>();
        var at = 0;
        while (at < query.Length)
        {
            var c = query[at];
            if (char.IsWhiteSpace(c))
                at++;
            else if (char.IsAsciiLetter(c) || c == '_')
                Take(SoqlTokenKind.Word, End(query, at, c => char.IsAsciiLetterOrDigit(c) || c == '_'));
            else if (char.IsAsciiDigit(c) || c is '-' or '+' or '.' && at + 1 < query.Length && char.IsAsciiDigit(query[at + 1]))
                Number();
            else if (c == '\'')
                Text();
            else if (at + 1 < query.Length && query.AsSpan(at, 2) is "!=" or "<>" or "<=" or ">=")
                Take(SoqlTokenKind.Symbol, at + 2);
            else if ("(),=<>:.*{}".Contains(c, StringComparison.Ordinal))
                Take(SoqlTokenKind.Symbol, at + 1);
            else
                throw SoqlRefusal.Malformed(query, at, $"unexpected token: '{c}'");
        }

        tokens.Add(new SoqlToken(SoqlTokenKind.End, "<EOF>", query.Length));
        return tokens;

        void Take(SoqlTokenKind kind, int end)
        {
            tokens.Add(new SoqlToken(kind, query[at..end], at));
            at = end;
        }

        void Number()
        {
            // A date begins like a number: 2026-06-19, 2026-06-19T09:41:00Z.
            var end = End(query, at + 1, c => char.IsAsciiLetterOrDigit(c) || c is '-' or ':' or '.' or '+');
            var text = query[at..end];
            if (FieldValues.TryDate(text, out _))
                Take(SoqlTokenKind.Date, end);
            else if (FieldValues.TryMoment(text, out _))
                Take(SoqlTokenKind.DateTime, end);
            else if (End(query, at + 1, c => char.IsAsciiDigit(c) || c == '.') is var plain
                && decimal.TryParse(query[at..plain], NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                && (plain == query.Length || !char.IsAsciiLetterOrDigit(query[plain]) && query[plain] != '-'))
                Take(SoqlTokenKind.Number, plain);
            else
                throw SoqlRefusal.Malformed(query, at, $"unexpected token: '{(text.Length > 40 ? text[..40] : text)}'");
        }

        void Text()
        {
            var said = new StringBuilder();
            var start = at++;
            for (; at < query.Length && query[at] != '\''; at++)
            {
                if (query[at] != '\\')
                {
                    said.Append(query[at]);
                    continue;
                }

                if (++at == query.Length)
                    break;
                // An escaped wildcard keeps its escape: LIKE must still tell it from a wildcard.
                said.Append(query[at] switch
                {
                    'n' or 'N' => "\n",
                    'r' or 'R' => "\r",
                    't' or 'T' => "\t",
                    'b' or 'B' => "\b",
                    'f' or 'F' => "\f",
                    '_' => "\\_",
                    '%' => "\\%",
                    '"' => "\"",
                    '\'' => "'",
                    '\\' => "\\",
                    var other => throw SoqlRefusal.Malformed(query, at, $"Illegal character sequence '\\{other}' in string literal"),
                });
            }

            if (at >= query.Length)
                throw SoqlRefusal.Malformed(query, start, "line 1: unterminated string literal");
            tokens.Add(new SoqlToken(SoqlTokenKind.Text, said.ToString(), start));
            at++;
        }
    }

    private static int End(string text, int start, Func<char, bool> belongs)
    {
        while (start < text.Length && belongs(text[start]))
            start++;
        return start;
    }
}
