using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>Dates and times.</summary>
internal static class DateFunctions
{
    public static IEnumerable<(string Name, Func<FunctionCall, Operand> Run)> All =>
    [
        ("TODAY", call => CellValue.Of(SerialDate.Of(call.Evaluator.World.Now.Date), NumberFormat.Date)),
        ("NOW", call => CellValue.Of(SerialDate.Of(call.Evaluator.World.Now), NumberFormat.DateTime)),
        ("DATE", Date),
        ("TIME", call => CellValue.Of(((call.Whole(0) * 3600.0) + (call.Whole(1) * 60.0) + call.Whole(2)) % 86_400 / 86_400, "h:mm:ss AM/PM")),
        ("DATEVALUE", call => CellValue.Of(Math.Floor(FunctionCall.Good(call.Value(0).AsNumber()).Number))),
        ("YEAR", call => CellValue.Of(At(call, 0).Year)),
        ("MONTH", call => CellValue.Of(At(call, 0).Month)),
        ("DAY", call => CellValue.Of(At(call, 0).Day)),
        ("HOUR", call => CellValue.Of(At(call, 0).Hour)),
        ("MINUTE", call => CellValue.Of(At(call, 0).Minute)),
        ("SECOND", call => CellValue.Of(At(call, 0).Second)),
        ("WEEKDAY", Weekday),
        ("WEEKNUM", call => CellValue.Of(System.Globalization.CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(At(call, 0), System.Globalization.CalendarWeekRule.FirstDay, call.Whole(1, 1) == 2 ? DayOfWeek.Monday : DayOfWeek.Sunday))),
        ("ISOWEEKNUM", call => CellValue.Of(System.Globalization.ISOWeek.GetWeekOfYear(At(call, 0)))),
        ("DAYS", call => CellValue.Of(Math.Floor(call.Number(0)) - Math.Floor(call.Number(1)))),
        ("EDATE", call => CellValue.Of(SerialDate.Of(Months(At(call, 0).Date, call.Whole(1))), NumberFormat.Date)),
        ("EOMONTH", call => CellValue.Of(SerialDate.Of(Months(new DateTime(At(call, 0).Year, At(call, 0).Month, 1), call.Whole(1)) is var first ? first.AddDays(DateTime.DaysInMonth(first.Year, first.Month) - 1) : default), NumberFormat.Date)),
        ("DATEDIF", Between),
    ];

    private static DateTime At(FunctionCall call, int index) =>
        SerialDate.At(call.Number(index)) ?? throw new FormulaErrorException(CellError.Number("The date is out of range."));

    private static DateTime Months(DateTime from, int months)
    {
        var month = (from.Year * 12L) + from.Month - 1 + months;
        return month is < 12 or >= 9_999 * 12 ? throw new FormulaErrorException(CellError.Number("The date is out of range.")) : from.AddMonths(months);
    }

    private static Operand Date(FunctionCall call)
    {
        call.Demand(3, 3);
        var (year, month, day) = (call.Whole(0), call.Whole(1), call.Whole(2));
        if (year is < 0 or > 9998 || Math.Abs((long)month) > 100_000 || Math.Abs((long)day) > 1_000_000)
            return CellValue.Of(CellError.Number("The date is out of range."));
        var start = Months(new DateTime(year < 1900 ? year + 1900 : year, 1, 1), month - 1);
        var serial = SerialDate.Of(start) + day - 1;
        return SerialDate.At(serial) is null ? CellValue.Of(CellError.Number("The date is out of range.")) : CellValue.Of(serial, NumberFormat.Date);
    }

    private static Operand Weekday(FunctionCall call)
    {
        var sunday = (int)At(call, 0).DayOfWeek;
        return CellValue.Of(call.Whole(1, 1) switch
        {
            2 => ((sunday + 6) % 7) + 1,
            3 => (sunday + 6) % 7,
            _ => sunday + 1,
        });
    }

    private static Operand Between(FunctionCall call)
    {
        call.Demand(3, 3);
        var (from, to) = (At(call, 0).Date, At(call, 1).Date);
        if (to < from)
            return CellValue.Of(CellError.Number("The end is before the start."));
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month - (to.Day < from.Day ? 1 : 0);
        return call.Text(2).ToUpperInvariant() switch
        {
            "D" => CellValue.Of((to - from).Days),
            "M" => CellValue.Of(months),
            "Y" => CellValue.Of(months / 12),
            "YM" => CellValue.Of(months % 12),
            "MD" => CellValue.Of((to - from.AddMonths(months)).Days),
            _ => CellValue.Of(CellError.Number("The unit is none of D, M, Y, YM, MD.")),
        };
    }
}
