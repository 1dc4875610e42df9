using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Text to words. Linear in the text: every pattern is anchored and backtracks over nothing.</summary>
internal static partial class Tokenizer
{
    private const int MaximumTokens = 400;

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var plain = Plain(text);
        for (var at = 0; at < plain.Length && tokens.Count < MaximumTokens;)
        {
            if (char.IsWhiteSpace(plain[at]) && plain[at] != '\n')
            {
                at++;
                continue;
            }

            at += One(plain, at, tokens);
        }

        return tokens;
    }

    private static int One(string text, int at, List<Token> tokens)
    {
        foreach (var (pattern, make) in Patterns)
        {
            var match = pattern.Match(text, at, text.Length - at);
            if (match.Success && match.Length > 0)
            {
                make(match, tokens);
                return match.Length;
            }
        }

        // Signs nobody needs (emoji, brackets) separate words and mean nothing.
        return 1;
    }

    private static readonly (Regex Pattern, Action<Match, List<Token>> Make)[] Patterns =
    [
        (Quoted(), (m, t) => t.Add(new(TokenKind.Quoted, (m.Groups[1].Success ? m.Groups[1] : m.Groups[2]).Value.Trim(), m.Value))),
        (Email(), (m, t) => t.Add(new(TokenKind.Email, m.Value, m.Value))),
        (Channel(), (m, t) => t.Add(new(TokenKind.Channel, m.Value.ToLowerInvariant(), m.Value))),
        (ClockTime(), (m, t) => t.Add(Time(m))),
        (Ordinal(), (m, t) => t.Add(new(TokenKind.Ordinal, m.Groups[1].Value, m.Value))),
        (Number(), (m, t) => t.Add(Amount(m))),
        // A person's handle is one word that nothing explains: who that is at a vendor, nobody here knows.
        (Handle(), (m, t) => t.Add(new(TokenKind.Word, m.Value.ToLowerInvariant(), m.Value))),
        (Word(), (m, t) => Words(m.Value, t)),
        (Comparison(), (m, t) => t.Add(new(TokenKind.Word, m.Value is "+" or "&" ? "and" : m.Value, m.Value))),
        (Break(), (m, t) => t.Add(new(TokenKind.Break, ",", m.Value))),
    ];

    private static Token Time(Match match)
    {
        var hour = int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["m"].Success ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
        var half = match.Groups["ap"].Value.ToLowerInvariant();
        if (half.StartsWith('p') && hour < 12) hour += 12;
        if (half.StartsWith('a') && hour == 12) hour = 0;
        return hour > 23 || minute > 59
            ? new Token(TokenKind.Word, match.Value.ToLowerInvariant(), match.Value)
            : new Token(TokenKind.Time, Clock(hour, minute), match.Value);
    }

    public static string Clock(int hour, int minute) => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}");

    private static Token Amount(Match match)
    {
        var factor = match.Groups["unit"].Value.ToLowerInvariant() switch { "k" => 1_000m, "m" => 1_000_000m, _ => 1m };
        var digits = match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number < 1_000_000_000_000m
            ? new(TokenKind.Number, (number * factor).ToString("0.####", CultureInfo.InvariantCulture), match.Value)
            : new(TokenKind.Word, match.Value, match.Value);
    }

    // "high-priority" is two words; "to-do" and its like are one, however they are written.
    private static void Words(string word, List<Token> tokens)
    {
        word = word.Trim('\'', '-');
        var lower = word.ToLowerInvariant();
        if (lower.Length == 0)
            return;
        if (Lexicon.OneWord.TryGetValue(lower, out var one))
        {
            tokens.Add(new(TokenKind.Word, one, word));
            return;
        }

        foreach (var written in word.Split('-', StringSplitOptions.RemoveEmptyEntries))
        {
            var part = written.ToLowerInvariant();
            var owner = part.EndsWith("'s", StringComparison.Ordinal);
            var bare = owner ? part[..^2] : part.TrimEnd('\'');
            if (Lexicon.Contractions.TryGetValue(part, out var full))
                foreach (var piece in full.Split(' '))
                    tokens.Add(new(TokenKind.Word, piece, written));
            else if (bare.Length > 0)
                tokens.Add(new(TokenKind.Word, bare, written) { Possessive = owner });
        }
    }

    private static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
            result.Append(c switch
            {
                '\u2018' or '\u2019' or '\u00b4' or '`' => '\'',
                '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb' => '"',
                '\u2013' or '\u2014' => ',',
                '\u2192' or '\u21d2' => ',',
                _ => c,
            });
        return result.ToString();
    }

    // NonBacktracking knows no \G; every pattern here is bounded instead.
    [GeneratedRegex("\\G(?:\"([^\"\\n]{1,300})\"|(?<=^|\\s)'([^'\\n]{2,300})'(?=$|[\\s.,!?]))", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\G[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"\G#[A-Za-z0-9_\-\p{L}]{1,80}", RegexOptions.CultureInvariant)]
    private static partial Regex Channel();

    [GeneratedRegex(@"\G(?:(?<h>\d{1,2})[:.](?<m>\d{2})\s?(?<ap>[ap]\.?m\b)?(?![\d.,]\d)|(?<h>\d{1,2})\s?(?<ap>[ap]\.?m\b))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"\G(\d{1,2})(?:st|nd|rd|th)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\G[$€£]?(?<n>\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)(?<unit>[kKmM]\b)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\G@[\p{L}\p{N}_.\-]{1,60}", RegexOptions.CultureInvariant)]
    private static partial Regex Handle();

    [GeneratedRegex(@"\G[\p{L}_][\p{L}\p{N}_'\-]{0,60}", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G(?:[<>]=?|\u2265|\u2264|[+&])", RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\G(?:->|=>|[,;:.!?=\n]|-)+", RegexOptions.CultureInvariant)]
    private static partial Regex Break();
}
