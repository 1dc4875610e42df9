namespace Patchbay.Platform.Chat.Proposals;

/// <summary>How many lines a change adds and removes.</summary>
internal static class LineDiff
{
    private const int MostLines = 2_000;

    public static (int Added, int Removed) Count(string? before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        // A table of common lines grows with the product; beyond this only the sizes are told.
        var common = old.Length > MostLines || now.Length > MostLines ? 0 : Common(old, now);
        return (now.Length - common, old.Length - common);
    }

    private static int Common(string[] a, string[] b)
    {
        var previous = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        foreach (var line in a)
        {
            for (var j = 1; j <= b.Length; j++)
                row[j] = line == b[j - 1] ? previous[j - 1] + 1 : Math.Max(row[j - 1], previous[j]);
            (previous, row) = (row, previous);
        }

        return previous[b.Length];
    }

    private static string[] Lines(string? text) => string.IsNullOrEmpty(text) ? [] : text.TrimEnd('\n').Split('\n');
}
