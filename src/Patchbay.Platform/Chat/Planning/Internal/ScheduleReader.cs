using System.Globalization;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Finds the schedule in a request and takes its words out of it.</summary>
internal static class ScheduleReader
{
    public static ScheduleText Read(List<Token> tokens)
    {
        var found = new ScheduleText();
        Pass(tokens, found);
        // "in the morning, every day": the part of the day counts only once it is known that something recurs.
        if (found is { Recurs: true, DayPart: null })
            Pass(tokens, found);
        Settle(found);
        found.Problem ??= ScheduleRhythm.Conflict(found);
        return found;
    }

    private static void Pass(List<Token> tokens, ScheduleText found)
    {
        for (var i = 0; i < tokens.Count;)
        {
            var length = Recurrence(tokens, i, found);
            if (length == 0)
                length = TimeOfDay(tokens, i, found);
            if (length == 0)
                i++;
            else
                // A phrase may be cut off by the end of the text ("every other", "first business").
                tokens.RemoveRange(i, Math.Min(length, tokens.Count - i));
        }
    }

    private static int Recurrence(List<Token> t, int i, ScheduleText s)
    {
        if (One(t, i) is "daily" or "nightly" or "hourly" or "weekly" or "monthly" or "weekdaily")
            return Adverb(One(t, i), s);
        if (One(t, i) is "twice" or "thrice" && One(t, i + 1) is "a" or "per" or "every" or "each" && One(t, i) is "twice" or "thrice")
            return Set(() => s.Problem = "several times in one stretch", 3);
        if (ScheduleRhythm.IsNthDay(t, i) is > 0 and var nth)
            return Set(() => s.Problem = "a day that is counted within the month", nth);
        var on = Skip(t, i, "on") + i;
        var every = One(t, on) is "every" or "each" or "all";
        var at = every ? on + 1 : on;
        if (every && (One(t, at) is "other" or "second" || t.ElementAtOrDefault(at) is { Kind: TokenKind.Ordinal }))
            return Set(() => s.Problem = "a rhythm of every other one", Length(at + 1, i) + 1);
        if (One(t, at) is "the" && !every)
            at++;
        if (Days(t, at, every, s) is > 0 and var days)
            return Length(at + days, i);
        if (MonthDay(t, at, s) is > 0 and var monthDay)
            return Length(at + monthDay, i);
        if (every)
            return Interval(t, at, s) is > 0 and var interval ? Length(at + interval, i) : 0;
        return Once(t, i, s);
    }

    private static int Adverb(string word, ScheduleText s)
    {
        s.Recurs = true;
        s.Daily |= word is "daily" or "nightly";
        if (word == "hourly") s.EveryHours = 1;
        if (word == "weekly") s.Weekly = true;
        if (word == "monthly") s.Monthly = true;
        if (word == "nightly") s.DayPart = ScheduleWords.DayParts["night"];
        return 1;
    }

    // "once a day", "once per week"
    private static int Once(List<Token> t, int i, ScheduleText s) =>
        One(t, i) == "once" && One(t, i + 1) is "a" or "an" or "per" or "each" or "every" && One(t, i) == "once"
            ? One(t, i + 2) switch
            {
                "day" => Set(() => s.Recurs = s.Daily = true, 3),
                "week" => Set(() => s.Recurs = s.Weekly = true, 3),
                "month" => Set(() => s.Recurs = s.Monthly = true, 3),
                "hour" => Set(() => (s.Recurs, s.EveryHours) = (true, 1), 3),
                _ => 0,
            }
            : 0;

    private static int Days(List<Token> t, int i, bool every, ScheduleText s)
    {
        var word = One(t, i);
        if (ScheduleWords.WorkingDay.Contains(word))
            return Take("1-5", 1);
        if (word is "business" or "working" && One(t, i + 1) is "day" or "days")
            return Take("1-5", 2);
        if (word is "weekend" or "weekends" && (every || word == "weekends"))
            return Take("0,6", 1);
        if (Day(word) is not { } first)
            return 0;
        if (One(t, i + 1) is "to" or "through" or "till" or "until" && Day(One(t, i + 2)) is { } last && first.Number < last.Number)
            return Take($"{first.Number}-{last.Number}", 3);
        var numbers = new List<int> { first.Number };
        var plural = first.Plural || One(t, i + 1) is "mornings" or "afternoons" or "evenings" or "nights";
        var (length, mixed) = (1, false);
        while (NextDay(t, i + length, every || first.Plural) is var (step, next))
        {
            numbers.Add(next.Number);
            mixed |= next.Plural != first.Plural;
            length += step;
        }

        // "on Friday" alone may mean only the next one; a row of days with a clock means every week.
        plural |= numbers.Count > 1 && !mixed && t.Exists(x => x.Kind == TokenKind.Time || x.Is("at")) && !t.Exists(x => x.Text is "next" or "this" or "coming");
        if (!every && !plural && !t.Exists(x => x.Is("weekly") || x.Is("week")) && !s.Weekly)
            return 0;
        return Take(string.Join(',', numbers.Distinct().Order()), length);

        int Take(string days, int count) => Set(() => (s.Days, s.Recurs) = (days, true), count + DayPartAfter(t, i + count, s));
    }

