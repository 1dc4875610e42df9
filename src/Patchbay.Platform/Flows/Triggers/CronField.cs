using System.Globalization;

namespace Patchbay.Platform.Flows.Triggers;

/// <summary>One field of a cron expression: the values it names, as bits.</summary>
/// <param name="StartsWithStar">The Unix rule for days looks at this, not at which values are named: <c>*/2</c> counts as a star.</param>
internal readonly record struct CronField(ulong Bits, bool StartsWithStar)
{
    public bool Has(int value) => (Bits >> value & 1) != 0;

    /// <summary>A list of <c>*</c>, <c>n</c>, <c>a-b</c>, each with an optional <c>/step</c>.</summary>
    /// <param name="error">What is wrong, for a person; null if nothing.</param>
    public static CronField Parse(string text, CronFieldKind kind, out string? error)
    {
        var bits = 0UL;
        error = null;
        foreach (var part in text.Split(','))
        {
            bits |= Part(part, kind, out error);
            if (error is not null)
                return default;
        }
        // Sunday is 0 and 7.
        if (kind == CronFieldKind.DayOfWeek && (bits >> 7 & 1) != 0)
            bits = bits & 0x7F | 1;
        return new CronField(bits, text.StartsWith('*'));
    }

    private static ulong Part(string part, CronFieldKind kind, out string? error)
    {
        error = null;
        var slash = part.IndexOf('/');
        var range = slash < 0 ? part : part[..slash];
        var step = 1;
        if (slash >= 0 && (!Digits(part[(slash + 1)..], out step) || step == 0))
            return Fault($"'{part}' has no step: write a number from 1 after the slash.", out error);
        int from, to;
        if (range == "*")
            (from, to) = (kind.Least, kind.Wildcard);
        else if (range.IndexOf('-') is var dash and > 0)
        {
            if (!Value(range[..dash], kind, out from) || !Value(range[(dash + 1)..], kind, out to))
                return Fault(OutOfRange(range, kind), out error);
            // "sat-sun" is what people mean by the weekend.
            if (kind == CronFieldKind.DayOfWeek && to == 0 && from > 0)
                to = 7;
            if (from > to)
                return Fault($"'{range}' runs backwards: write the smaller value first.", out error);
        }
        else
        {
            if (!Value(range, kind, out from))
                return Fault(OutOfRange(range, kind), out error);
            to = slash < 0 ? from : kind.Wildcard;
        }
        var bits = 0UL;
        for (long value = from; value <= to; value += step)
            bits |= 1UL << (int)value;
        return bits;
    }

    private static bool Value(string text, CronFieldKind kind, out int value)
    {
        var name = IndexOf(kind.Names, text);
        if (name >= 0)
        {
            value = name + kind.FirstName;
            return true;
        }
        return Digits(text, out value) && value >= kind.Least && value <= kind.Most;
    }

    private static int IndexOf(IReadOnlyList<string> names, string text)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i].Equals(text, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }

    private static bool Digits(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && text.Length <= 4;

    private static string OutOfRange(string text, CronFieldKind kind) =>
        $"'{text}' is no {kind.Plain}: it goes from {kind.Least} to {kind.Most}{(kind.Names.Count > 0 ? $" or {kind.Names[0]} to {kind.Names[^1]}" : "")}.";

    private static ulong Fault(string message, out string? error)
    {
        error = message;
        return 0;
    }
}

/// <param name="Wildcard">The greatest value that a star names.</param>
/// <param name="FirstName">The value of the first name.</param>
internal sealed record CronFieldKind(string Plain, int Least, int Most, int Wildcard, IReadOnlyList<string> Names, int FirstName)
{
    public static CronFieldKind Minute { get; } = new("minute", 0, 59, 59, [], 0);
    public static CronFieldKind Hour { get; } = new("hour", 0, 23, 23, [], 0);
    public static CronFieldKind DayOfMonth { get; } = new("day of the month", 1, 31, 31, [], 0);
    public static CronFieldKind Month { get; } = new("month", 1, 12, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1);
    public static CronFieldKind DayOfWeek { get; } = new("day of the week", 0, 7, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], 0);
}
