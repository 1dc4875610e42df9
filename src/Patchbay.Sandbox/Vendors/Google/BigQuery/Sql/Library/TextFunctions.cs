using System.Globalization;
using System.Text;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>STRING functions; positions count code points.</summary>
internal static class TextFunctions
{
    private const int MaxLength = 16 * 1024 * 1024;

    public static void AddTo(FunctionLibrary to)
    {
        to.Add("lower1", a => S(a[0]).ToLowerInvariant());
        to.Add("upper1", a => S(a[0]).ToUpperInvariant());
        to.Add("reverse", a => string.Concat(S(a[0]).EnumerateRunes().Reverse().Select(rune => rune.ToString())));
        to.Add("initcap", a => InitCap(S(a[0]), a.Length > 1 ? S(a[1]) : null));
        to.Add("length1", a => (long)Length(S(a[0])));
        to.Add("utf8_length", a => (long)Encoding.UTF8.GetByteCount(S(a[0])));
        to.Add("trim1", a => Trim(a, true, true));
        to.Add("ltrim1", a => Trim(a, true, false));
        to.Add("rtrim1", a => Trim(a, false, true));
        to.Add("substr1", a => Sub(S(a[0]), (long)a[1]!, a.Length > 2 ? (long)a[2]! : long.MaxValue));
        to.Add("left1", a => (long)a[1]! < 0 ? throw new SqlError("Second argument in LEFT function cannot be negative") : Sub(S(a[0]), 1, (long)a[1]!));
        to.Add("right1", a => (long)a[1]! < 0 ? throw new SqlError("Second argument in RIGHT function cannot be negative") : (long)a[1]! == 0 ? "" : Sub(S(a[0]), -Math.Min((long)a[1]!, Math.Max(1, Length(S(a[0])))), long.MaxValue));
        to.Add("repeat", a => (long)a[1]! < 0 ? throw new SqlError("Second argument in REPEAT function cannot be negative") : Sized(S(a[0]).Length * (Int128)(long)a[1]!, () => string.Concat(Enumerable.Repeat(S(a[0]), (int)(long)a[1]!))));
        to.Add("lpad", a => Pad(a, left: true));
        to.Add("rpad", a => Pad(a, left: false));
        to.Add("replace1", a => S(a[1]).Length == 0 ? S(a[0]) : S(a[0]).Replace(S(a[1]), S(a[2]), StringComparison.Ordinal));
        to.Add("translate", a => Translate(S(a[0]), S(a[1]), S(a[2])));
        to.Add("strpos", a => S(a[0]).IndexOf(S(a[1]), StringComparison.Ordinal) is >= 0 and var at ? Length(S(a[0])[..at]) + 1L : 0L);
        to.Add("instr1", a => Instr(S(a[0]), S(a[1]), a.Length > 2 ? (long)a[2]! : 1, a.Length > 3 ? (long)a[3]! : 1));
        to.Add("starts_with", a => S(a[0]).StartsWith(S(a[1]), StringComparison.Ordinal) ? 1L : 0L);
        to.Add("ends_with", a => S(a[0]).EndsWith(S(a[1]), StringComparison.Ordinal) ? 1L : 0L);
        to.Add("contains", a => S(a[0]).Contains(S(a[1]), StringComparison.OrdinalIgnoreCase) ? 1L : 0L);
        to.Add("split", a => Lists.Write(Split(S(a[0]), a.Length > 1 ? S(a[1]) : ",")));
        to.Add("ascii", a => S(a[0]) is { Length: > 0 } text ? text[0] < 128 ? (long)text[0] : throw new SqlError("Non-ASCII character in ASCII function") : 0L);
        to.Add("unicode1", a => S(a[0]).EnumerateRunes().FirstOrDefault().Value is var code ? (long)code : 0L);
        to.Add("chr", a => (long)a[0]! == 0 ? "" : Rune.IsValid((int)Math.Clamp((long)a[0]!, -1, int.MaxValue)) ? new Rune((int)(long)a[0]!).ToString() : throw new SqlError($"Invalid codepoint {a[0]}"));
        to.Add("like", a => Like(S(a[0]), S(a[1])) ? 1L : 0L);
        to.Add("format", a => a[0] is null ? null : Formatter.Format(S(a[0]), a), takesNull: true);
        to.Add("edit_distance", a => (long)Distance(S(a[0]), S(a[1])));
        to.Add("soundex", a => Soundex(S(a[0])));
    }

    private static string S(object? value) => (string)value!;

