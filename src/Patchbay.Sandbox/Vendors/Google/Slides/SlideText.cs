using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>The text of a shape or a table cell, character by character. It always ends with a newline; the style of a paragraph stands with its newline.</summary>
internal sealed class SlideText
{
    private readonly List<Letter> letters = [];

    /// <param name="Char">UTF-16, as Slides counts.</param>
    /// <param name="Style">Google's TextStyle.</param>
    /// <param name="Paragraph">Of a newline: its paragraph's style.</param>
    /// <param name="Bullet">Of a newline: its paragraph's bullet.</param>
    private sealed record Letter(char Char, JsonObject Style, JsonObject? Paragraph = null, JsonObject? Bullet = null);

    private SlideText()
    {
    }

    /// <summary>Without the last newline.</summary>
    public int Length => letters.Count - 1;

    public string Plain => string.Concat(letters.Take(Length).Select(letter => letter.Char));

    /// <summary>Out of Google's TextContent; no text at all is one empty paragraph.</summary>
    public static SlideText Read(JsonObject? content)
    {
        var text = new SlideText();
        JsonObject? paragraph = null, bullet = null;
        foreach (var element in (content?["textElements"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (element["paragraphMarker"] is JsonObject marker)
            {
                (paragraph, bullet) = (marker["style"] as JsonObject, marker["bullet"] as JsonObject);
                continue;
            }

            var style = element["textRun"]?["style"] as JsonObject ?? [];
            foreach (var letter in element["textRun"].Text("content") ?? "")
                text.letters.Add(letter == '\n' ? new Letter(letter, style, paragraph, bullet) : new Letter(letter, style));
        }

        if (text.letters.Count == 0 || text.letters[^1].Char != '\n')
            text.letters.Add(new Letter('\n', []));
        return text;
    }

    /// <summary>Google's TextContent; null when there is nothing.</summary>
    public JsonObject? Shape()
    {
        if (Length == 0 && letters[0].Paragraph is null && letters[0].Bullet is null)
            return null;
        var elements = new JsonArray();
        var lists = new JsonObject();
        for (var start = 0; start < letters.Count;)
        {
            var end = letters.FindIndex(start, letter => letter.Char == '\n') + 1;
            var marker = new JsonObject { ["style"] = letters[end - 1].Paragraph?.DeepClone() ?? new JsonObject { ["direction"] = "LEFT_TO_RIGHT" } };
            if (letters[end - 1].Bullet is { } bullet)
            {
                marker["bullet"] = bullet.DeepClone();
                lists[bullet.Text("listId") ?? ""] = new JsonObject { ["listId"] = bullet.Text("listId") };
            }

            elements.Add(Element(start, end, "paragraphMarker", marker));
            for (var run = start; run < end;)
            {
                var stop = run + 1;
                while (stop < end && JsonNode.DeepEquals(letters[stop].Style, letters[run].Style))
                    stop++;
                elements.Add(Element(run, stop, "textRun", new JsonObject { ["content"] = string.Concat(letters[run..stop].Select(letter => letter.Char)), ["style"] = letters[run].Style.DeepClone() }));
                run = stop;
            }

            start = end;
        }

        var shape = new JsonObject { ["textElements"] = elements };
        if (lists.Count > 0)
            shape["lists"] = lists;
        return shape;
    }

    /// <summary>New characters look like the one before them.</summary>
    public void Insert(int index, string text)
    {
        var style = index > 0 && letters[index - 1].Char != '\n' ? letters[index - 1].Style : letters[index].Style;
        var newline = letters[letters.FindIndex(index, letter => letter.Char == '\n')];
        letters.InsertRange(index, Clean(text).Select(letter => letter == '\n' ? newline with { Style = style } : new Letter(letter, style)));
    }

    public void Delete(int start, int end) => letters.RemoveRange(start, Math.Min(end, Length) - start);

    /// <summary>How often it was replaced. What comes in looks like what went.</summary>
    public int Replace(string find, string replacement, bool matchCase)
    {
        var (count, from) = (0, 0);
        while (find.Length > 0 && Plain.IndexOf(find, Math.Min(from, Length), matchCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            var style = letters[at].Style;
            var clean = Clean(replacement);
            var newline = letters[letters.FindIndex(at, letter => letter.Char == '\n')];
            Delete(at, at + find.Length);
            letters.InsertRange(at, clean.Select(letter => letter == '\n' ? newline with { Style = style } : new Letter(letter, style)));
            from = at + clean.Length;
            count++;
        }

        return count;
    }

    public void Style(int start, int end, JsonObject? style, GoogleFields fields)
    {
        for (var index = start; index < Math.Min(end, letters.Count); index++)
            letters[index] = letters[index] with { Style = GoogleUpdateMask.Apply((JsonObject)letters[index].Style.DeepClone(), style, fields) };
    }

    public void StyleParagraphs(int start, int end, JsonObject? style, GoogleFields fields) =>
        EachParagraph(start, end, newline => newline with { Paragraph = GoogleUpdateMask.Apply((JsonObject?)newline.Paragraph?.DeepClone() ?? new JsonObject { ["direction"] = "LEFT_TO_RIGHT" }, style, fields) });

    /// <summary>Bullets on the paragraphs a range meets; null takes them off.</summary>
    public void Bullet(int start, int end, JsonObject? bullet) => EachParagraph(start, end, newline => newline with { Bullet = bullet });

    private void EachParagraph(int start, int end, Func<Letter, Letter> change)
    {
        for (var index = start; index < letters.Count; index++)
        {
            if (letters[index].Char != '\n')
                continue;
            letters[index] = change(letters[index]);
            if (index >= end - 1)
                return;
        }
    }

    private static JsonObject Element(int start, int end, string kind, JsonObject content)
    {
        var element = new JsonObject();
        if (start > 0)
            element["startIndex"] = start;
        element["endIndex"] = end;
        element[kind] = content;
        return element;
    }

    /// <summary>Slides strips control characters and knows one kind of newline.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            if (letter is '\n' or '\t' or '\v' || !char.IsControl(letter))
                clean.Append(letter);
        }

        return clean.ToString();
    }
}
