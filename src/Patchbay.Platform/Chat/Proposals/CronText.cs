using System.Globalization;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>The five-field cron that a plan may hold: numbers, lists, ranges, steps; not more often than every five minutes.</summary>
internal static class CronText
{
    private static readonly (int Least, int Most)[] Fields = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];

    public static bool IsFiveField(string? cron)
    {
        if (cron is null || cron.Length > 100)
            return false;
        var parts = cron.Split(' ');
        if (parts.Length != 5)
            return false;
        for (var i = 0; i < 5; i++)
            if (Values(parts[i], Fields[i].Least, Fields[i].Most) is null)
                return false;
        return IsSeldomEnough(Values(parts[0], 0, 59)!);
    }

    private static bool IsSeldomEnough(SortedSet<int> minutes)
    {
        var sorted = minutes.ToList();
        for (var i = 0; i < sorted.Count; i++)
            if (sorted.Count > 1 && (sorted[(i + 1) % sorted.Count] - sorted[i] + 60) % 60 < 5)
                return false;
        return true;
    }

    private static SortedSet<int>? Values(string field, int least, int most)
    {
        var values = new SortedSet<int>();
        foreach (var part in field.Split(','))
        {
            var step = 1;
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0 && (!Number(part[(slash + 1)..], 1, most, out step) || slash == 0))
                return null;
            var range = slash >= 0 ? part[..slash] : part;
            var (from, to) = (least, most);
            if (range != "*")
            {
                var dash = range.IndexOf('-', StringComparison.Ordinal);
                if (!Number(dash < 0 ? range : range[..dash], least, most, out from))
                    return null;
                to = from;
                if (dash >= 0 && (!Number(range[(dash + 1)..], from, most, out to) || dash == 0))
                    return null;
                if (dash < 0 && slash >= 0)
                    to = most;
            }

            for (var value = from; value <= to; value += step)
                values.Add(value);
        }

        return values;
    }

    private static bool Number(string text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most && text.Length <= 2;
}
