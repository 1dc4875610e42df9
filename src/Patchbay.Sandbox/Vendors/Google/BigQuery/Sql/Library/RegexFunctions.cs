using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>
/// REGEXP_*. BigQuery has RE2: linear, without back references and look-around. The non-backtracking engine of .NET
/// has the same limits; what the two write differently is rewritten.
/// </summary>
internal static class RegexFunctions
{
    private static readonly ConcurrentDictionary<string, Regex> Cache = new();

    public static void AddTo(FunctionLibrary to)
    {
        to.Add("regexp_contains", a => Of(a[1]).IsMatch((string)a[0]!) ? 1L : 0L);
        to.Add("regexp_extract", a => Extract((string)a[0]!, Of(a[1]), a.Length > 2 ? (long)a[2]! : 1, a.Length > 3 ? (long)a[3]! : 1));
        to.Add("regexp_extract_all", a => Lists.Write(Of(a[1]) is var regex && Groups(regex) > 1
            ? throw new SqlError("Regular expression has more than one capturing group")
            : regex.Matches((string)a[0]!).Select(match => (object?)Captured(match))));
        to.Add("regexp_replace", a => Replace((string)a[0]!, Of(a[1]), (string)a[2]!));
        to.Add("regexp_instr", a =>
        {
            var (position, occurrence) = (a.Length > 2 ? (long)a[2]! : 1, a.Length > 3 ? (long)a[3]! : 1);
            if (Nth((string)a[0]!, Of(a[1]), position, occurrence) is not { } match)
                return 0L;
            var group = match.Groups.Count > 1 ? match.Groups[1] : (Group)match;
            return group.Index + (a.Length > 4 && (long)a[4]! == 1 ? group.Length : 0) + 1L;
        });
    }

    private static Regex Of(object? pattern)
    {
        var text = (string)pattern!;
        if (Cache.TryGetValue(text, out var known))
            return known;
        if (Cache.Count > 200)
            Cache.Clear();
        try
        {
            return Cache[text] = new Regex(Translate(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new SqlError($"Cannot parse regular expression: {text}");
        }
    }

    /// <summary>(?P&lt;name&gt; → (?&lt;name&gt;; $ is the very end; \d \w \s are ASCII; \z stays.</summary>
    private static string Translate(string pattern)
    {
        var (result, inClass) = (new StringBuilder(pattern.Length + 16), false);
        for (var index = 0; index < pattern.Length; index++)
        {
            var c = pattern[index];
            if (c == '\\' && index + 1 < pattern.Length)
            {
                c = pattern[++index];
                result.Append(c switch
                {
                    'd' => inClass ? "0-9" : "[0-9]",
                    'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
                    's' => inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
                    'D' when !inClass => "[^0-9]",
                    'W' when !inClass => "[^0-9A-Za-z_]",
                    'S' when !inClass => "[^\\t\\n\\f\\r ]",
                    'Q' or 'C' => throw new NotSupportedException(),
                    >= '1' and <= '9' => throw new NotSupportedException(),
                    _ => "\\" + c,
                });
            }
            else if (c == '[' && inClass && index + 1 < pattern.Length && pattern[index + 1] == ':')
            {
                var end = pattern.IndexOf(":]", index, StringComparison.Ordinal);
                result.Append(Posix(end < 0 ? "" : pattern[(index + 2)..end]));
                index = end + 1;
            }
            else
            {
                if (c == '[' && !inClass)
                    inClass = true;
                else if (c == ']' && inClass && pattern[index - 1] != '[' && !(pattern[index - 1] == '^' && pattern[index - 2] == '['))
                    inClass = false;
                else if (c == '[' && inClass)
                    result.Append('\\');
                result.Append(c == '$' && !inClass && !pattern.StartsWith("(?m", StringComparison.Ordinal) ? "\\z" : c);
                if (c == '(' && pattern.AsSpan(index).StartsWith("(?P<"))
                {
                    result.Append('?');
                    index += 2;
                }
            }
        }

        return result.ToString();
    }

    private static string Posix(string name) => name switch
    {
        "alpha" => "A-Za-z",
        "digit" => "0-9",
        "alnum" => "0-9A-Za-z",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => "\\t\\n\\v\\f\\r ",
        "punct" => "!-/:-@\\[-`{-~",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => throw new NotSupportedException(),
    };

    private static int Groups(Regex regex) => regex.GetGroupNumbers().Length - 1;

    private static string Captured(Match match) => match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;

    private static string? Extract(string text, Regex regex, long position, long occurrence)
    {
        if (Groups(regex) > 1)
            throw new SqlError("Regular expression has more than one capturing group");
        var match = Nth(text, regex, position, occurrence);
        return match is null || (match.Groups.Count > 1 && !match.Groups[1].Success) ? null : Captured(match);
    }

    private static Match? Nth(string text, Regex regex, long position, long occurrence)
    {
        if (position < 1 || occurrence < 1)
            throw new SqlError("Position and occurrence of a regular expression function must be positive");
        if (position > text.Length + 1)
            return null;
        var match = regex.Match(text, (int)position - 1);
        while (match.Success && --occurrence > 0)
            match = match.NextMatch();
        return match.Success ? match : null;
    }

    /// <summary>In the replacement \0 to \9 are groups, \\ is a backslash.</summary>
    private static string Replace(string text, Regex regex, string replacement)
    {
        for (var index = 0; index < replacement.Length; index++)
        {
            if (replacement[index] == '\\' && (++index >= replacement.Length || !(replacement[index] == '\\' || (char.IsAsciiDigit(replacement[index]) && replacement[index] - '0' <= Groups(regex)))))
                throw new SqlError($"Invalid REGEXP_REPLACE pattern: {replacement}");
        }

        return regex.Replace(text, match =>
        {
            var result = new StringBuilder();
            for (var index = 0; index < replacement.Length; index++)
            {
                if (replacement[index] != '\\')
                    result.Append(replacement[index]);
                else if (replacement[++index] == '\\')
                    result.Append('\\');
                else
                    result.Append(match.Groups[replacement[index] - '0'].Value);
            }

            return result.ToString();
        });
    }
}
