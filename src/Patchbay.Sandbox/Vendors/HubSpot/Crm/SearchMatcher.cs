using System.Globalization;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>
/// Whether a value meets a filter. As in HubSpot's index, text is kept in lower case and compared so; only IN and NOT_IN
/// take their values as they are (so a capital letter finds nothing), and choices of an enumeration are exact everywhere.
/// A record without a value meets nothing but NOT_HAS_PROPERTY.
/// </summary>
internal static class SearchMatcher
{
    public static bool Meets(SearchFilter filter, PropertyDefinition property, string? value) => filter.Operator switch
    {
        "HAS_PROPERTY" => !string.IsNullOrEmpty(value),
        "NOT_HAS_PROPERTY" => string.IsNullOrEmpty(value),
        _ when string.IsNullOrEmpty(value) => false,
        "EQ" => Equal(property, value, filter.Value),
        "NEQ" => !Equal(property, value, filter.Value),
        "LT" => Compare(property, value, filter.Value) < 0,
        "LTE" => Compare(property, value, filter.Value) <= 0,
        "GT" => Compare(property, value, filter.Value) > 0,
        "GTE" => Compare(property, value, filter.Value) >= 0,
        "BETWEEN" => Compare(property, value, filter.Value) >= 0 && Compare(property, value, filter.HighValue) <= 0,
        "IN" => filter.Values.Any(one => OneOf(property, value, one)),
        "NOT_IN" => !filter.Values.Any(one => OneOf(property, value, one)),
        "CONTAINS_TOKEN" => Contains(value, filter.Value),
        "NOT_CONTAINS_TOKEN" => !Contains(value, filter.Value),
        _ => false,
    };

    /// <summary>Order of two values of a property, numbers and moments by what they mean; null when one of them means nothing.</summary>
    public static int? Compare(PropertyDefinition property, string left, string right)
    {
        switch (property.Type)
        {
            case "number":
                return Number(left) is { } a && Number(right) is { } b ? a.CompareTo(b) : null;
            case "date" or "datetime":
                return HubTime.Parse(left) is { } from && HubTime.Parse(right) is { } to ? from.CompareTo(to) : null;
            default:
                return string.CompareOrdinal(left.ToLowerInvariant(), right.ToLowerInvariant());
        }
    }

    /// <summary>A free-text search: every word must begin some word of one of the values.</summary>
    public static bool Finds(string query, IEnumerable<string?> values)
    {
        var texts = values.OfType<string>().Select(value => value.ToLowerInvariant()).ToList();
        var words = texts.SelectMany(Tokens).ToList();
        return query.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(wanted => words.Any(word => word.StartsWith(wanted, StringComparison.Ordinal)) || texts.Any(text => text.Contains(wanted, StringComparison.Ordinal)));
    }

    private static bool Equal(PropertyDefinition property, string value, string wanted) => property.Type switch
    {
        "enumeration" => property.Multiple ? value.Split(';').Contains(wanted) : value == wanted,
        "number" or "date" or "datetime" => Compare(property, value, wanted) is 0,
        _ => string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase),
    };

    private static bool OneOf(PropertyDefinition property, string value, string wanted) => property.Type is "string" ? string.Equals(value.ToLowerInvariant(), wanted, StringComparison.Ordinal) : Equal(property, value, wanted);

    /// <summary>Every word of the pattern, with * for any letters, is the whole value or one word of it.</summary>
    private static bool Contains(string value, string pattern)
    {
        var whole = value.ToLowerInvariant();
        var wanted = pattern.ToLowerInvariant();
        if (Like(whole, wanted))
            return true;
        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var tokens = Tokens(whole).ToList();
        return words.Length > 0 && words.All(word => tokens.Any(token => Like(token, word)));
    }

    /// <summary>Words between blanks, their parts around an @, and runs of letters and digits.</summary>
    private static IEnumerable<string> Tokens(string text)
    {
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return word;
            foreach (var part in word.Split('@'))
                yield return part;
            var start = -1;
            for (var index = 0; index <= word.Length; index++)
            {
                var letter = index < word.Length && char.IsLetterOrDigit(word[index]);
                if (letter && start < 0)
                    start = index;
                if (!letter && start >= 0)
                {
                    yield return word[start..index];
                    start = -1;
                }
            }
        }
    }

    /// <summary>Matches with *, in time that grows with text times pattern and no worse.</summary>
    private static bool Like(string text, string pattern)
    {
        var (t, p, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, mark, p) = (p, t, p + 1);
            else if (p < pattern.Length && pattern[p] == text[t])
                (t, p) = (t + 1, p + 1);
            else if (star >= 0)
                (p, mark, t) = (star + 1, mark + 1, mark + 1);
            else
                return false;
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