    private static (int Step, (int Number, bool Plural) Day)? NextDay(List<Token> t, int i, bool every)
    {
        var step = 0;
        while (t.ElementAtOrDefault(i + step) is { } token && (token.Kind == TokenKind.Break || token.Text is "and" or "on" || (every && token.Text is "every" or "each")))
            step++;
        return step > 0 && Day(One(t, i + step)) is { } day ? (step + 1, day) : null;
    }

    private static (int Number, bool Plural)? Day(string word) =>
        ScheduleWords.Days.TryGetValue(word, out var number) ? (number, false)
        : word.EndsWith('s') && ScheduleWords.Days.TryGetValue(word[..^1], out number) ? (number, true)
        : null;

    // "on the 1st", "the 15th of each month", "first day of the month"
    private static int MonthDay(List<Token> t, int i, ScheduleText s)
    {
        int? day = t.ElementAtOrDefault(i) switch
        {
            { Kind: TokenKind.Ordinal, Text: var text } => int.Parse(text, CultureInfo.InvariantCulture),
            { Text: "first" } when One(t, i + 1) is "day" or "of" => 1,
            { Text: "start" or "beginning" } when One(t, i + 1) == "of" => 1,
            { Text: "last" or "end" } when One(t, i + 1) is "day" or "of" && HasMonth(t, i + 1, out _) => -1,
            _ => null,
        };
        if (day is null || !HasMonth(t, i + 1, out var length))
            return 0;
        if (day is -1 or > 28 or 0)
            return Set(() => s.Problem = "a day that not every month has (1 to 28 works)", length + 1);
        return Set(() => (s.DayOfMonth, s.Recurs) = (day, true), length + 1);
    }

    private static bool HasMonth(List<Token> t, int i, out int length)
    {
        for (length = 0; One(t, i + length) is "day" or "of" or "the" or "each" or "every" or "a"; length++)
        {
        }

        if (One(t, i + length) is "month" or "months")
        {
            length++;
            return true;
        }

        length = 0;
        return t.Exists(x => x.Is("monthly"));
    }

