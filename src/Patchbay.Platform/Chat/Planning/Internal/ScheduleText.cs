namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>When and how often, as far as the text says. Null parts were not said.</summary>
internal sealed record ScheduleText
{
    /// <summary>Days of the week as cron writes them (<c>1-5</c>, <c>1,4</c>); null for every day.</summary>
    public string? Days { get; set => field = Only(field, value, "two sets of days"); }

    public int? DayOfMonth { get; set => field = Only(field, value, "two days of the month"); }

    public int? EveryMinutes { get; set => field = Only(field, value, "two rhythms at once"); }

    public int? EveryHours { get; set => field = Only(field, value, "two rhythms at once"); }

    public bool Recurs { get; set; }

    public bool Weekly { get; set; }

    public bool Monthly { get; set; }

    /// <summary><c>HH:mm</c>.</summary>
    public string? Time { get; set; }

    /// <summary>The time was written without am or pm.</summary>
    public bool IsPlainTime { get; set; }

    /// <summary>An hour that may be of the morning or of the evening.</summary>
    public int? OpenHour { get; set; }

    public int? DayPart { get; set => field = field is 8 or 9 && value is 8 or 9 ? value : Only(field, value, "two parts of the day"); }

    /// <summary>Every clock time that was said, as written; more than one is a question.</summary>
    public List<string> Clocks { get; } = [];

    /// <summary>Every day was said as such ("daily", "each morning").</summary>
    public bool Daily { get; set; }

    /// <summary>What of it cannot be done, for the person.</summary>
    public string? Problem { get; set; }

    // What was said once is never overwritten by what is said later: both were meant.
    private T Only<T>(T before, T now, string problem)
    {
        if (before is not null && now is not null && !before.Equals(now))
            Problem ??= problem;
        return now;
    }

    public bool Any => Recurs || Time is not null || OpenHour is not null || Problem is not null;
}
