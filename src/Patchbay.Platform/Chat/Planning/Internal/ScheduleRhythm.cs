namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Schedules that say too much: two rhythms, several clock times, days counted within a month.</summary>
internal static class ScheduleRhythm
{
    /// <summary>What contradicts itself, for the person; null where all fits together.</summary>
    public static string? Conflict(ScheduleText s)
    {
        var interval = s.EveryMinutes is not null || s.EveryHours is not null;
        var month = s.Monthly || s.DayOfMonth is not null;
        var single = s.Days is { Length: 1 };
        var rhythms = Count(s.EveryMinutes is not null, s.EveryHours is not null, month, s.Weekly || single, s.Daily);
        if (rhythms > 1 || (month && s.Days is not null) || (s.Daily && s.Days is not null and not ("1-5" or "0,6")))
            return "two rhythms at once";
        return interval && s.Clocks.Count > 0 ? "a clock time and an interval at once" : null;
    }

    /// <summary>"at 9 and 17", "at 9:00, 12:00": the second time is remembered to be asked about.</summary>
    public static int SecondClock(List<Token> tokens, int at, ScheduleText s)
    {
        if (tokens.ElementAtOrDefault(at) is not { } joint || !(joint.Text is "and" or "or" || joint.Kind == TokenKind.Break)
            || tokens.ElementAtOrDefault(at + 1) is not { Kind: TokenKind.Time or TokenKind.Number } clock)
            return 0;
        if (clock.Kind == TokenKind.Number && (ScheduleReader.Hour(tokens, at + 1) is null || tokens.ElementAtOrDefault(at + 2) is { Kind: TokenKind.Word } next && !Clauses.IsActionVerb(next)))
            return 0;
        s.Clocks.Add(clock.Text);
        return 2 + SecondClock(tokens, at + 2, s);
    }

    /// <summary>"first business day", "second Tuesday", "last working day": how many words, 0 where it is none.</summary>
    public static int IsNthDay(List<Token> t, int i)
    {
        if (t[i].Text is not ("first" or "second" or "third" or "fourth" or "last") && t[i].Kind != TokenKind.Ordinal)
            return 0;
        var next = t.ElementAtOrDefault(i + 1) is { Kind: TokenKind.Word, Text: var text } ? text : "";
        return next is "business" or "working" ? 3 : ScheduleWords.WorkingDay.Contains(next) || ScheduleWords.Days.ContainsKey(next) ? 2 : 0;
    }

    private static int Count(params bool[] said) => said.Count(x => x);
}