    private static int Interval(List<Token> t, int i, ScheduleText s)
    {
        var count = 1;
        var length = 0;
        if (t.ElementAtOrDefault(i) is { Kind: TokenKind.Number, Text: var digits } && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            (count, length) = (number, 1);
        else if (ScheduleWords.Numbers.TryGetValue(One(t, i), out var spelled))
            (count, length) = (spelled, 1);
        else if (One(t, i) is "half" && One(t, i + 1) is "hour")
            return Minutes(30, 2);
        else if (One(t, i) is "single")
            length = 1;
        var unit = One(t, i + length).TrimEnd('s');
        length++;
        return unit switch
        {
            "minute" => Minutes(count, length),
            "hour" when count is 1 or 2 or 3 or 4 or 6 or 8 or 12 => Set(() => (s.Recurs, s.EveryHours) = (true, count), length),
            "hour" when count == 24 => Set(() => s.Recurs = true, length),
            "hour" => Set(() => s.Problem = $"every {count} hours (1, 2, 3, 4, 6, 8 or 12 divide a day evenly)", length),
            "day" when count == 1 => Set(() => s.Recurs = s.Daily = true, length + DayPartAfter(t, i + length, s)),
            "week" when count == 1 => Set(() => s.Recurs = s.Weekly = true, length),
            "month" when count == 1 => Set(() => s.Recurs = s.Monthly = true, length),
            "day" or "week" or "month" => Set(() => s.Problem = $"every {count} {unit}s", length),
            "morning" or "afternoon" or "evening" or "night" when count == 1 => Set(() => (s.Recurs, s.Daily, s.DayPart) = (true, true, ScheduleWords.DayParts[unit]), length),
            _ => 0,
        };

        int Minutes(int n, int used) => Set(
            () =>
            {
                if (n is 5 or 6 or 10 or 12 or 15 or 20 or 30)
                    (s.Recurs, s.EveryMinutes) = (true, n);
                else if (n == 60)
                    (s.Recurs, s.EveryHours) = (true, 1);
                else
                    s.Problem = $"every {n} minutes (5, 6, 10, 12, 15, 20 or 30 works)";
            }, used);
    }

    private static int DayPartAfter(List<Token> t, int i, ScheduleText s)
    {
        var word = One(t, i);
        var name = word.EndsWith('s') ? word[..^1] : word;
        return name is "morning" or "afternoon" or "evening" or "night" ? Set(() => s.DayPart = ScheduleWords.DayParts[name], 1) : 0;
    }

    private static int TimeOfDay(List<Token> t, int i, ScheduleText s)
    {
        var at = i + Skip(t, i, "at");
        var said = at > i;
        var half = (said ? Skip(t, at, "around") : 0) + at;
        if (t.ElementAtOrDefault(half) is { Kind: TokenKind.Time, Text: var clock })
            return Set(() =>
            {
                s.Clocks.Add(clock);
                (s.Time, s.IsPlainTime) = (clock, !t[half].Original.Contains('m', StringComparison.OrdinalIgnoreCase));
            }, Length(half + 1, i) + PartOfDay(t, half + 1, s, fixedTime: true) + ScheduleRhythm.SecondClock(t, half + 1, s));
        if (said && One(t, at) is "noon" or "midday" or "midnight" or "lunchtime")
            return Set(() => s.Clocks.Add(s.Time = Tokenizer.Clock(ScheduleWords.DayParts[One(t, at)], 0)), Length(at + 1, i));
        var oclock = One(t, at + 1) is "oclock" or "o'clock";
        if ((said || oclock) && Hour(t, at) is { } hour)
        {
            s.Clocks.Add(hour.ToString(CultureInfo.InvariantCulture));
            var length = Length(at + 1, i) + (One(t, at + 1) is "oclock" or "o'clock" or "sharp" ? 1 : 0);
            s.OpenHour = hour;
            length += PartOfDay(t, i + length, s, fixedTime: false);
            return length + ScheduleRhythm.SecondClock(t, i + length, s);
        }

        if (One(t, at) is "the" && said) at++;
        if (One(t, at) == "end" && One(t, at + 1) == "of" && Skip(t, at + 2, "the") + at + 2 is var end && One(t, end) is "day" or "workday")
            return s.Recurs || said ? Set(() => s.DayPart = 18, Length(end + 1, i)) : 0;
        if (One(t, i) == "first" && One(t, i + 1) == "thing")
            return Set(() => s.DayPart = 8, 2 + PartOfDay(t, i + 2, s, fixedTime: true));
        return One(t, i) == "in" && One(t, i + 1) == "the" && s.Recurs ? PartOfDay(t, i, s, fixedTime: false) : 0;
    }

    // "9 in the morning", "in the evening"
    private static int PartOfDay(List<Token> t, int i, ScheduleText s, bool fixedTime)
    {
        var at = i + Skip(t, i, "in");
        at += Skip(t, at, "the");
        var every = Skip(t, at, "every") + Skip(t, at, "each");
        at += every;
        if (One(t, at) is not ("morning" or "afternoon" or "evening" or "night") || (at == i && !fixedTime && s.OpenHour is null))
            return 0;
        s.Recurs |= every > 0;
        s.Daily |= every > 0;
        if (s.OpenHour is { } hour)
        {
            s.OpenHour = null;
            s.Time = Tokenizer.Clock(One(t, at) == "morning" || hour >= 12 ? hour : hour + 12, 0);
        }
        else
            s.DayPart = ScheduleWords.DayParts[One(t, at)];
        return at + 1 - i;
    }

    /// <summary>At the end, because "evening" may stand before or behind its hour. 1 to 6 without it stay open.</summary>
    private static void Settle(ScheduleText s)
    {
        var late = s.DayPart >= ScheduleWords.DayParts["afternoon"];
        if (s.OpenHour is { } hour && (s.DayPart is not null || hour is 0 or > 6))
            (s.Time, s.OpenHour) = (Tokenizer.Clock(late && hour is > 0 and < 12 ? hour + 12 : hour, 0), null);
        else if (s is { IsPlainTime: true, Time: { } time } && late && int.Parse(time[..2], CultureInfo.InvariantCulture) is > 0 and < 12 and var written)
            s.Time = Tokenizer.Clock(written + 12, int.Parse(time[3..], CultureInfo.InvariantCulture));
    }

    internal static int? Hour(List<Token> t, int i) => t.ElementAtOrDefault(i) switch
    {
        { Kind: TokenKind.Number, Text: var digits } when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 23 => hour,
        { Kind: TokenKind.Word, Text: var word } when ScheduleWords.SmallClock.TryGetValue(word, out var hour) => hour,
        _ => null,
    };

    private static string One(List<Token> tokens, int i) => tokens.ElementAtOrDefault(i) is { Kind: TokenKind.Word, Text: var text } ? text : "";

    private static int Skip(List<Token> tokens, int i, string word) => One(tokens, i) == word ? 1 : 0;

    private static int Length(int end, int start) => end - start;

    private static int Set(Action act, int length)
    {
        act();
        return length;
    }
}
