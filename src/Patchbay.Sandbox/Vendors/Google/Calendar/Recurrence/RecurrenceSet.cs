namespace Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

/// <summary>The <c>recurrence</c> of an event: RRULE, RDATE and EXDATE lines.</summary>
internal sealed class RecurrenceSet
{
    private readonly List<RecurrenceRule> rules = [];
    private readonly List<(DateTime Local, TimeZoneInfo? Zone, bool Day)> added = [];
    private readonly List<(DateTime Local, TimeZoneInfo? Zone, bool Day)> left = [];

    /// <summary>Null when a line is none of the three or is broken.</summary>
    public static RecurrenceSet? Parse(IEnumerable<string> lines)
    {
        var set = new RecurrenceSet();
        foreach (var line in lines.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                return null;
            var head = line[..colon].Split(';');
            var ok = head[0].ToUpperInvariant() switch
            {
                "RRULE" => head.Length == 1 && set.AddRule(line[(colon + 1)..]),
                "EXDATE" => AddDates(set.left, head, line[(colon + 1)..]),
                "RDATE" => AddDates(set.added, head, line[(colon + 1)..]),
                _ => false,
            };
            if (!ok)
                return null;
        }

        return set.rules.Count + set.added.Count > 0 ? set : null;
    }

    /// <summary>It ends by itself: every rule counts or has a last day.</summary>
    public bool Ends => rules.All(rule => rule.Count is not null || rule.Until is not null);

    /// <summary>When the series takes place, oldest first, up to a moment.</summary>
    /// <param name="start">Of the first.</param>
    /// <param name="before">Not at or after this.</param>
    public IEnumerable<EventTime> Starts(EventTime start, DateTimeOffset before)
    {
        var found = new SortedSet<DateTime>(added.Select(date => Local(date, start)));
        foreach (var rule in rules)
        {
            foreach (var local in RuleDates.Of(rule, start.Local))
            {
                var at = Zones.At(local, start.Zone);
                if (at >= before || Ended(rule, local, at))
                    break;
                found.Add(local);
            }
        }

        // A series whose first day its own rule does not name still begins there when dates are added by hand.
        if (rules.Count == 0)
            found.Add(start.Local);
        return found.Where(local => !Excluded(local, start)).Select(start.MovedTo).Where(time => time.At < before);
    }

    private static bool Ended(RecurrenceRule rule, DateTime local, DateTimeOffset at) => rule.Until is { } until
        && (rule.UntilIsUtc ? at.UtcDateTime > until : until.TimeOfDay == TimeSpan.Zero ? local.Date > until.Date : local > until);

    private bool Excluded(DateTime local, EventTime start) => left.Any(date => date.Day ? date.Local.Date == local.Date : Local(date, start) == local);

    private static DateTime Local((DateTime Local, TimeZoneInfo? Zone, bool Day) date, EventTime start) => date switch
    {
        { Day: true } => date.Local + start.Local.TimeOfDay,
        { Zone: { } zone } => TimeZoneInfo.ConvertTime(Zones.At(date.Local, zone), start.Zone).DateTime,
        _ => date.Local,
    };

    private bool AddRule(string text)
    {
        if (RecurrenceRule.Parse(text) is not { } rule)
            return false;
        rules.Add(rule);
        return true;
    }

    private static bool AddDates(List<(DateTime, TimeZoneInfo?, bool)> to, string[] head, string list)
    {
        TimeZoneInfo? named = null;
        foreach (var parameter in head.Skip(1))
        {
            if (parameter.StartsWith("TZID=", StringComparison.OrdinalIgnoreCase) && (named = Zones.Find(parameter[5..])) is null)
                return false;
        }

        foreach (var text in list.Split(','))
        {
            if (RecurrenceRule.Moment(text.Trim()) is not { } moment)
                return false;
            to.Add((moment.Local, moment.Utc ? TimeZoneInfo.Utc : named, moment.Day));
        }

        return true;
    }
}
