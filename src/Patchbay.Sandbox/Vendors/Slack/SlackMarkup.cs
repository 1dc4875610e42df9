using System.Net;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>Slack's message markup for the world page: *bold*, `code`, &lt;address|words&gt;, &lt;@user&gt;. All else is text.</summary>
internal static class SlackMarkup
{
    /// <param name="text">As posted.</param>
    /// <param name="name">The name of a mentioned user or channel id; null leaves the id.</param>
    public static Html Of(string text, Func<string, string?> name)
    {
        var parts = new List<Html>();
        var (plain, position) = (0, 0);
        while (position < text.Length)
        {
            var closer = text[position] switch { '<' => '>', '`' => '`', '*' => '*', _ => '\0' };
            var end = closer == '\0' ? -1 : text.IndexOf(closer, position + 1);
            var inside = end > position + 1 ? text[(position + 1)..end] : "";
            if (inside.Length == 0 || inside.Contains('\n', StringComparison.Ordinal) || (closer == '*' && (inside[0] == ' ' || inside[^1] == ' ')))
            {
                position++;
                continue;
            }

            parts.Add(Plain(text[plain..position]));
            parts.Add(closer switch
            {
                '>' => Reference(inside, name),
                '`' => Html.Of($"<code>{WebUtility.HtmlDecode(inside)}</code>"),
                _ => Html.Of($"<b>{Of(inside, name)}</b>"),
            });
            plain = position = end + 1;
        }

        parts.Add(Plain(text[plain..]));
        return Html.Join(parts);
    }

    /// <summary>The words of a block; empty for what has none.</summary>
    public static IEnumerable<(string Kind, string Text)> Blocks(JsonArray? blocks)
    {
        foreach (var block in blocks ?? [])
        {
            if (block is not JsonObject map)
                continue;
            var kind = map.Text("type") ?? "";
            if (map["text"].Text("text") is { } words)
                yield return (kind, words);
            foreach (var item in (map["fields"] as JsonArray ?? []).Concat(map["elements"] as JsonArray ?? []))
            {
                if (item.Text("text") is { } more)
                    yield return (kind, more);
                else if (item is JsonObject element && element["text"].Text("text") is { } label)
                    yield return ("button", label);
            }
        }
    }

    private static Html Plain(string text) => Html.Of($"{WebUtility.HtmlDecode(text)}");

    private static Html Reference(string inside, Func<string, string?> name)
    {
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var (target, words) = bar < 0 ? (inside, null) : (inside[..bar], inside[(bar + 1)..]);
        if (target.Length == 0)
            return Html.Of($"&lt;{inside}&gt;");
        if (target[0] is '@' or '#' && target.Length > 1)
            return Html.Of($"<b>{target[0]}{words ?? name(target[1..]) ?? target[1..]}</b>");
        if (target[0] == '!' && target.Length > 1)
            return Html.Of($"<b>@{target[1..].Split('^')[0]}</b>");
        // Only web addresses become links: a javascript: or data: address stays text.
        return Uri.TryCreate(target, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto"
            ? Html.Of($"""<a href="{target}" rel="noreferrer noopener nofollow">{words ?? target}</a>""")
            : Html.Of($"&lt;{inside}&gt;");
    }
}
