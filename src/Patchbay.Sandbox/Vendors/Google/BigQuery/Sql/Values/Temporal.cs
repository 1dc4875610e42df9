using System.Globalization;
using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

/// <summary>
/// DATE is kept as 2026-06-19, DATETIME as 2026-06-19T09:41:00.000000, TIME as 09:41:00.000000 (their texts sort like
/// their values) and TIMESTAMP as microseconds since 1970.
/// </summary>
internal static partial class Temporal
{
    private static readonly long LastMicros = Micros(System.DateTime.MaxValue);

    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(System.DateTime value) => value.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public static string OfTime(TimeSpan value) => value.ToString("hh\\:mm\\:ss\\.ffffff", CultureInfo.InvariantCulture);

    public static System.DateTime DateTime(string kept) => System.DateTime.ParseExact(
        kept, kept.Length == 10 ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public static DateOnly Date(string kept) => DateOnly.ParseExact(kept, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static TimeSpan Time(string kept) => TimeSpan.ParseExact(kept, "hh\\:mm\\:ss\\.ffffff", CultureInfo.InvariantCulture);

    public static System.DateTime FromMicros(long micros) =>
        micros > LastMicros || micros < -62_135_596_800_000_000
            ? throw new SqlError($"Timestamp value is out of allowed range: {micros}")
            : System.DateTime.UnixEpoch.AddTicks(micros * 10);

    public static long Micros(System.DateTime utc) => (utc.Ticks - System.DateTime.UnixEpoch.Ticks) / 10;

    /// <summary>Without a fraction of zero, else with 3 or 6 digits of it.</summary>
    public static string Short(string kept)
    {
        var dot = kept.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return kept;
        var fraction = kept[(dot + 1)..];
        return fraction == "000000" ? kept[..dot] : fraction.EndsWith("000", StringComparison.Ordinal) ? kept[..(dot + 4)] : kept;
    }

    public static TimeZoneInfo Zone(string name)
    {
        if (name is "UTC" or "Etc/UTC" or "Z" or "GMT" or "")
            return TimeZoneInfo.Utc;
        var offset = Offset().Match(name);
        if (offset.Success)
        {
            var minutes = (int.Parse(offset.Groups[2].ValueSpan, CultureInfo.InvariantCulture) * 60) + (offset.Groups[3].Success ? int.Parse(offset.Groups[3].ValueSpan, CultureInfo.InvariantCulture) : 0);
            return minutes > 840 ? throw new SqlError($"Invalid time zone: {name}")
                : TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromMinutes(offset.Groups[1].Value == "-" ? -minutes : minutes), name, name);
        }

        try
        {
            return name.Contains('/', StringComparison.Ordinal) ? TimeZoneInfo.FindSystemTimeZoneById(name) : throw new TimeZoneNotFoundException();
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException or ArgumentException)
        {
            throw new SqlError($"Invalid time zone: {name}");
        }
    }

    /// <summary>The wall clock in a zone.</summary>
    public static System.DateTime Local(long micros, string zone)
    {
        var utc = FromMicros(micros);
        var ticks = utc.Ticks + Zone(zone).GetUtcOffset(System.DateTime.SpecifyKind(utc, DateTimeKind.Utc)).Ticks;
        return ticks < 0 || ticks > System.DateTime.MaxValue.Ticks ? throw new SqlError("Timestamp value is out of allowed range") : new System.DateTime(ticks);
    }

    /// <summary>The instant of a wall clock in a zone. In a gap it moves on, when it occurs twice the first is meant.</summary>
    public static long Instant(System.DateTime local, string zone)
    {
        var info = Zone(zone);
        var unspecified = System.DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = info.IsAmbiguousTime(unspecified) ? info.GetAmbiguousTimeOffsets(unspecified).Max() : info.GetUtcOffset(unspecified);
        return Micros(local) - (offset.Ticks / 10);
    }

    public static string? ParseDate(string text)
    {
        var match = DatePattern().Match(text.Trim());
        return match.Success && match.Groups["h"].Length == 0 && Parts(match) is { } value ? Of(DateOnly.FromDateTime(value)) : null;
    }

    public static string? ParseDateTime(string text)
    {
        var match = DatePattern().Match(text.Trim());
        return match.Success && match.Groups["zone"].Length == 0 && Parts(match) is { } value ? Of(value) : null;
    }

    public static string? ParseTime(string text)
    {
        var match = DatePattern().Match("2000-01-01 " + text.Trim());
        return match.Success && match.Groups["h"].Length > 0 && match.Groups["zone"].Length == 0 && Parts(match) is { } value ? OfTime(value.TimeOfDay) : null;
    }

    public static long? ParseTimestamp(string text, string zone = "UTC")
    {
        var match = DatePattern().Match(text.Trim());
        if (!match.Success || Parts(match) is not { } value)
            return null;
        var own = match.Groups["zone"].Value.Trim();
        try
        {
            var micros = Instant(value, own.Length > 0 ? own is "Z" or "z" ? "UTC" : own : zone);
            return micros < -62_135_596_800_000_000 || micros > LastMicros ? null : micros;
        }
        catch (SqlError)
        {
            return null;
        }
    }

    private static System.DateTime? Parts(Match match)
    {
        int Of(string group) => match.Groups[group].Length == 0 ? 0 : int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var (year, month, day) = (Of("y"), Of("m"), Of("d"));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > System.DateTime.DaysInMonth(year, month) || Of("h") > 23 || Of("i") > 59 || Of("s") > 59)
            return null;
        var fraction = match.Groups["f"].Length == 0 ? 0 : long.Parse(match.Groups["f"].Value.PadRight(6, '0'), CultureInfo.InvariantCulture);
        return new System.DateTime(year, month, day, Of("h"), Of("i"), Of("s")).AddTicks(fraction * 10);
    }

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})([ Tt](?<h>[0-9]{1,2}):(?<i>[0-9]{1,2})(:(?<s>[0-9]{1,2})(\.(?<f>[0-9]{1,6}))?)?(?<zone>[Zz]|[+-][0-9]{1,2}(:?[0-9]{2})?| ?[A-Za-z_]+(/[A-Za-z_+-]+)*)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^([+-])([0-9]{1,2})(?::?([0-9]{2}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
