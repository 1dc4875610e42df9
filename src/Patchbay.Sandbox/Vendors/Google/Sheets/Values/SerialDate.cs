namespace Patchbay.Sandbox.Vendors.Google.Sheets.Values;

/// <summary>Dates as Sheets counts them: days since 30 December 1899, the time of day as a fraction.</summary>
internal static class SerialDate
{
    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    public static double Of(DateTime moment) => (moment - Zero).TotalDays;

    /// <summary>To the millisecond; null outside the years 1 to 9999.</summary>
    public static DateTime? At(double serial) =>
        serial is > -693_500 and < 2_958_466 ? Zero.AddMilliseconds(Math.Round(serial * 86_400_000)) : null;
}
