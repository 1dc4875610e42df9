using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>
/// Gmail's search box, the part that apps use: from: to: subject: label: in: is: has:attachment after: before:
/// newer_than: older_than: rfc822msgid: plain words, "phrases" and -negation. Everything must hold.
/// </summary>
internal sealed class GmailQuery
{
    private readonly List<Func<GmailMessage, bool>> terms = [];

    private GmailQuery()
    {
    }

    /// <summary>The query names trash or spam, which are left out otherwise.</summary>
    public bool LooksEverywhere { get; private set; }

    /// <param name="text">As typed.</param>
    /// <param name="now">For newer_than and older_than.</param>
    /// <param name="labelId">Turns a label's name into its id; null when there is none.</param>
    public static GmailQuery Parse(string text, DateTimeOffset now, Func<string, string?> labelId)
    {
        var query = new GmailQuery();
        foreach (var (negated, name, value) in Terms(text))
        {
            var holds = query.Term(name, value, now, labelId);
            query.terms.Add(negated ? message => !holds(message) : holds);
        }

        return query;
    }

    public bool Matches(GmailMessage message) => terms.TrueForAll(term => term(message));

    private Func<GmailMessage, bool> Term(string name, string value, DateTimeOffset now, Func<string, string?> labelId)
    {
        switch (name)
        {
            case "from":
                return message => Contains(message.From, value);
            case "to" or "cc" or "bcc":
                return message => Contains(message.To, value);
            case "subject":
                return message => Contains(message.Subject, value);
            case "has" when value is "attachment":
                return message => message.HasAttachment;
            case "rfc822msgid":
                return message => message.MessageIdHeader.Trim('<', '>') == value.Trim('<', '>');
            case "is" or "in" or "label":
                if (value.ToLowerInvariant() is "anywhere" or "trash" or "spam")
                    LooksEverywhere = true;
                return Label(value.ToLowerInvariant(), labelId(value));
            case "after" or "newer" when Moment(value) is { } after:
                return message => message.Date >= after;
            case "before" or "older" when Moment(value) is { } before:
                return message => message.Date < before;
            case "newer_than" when Span(value) is { } young:
                return message => message.Date >= now.ToUnixTimeMilliseconds() - (long)young.TotalMilliseconds;
            case "older_than" when Span(value) is { } old:
                return message => message.Date < now.ToUnixTimeMilliseconds() - (long)old.TotalMilliseconds;
            default:
                var words = name.Length == 0 ? value : $"{name}:{value}";
                return message => Contains(message.Subject, words) || Contains(message.Body, words) || Contains(message.From, words) || Contains(message.To, words);
        }
    }

    private static Func<GmailMessage, bool> Label(string value, string? labelId) => value switch
    {
        "anywhere" => _ => true,
        "read" => message => !message.Has("UNREAD"),
        "unread" or "starred" or "important" or "inbox" or "sent" or "trash" or "spam" => message => message.Has(value.ToUpperInvariant()),
        "draft" or "drafts" => message => message.Has("DRAFT"),
        _ => message => labelId is not null && message.Has(labelId),
    };

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    /// <summary>yyyy/mm/dd (midnight UTC) or Unix seconds, in milliseconds.</summary>
    private static long? Moment(string value)
    {
        if (DateTimeOffset.TryParseExact(value, ["yyyy/M/d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return date.ToUnixTimeMilliseconds();
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < long.MaxValue / 1000 ? seconds * 1000 : null;
    }

    private static TimeSpan? Span(string value) =>
        value.Length > 1 && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < 10_000
            ? value[^1] switch
            {
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'm' => TimeSpan.FromDays(30 * count),
                'y' => TimeSpan.FromDays(365 * count),
                _ => null,
            }
            : null;

    private static IEnumerable<(bool Negated, string Name, string Value)> Terms(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            var negated = text[position] == '-';
            if (negated)
                position++;
            var start = position;
            while (position < text.Length && !char.IsWhiteSpace(text[position]) && text[position] is not (':' or '"'))
                position++;
            var name = text[start..position];
            if (position < text.Length && text[position] == ':')
            {
                position++;
                yield return (negated, name.ToLowerInvariant(), Value(text, ref position));
            }
            else if (name.Length > 0)
            {
                yield return (negated, "", name);
            }
            else if (position < text.Length)
            {
                yield return (negated, "", Value(text, ref position));
            }
        }
    }

    /// <summary>A word, a "phrase" or a (group taken as one phrase).</summary>
    private static string Value(string text, ref int position)
    {
        if (position < text.Length && text[position] is ('"' or '('))
        {
            var end = text.IndexOf(text[position] == '"' ? '"' : ')', position + 1);
            var phrase = end < 0 ? text[(position + 1)..] : text[(position + 1)..end];
            position = end < 0 ? text.Length : end + 1;
            return phrase;
        }

        var start = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]))
            position++;
        return text[start..position];
    }
}
