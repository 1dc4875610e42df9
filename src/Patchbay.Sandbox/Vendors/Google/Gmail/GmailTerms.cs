using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>
/// What the operators of Gmail's search box mean: from: to: cc: bcc: subject: label: category: in: is: has: filename: larger:
/// smaller: size: after: before: newer_than: older_than: rfc822msgid: deliveredto:. Everything else is words.
/// </summary>
/// <param name="now">For newer_than and older_than.</param>
/// <param name="labelId">Turns a label's name into its id; null when there is none.</param>
/// <param name="me">The address of the mailbox, which "me" stands for.</param>
internal sealed class GmailTerms(DateTimeOffset now, Func<string, string?> labelId, string me = "")
{
    /// <summary>A term names trash or spam.</summary>
    public bool LookEverywhere { get; private set; }

    /// <param name="name">The operator in lower case; empty for words.</param>
    /// <param name="value">What follows it.</param>
    public Func<GmailMessage, bool> Term(string name, string value)
    {
        switch (name)
        {
            case "from":
                return message => Contains(message.From, Person(value));
            case "to" or "deliveredto":
                return message => Contains(message.To, Person(value));
            case "cc":
                return message => Contains(message.Cc, Person(value));
            case "bcc":
                return message => Contains(message.Bcc, Person(value));
            case "subject":
                return message => Contains(message.Subject, value);
            case "has" when value.ToLowerInvariant() is "attachment":
                return message => message.HasAttachment;
            case "has" when value.ToLowerInvariant() is "userlabels" or "nouserlabels":
                var wanted = value.Equals("userlabels", StringComparison.OrdinalIgnoreCase);
                return message => message.Labels.Any(label => label.StartsWith("Label_", StringComparison.Ordinal)) == wanted;
            case "filename":
                return message => message.FileNames.Any(file => Contains(file, value));
            case "larger" or "size" when Bytes(value) is { } least:
                return message => message.Size >= least;
            case "smaller" when Bytes(value) is { } most:
                return message => message.Size < most;
            case "rfc822msgid":
                return message => message.MessageIdHeader.Trim('<', '>') == value.Trim('<', '>');
            case "category":
                var category = "CATEGORY_" + (value.Equals("primary", StringComparison.OrdinalIgnoreCase) ? "PERSONAL" : value.ToUpperInvariant());
                return message => message.Has(category);
            case "is" or "in" or "label":
                if (value.ToLowerInvariant() is "anywhere" or "trash" or "spam")
                    LookEverywhere = true;
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

    private string Person(string value) => me.Length > 0 && value.Equals("me", StringComparison.OrdinalIgnoreCase) ? me : value;

    private static Func<GmailMessage, bool> Label(string value, string? labelId) => value switch
    {
        "anywhere" => _ => true,
        "read" => message => !message.Has("UNREAD"),
        "unread" or "starred" or "important" or "inbox" or "sent" or "trash" or "spam" => message => message.Has(value.ToUpperInvariant()),
        "draft" or "drafts" => message => message.Has("DRAFT"),
        _ => message => labelId is not null && message.Has(labelId),
    };

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    /// <summary>Bytes, or with K or M: those of 1024.</summary>
    private static long? Bytes(string value)
    {
        var unit = value.Length == 0 ? 1 : char.ToUpperInvariant(value[^1]) switch { 'K' => 1024, 'M' => 1024 * 1024, _ => 1 };
        return int.TryParse(unit == 1 ? value : value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (long)count * unit : null;
    }

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
}
