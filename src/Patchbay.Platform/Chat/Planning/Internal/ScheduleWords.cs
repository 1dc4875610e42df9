using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Words of clocks and calendars.</summary>
internal static class ScheduleWords
{
    public static readonly FrozenDictionary<string, int> Days = new Dictionary<string, int>
    {
        ["sunday"] = 0, ["monday"] = 1, ["tuesday"] = 2, ["wednesday"] = 3, ["thursday"] = 4, ["friday"] = 5, ["saturday"] = 6,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, int> DayParts = new Dictionary<string, int>
    {
        ["morning"] = 9, ["afternoon"] = 15, ["evening"] = 18, ["night"] = 21, ["noon"] = 12, ["midday"] = 12, ["midnight"] = 0, ["lunchtime"] = 12,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["eight"] = 8, ["ten"] = 10, ["twelve"] = 12, ["fifteen"] = 15, ["twenty"] = 20, ["thirty"] = 30,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, int> SmallClock = new Dictionary<string, int>
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
    }.ToFrozenDictionary();

    public static readonly FrozenSet<string> WorkingDay = Lexicon.Set("weekday weekdays workday workdays");

    public static IEnumerable<string> All => Days.Keys.SelectMany(d => (string[])[d, d + "s"]).Concat(DayParts.Keys).Concat(DayParts.Keys.Select(k => k + "s"))
        .Concat(Numbers.Keys).Concat(SmallClock.Keys).Concat(WorkingDay)
        .Concat("daily weekly hourly monthly nightly every each day days week weeks month months hour hours minute minutes business working weekend weekends today tomorrow yesterday first start beginning end last other oclock o'clock".Split(' '));
}
