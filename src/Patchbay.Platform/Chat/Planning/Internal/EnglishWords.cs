using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Whether a word is English. "Contracted" is one letter from "contacted" and no typing error of it.</summary>
internal static class EnglishWords
{
    private const string Resource = "EnglishWords.txt";

    // Some 18,000 words; read once, when the first unknown word comes.
    private static readonly Lazy<FrozenSet<string>> Listed = new(Read);

    public static bool Contains(string word) => Listed.Value.Contains(word) || Array.Exists(Stems(word), Listed.Value.Contains);

    /// <summary>What a regularly inflected word may come from; the list holds no such forms.</summary>
    private static string[] Stems(string word)
    {
        if (word.Length < 5)
            return word.EndsWith('s') ? [word[..^1]] : [];
        return word switch
        {
            [.. var stem, 'i', 'e', 's'] => [stem + "y", stem + "ie"],
            [.. var stem, 'i', 'e', 'd'] => [stem + "y", stem + "ie"],
            [.. var stem, 'e', 's'] => EndsHissing(stem) ? [stem, stem + "e"] : [stem + "e"],
            [.. var stem, 's'] => [stem],
            [.. var stem, 'e', 'd'] => Undoubled(stem),
            [.. var stem, 'i', 'n', 'g'] => Undoubled(stem),
            [.. var stem, 'l', 'y'] => [stem],
            _ => [],
        };
    }

    // "dropped", "dropping"
    private static string[] Undoubled(string stem) => stem.Length > 2 && stem[^1] == stem[^2] ? [stem, stem + "e", stem[..^1]] : [stem, stem + "e"];

    private static bool EndsHissing(string stem) =>
        stem[^1] is 's' or 'x' or 'z' or 'o' || stem.EndsWith("ch", StringComparison.Ordinal) || stem.EndsWith("sh", StringComparison.Ordinal);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(EnglishWords).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var words = new List<string>(20_000);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                words.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
