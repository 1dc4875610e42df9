using System.Globalization;
using System.Text;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>FORMAT_DATE and its like.</summary>
internal static class Strftime
{
    public static string Format(string format, DateTime at, TimeSpan offset, string zone)
    {
        var text = new StringBuilder();
        for (var index = 0; index < format.Length; index++)
        {
            if (format[index] != '%' || index + 1 >= format.Length)
            {
                text.Append(format[index]);
                continue;
            }

            var element = format[++index].ToString();
            if (element is "E" or "O" && index + 1 < format.Length)
            {
                element += format[++index];
                if (element is "E*" or "E4" or "E1" or "E2" or "E3" or "E5" or "E6" && index + 1 < format.Length)
                    element += format[++index];
            }

            text.Append(Element(element, at, offset, zone));
        }

        return text.ToString();
    }

    private static string Element(string element, DateTime at, TimeSpan offset, string zone)
    {
        string Net(string pattern) => at.ToString(pattern, CultureInfo.InvariantCulture);
        string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);
        string All(string format) => Format(format, at, offset, zone);
        var sunday = (at.DayOfYear + 6 - (int)at.DayOfWeek) / 7;
        var monday = (at.DayOfYear + 6 - (((int)at.DayOfWeek + 6) % 7)) / 7;
        var micros = at.Ticks / 10 % 1_000_000;
        return element switch
        {
            "A" => Net("dddd"),
            "a" => Net("ddd"),
            "B" => Net("MMMM"),
            "b" or "h" => Net("MMM"),
            "C" => Two(at.Year / 100),
            "c" => All("%a %b %e %H:%M:%S %Y"),
            "D" or "x" => All("%m/%d/%y"),
            "d" => Two(at.Day),
            "e" => at.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            "F" => All("%Y-%m-%d"),
            "G" => ISOWeek.GetYear(at).ToString(CultureInfo.InvariantCulture),
            "g" => Two(ISOWeek.GetYear(at) % 100),
            "H" => Two(at.Hour),
            "I" => Two((at.Hour + 11) % 12 + 1),
            "j" => at.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            "k" => at.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            "l" => ((at.Hour + 11) % 12 + 1).ToString(CultureInfo.InvariantCulture).PadLeft(2),
            "M" => Two(at.Minute),
            "m" => Two(at.Month),
            "n" => "\n",
            "P" => at.Hour < 12 ? "am" : "pm",
            "p" => at.Hour < 12 ? "AM" : "PM",
            "Q" => (((at.Month - 1) / 3) + 1).ToString(CultureInfo.InvariantCulture),
            "R" => All("%H:%M"),
            "S" => Two(at.Second),
            "s" => ((Temporal.Micros(at) / 1_000_000) - (long)offset.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            "T" or "X" => All("%H:%M:%S"),
            "t" => "\t",
            "U" => Two(sunday),
            "u" => ((((int)at.DayOfWeek + 6) % 7) + 1).ToString(CultureInfo.InvariantCulture),
            "V" => Two(ISOWeek.GetWeekOfYear(at)),
            "W" => Two(monday),
            "w" => ((int)at.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            "Y" or "EY" => at.Year.ToString(CultureInfo.InvariantCulture),
            "E4Y" => Net("yyyy"),
            "y" => Two(at.Year % 100),
            "Z" => offset == TimeSpan.Zero && zone is "UTC" or "Etc/UTC" ? "UTC" : "UTC" + (offset < TimeSpan.Zero ? "-" : "+") + (offset.Minutes == 0 ? Math.Abs(offset.Hours).ToString(CultureInfo.InvariantCulture) : offset.ToString("hmm", CultureInfo.InvariantCulture)),
            "z" => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture),
            "Ez" => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture),
            "%" => "%",
            "E*S" => Two(at.Second) + (micros == 0 ? "" : "." + micros.ToString("000000", CultureInfo.InvariantCulture).TrimEnd('0')),
            ['E', >= '1' and <= '6' and var digits, 'S'] => Two(at.Second) + "." + micros.ToString("000000", CultureInfo.InvariantCulture)[..(digits - '0')],
            _ => throw new SqlError($"The Patchbay sandbox does not support the format element %{element}"),
        };
    }
}