    private static bool Simple(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0;

    private static int Length(string text) => Simple(text) ? text.Length : text.EnumerateRunes().Count();

    private static string Sized(Int128 length, Func<string> make) => length > MaxLength ? throw new SqlError("Output of a string function exceeds max allowed output size of 1MB") : make();

    private static string Sub(string text, long position, long length)
    {
        if (length < 0)
            throw new SqlError("Third argument in SUBSTR() cannot be negative");
        var runes = Simple(text) ? null : text.EnumerateRunes().ToArray();
        var size = runes?.Length ?? text.Length;
        // 0 means 1; negative counts from the end, and beyond the beginning means the beginning.
        var start = position > 0 ? position - 1 : position == 0 ? 0 : Math.Max(0, size + position);
        if (start >= size)
            return "";
        var count = (int)Math.Min(length, size - start);
        return runes is null ? text.Substring((int)start, count) : string.Concat(runes.Skip((int)start).Take(count).Select(rune => rune.ToString()));
    }

    private static string Trim(object?[] a, bool left, bool right)
    {
        var runes = S(a[0]).EnumerateRunes().ToList();
        var set = a.Length > 1 ? S(a[1]).EnumerateRunes().ToHashSet() : null;
        bool Drop(Rune rune) => set?.Contains(rune) ?? Rune.IsWhiteSpace(rune);
        var (from, to) = (0, runes.Count);
        while (left && from < to && Drop(runes[from]))
            from++;
        while (right && to > from && Drop(runes[to - 1]))
            to--;
        return string.Concat(runes.Skip(from).Take(to - from).Select(rune => rune.ToString()));
    }

    private static string Pad(object?[] a, bool left)
    {
        var (text, wanted, pattern) = (S(a[0]), (long)a[1]!, a.Length > 2 ? S(a[2]) : " ");
        if (wanted < 0 || pattern.Length == 0)
            throw new SqlError(wanted < 0 ? "Second argument (output size) for LPAD/RPAD cannot be negative" : "Third argument (pad pattern) for LPAD/RPAD cannot be empty");
        var length = Length(text);
        if (wanted <= length)
            return Sub(text, 1, wanted);
        return Sized(wanted, () =>
        {
            var fill = Sub(string.Concat(Enumerable.Repeat(pattern, (int)((wanted - length) / Length(pattern)) + 1)), 1, wanted - length);
            return left ? fill + text : text + fill;
        });
    }

    private static string InitCap(string text, string? delimiters)
    {
        var (result, start) = (new StringBuilder(text.Length), true);
        foreach (var rune in text.EnumerateRunes())
        {
            var splits = delimiters is null ? !Rune.IsLetterOrDigit(rune) : delimiters.EnumerateRunes().Contains(rune);
            result.Append(splits ? rune.ToString() : (start ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).ToString());
            start = splits;
        }

        return result.ToString();
    }

    private static string Translate(string text, string from, string to)
    {
        var (sources, targets) = (from.EnumerateRunes().ToList(), to.EnumerateRunes().ToList());
        return string.Concat(text.EnumerateRunes().Select(rune => sources.IndexOf(rune) is >= 0 and var at ? at < targets.Count ? targets[at].ToString() : "" : rune.ToString()));
    }

    private static long Instr(string text, string part, long position, long occurrence)
    {
        if (position == 0 || occurrence < 1)
            throw new SqlError(position == 0 ? "Input position for INSTR cannot be 0" : "Occurrence for INSTR must be positive");
        var (hay, needle) = (text.EnumerateRunes().ToArray(), part.EnumerateRunes().ToArray());
        if (needle.Length == 0)
            return 0;
        var at = position > 0 ? position - 1 : hay.Length + position;
        for (; at >= 0 && at < hay.Length; at += position > 0 ? 1 : -1)
        {
            if (at + needle.Length <= hay.Length && hay.AsSpan((int)at, needle.Length).SequenceEqual(needle) && --occurrence == 0)
                return at + 1;
        }

        return 0;
    }

    private static IEnumerable<object?> Split(string text, string delimiter) =>
        delimiter.Length > 0 ? text.Split(delimiter) : text.Length == 0 ? [""] : text.EnumerateRunes().Select(rune => (object?)rune.ToString());

    /// <summary>% any run, _ one code point, \ escapes. Linear in practice: only the last % is gone back to.</summary>
    public static bool Like(string text, string pattern)
    {
        var (hay, signs) = (text.EnumerateRunes().ToArray(), new List<(char Kind, Rune Rune)>());
        var runes = pattern.EnumerateRunes().ToArray();
        for (var index = 0; index < runes.Length; index++)
        {
            var rune = runes[index];
            if (rune.Value == '\\')
                signs.Add(('=', ++index < runes.Length ? runes[index] : throw new SqlError("LIKE pattern ends with a backslash")));
            else
                signs.Add((rune.Value == '%' ? '%' : rune.Value == '_' ? '_' : '=', rune));
        }

        var (at, sign, star, mark) = (0, 0, -1, 0);
        while (at < hay.Length)
        {
            if (sign < signs.Count && (signs[sign].Kind == '_' || (signs[sign].Kind == '=' && signs[sign].Rune == hay[at])))
                (at, sign) = (at + 1, sign + 1);
            else if (sign < signs.Count && signs[sign].Kind == '%')
                (star, mark, sign) = (sign, at, sign + 1);
            else if (star >= 0)
                (sign, at, mark) = (star + 1, mark + 1, mark + 1);
            else
                return false;
        }

        return signs.Skip(sign).All(rest => rest.Kind == '%');
    }

    private static int Distance(string one, string other)
    {
        if ((long)one.Length * other.Length > 10_000_000)
            throw new SqlError("EDIT_DISTANCE of texts this long is not supported by the Patchbay sandbox");
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var next = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (one[i - 1] == other[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], next);
            }
        }

        return row[^1];
    }

    private static string Soundex(string text)
    {
        const string codes = "01230120022455012623010202";
        var letters = text.ToUpperInvariant().Where(char.IsAsciiLetterUpper).ToList();
        if (letters.Count == 0)
            return "";
        var (result, last) = (letters[0].ToString(), codes[letters[0] - 'A']);
        foreach (var letter in letters.Skip(1))
        {
            var code = codes[letter - 'A'];
            if (code != '0' && code != last)
                result += code;
            if (letter is not ('H' or 'W'))
                last = code;
        }

        return result.PadRight(4, '0')[..4].ToString(CultureInfo.InvariantCulture);
    }
}
