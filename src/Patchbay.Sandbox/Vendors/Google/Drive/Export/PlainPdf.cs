using System.Globalization;
using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Export;

/// <param name="Text">One paragraph; it is wrapped.</param>
/// <param name="Size">Of the letters, in points.</param>
/// <param name="Bold">Set in bold.</param>
internal sealed record PdfLine(string Text, double Size, bool Bold);

/// <summary>
/// A valid PDF of plain paragraphs on letter paper in Helvetica, for exports of Docs, Sheets and Slides. Characters beyond
/// Windows-1252 become question marks: the standard fonts have no others.
/// </summary>
internal static class PlainPdf
{
    private const double Width = 612, Height = 792, Margin = 72;

    public static byte[] Make(string title, IReadOnlyList<PdfLine> lines)
    {
        var pages = Pages(lines);
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select((_, index) => $"{6 + (index * 2)} 0 R"))}] /Count {pages.Count} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            $"<< /Title ({Escape(title)}) /Producer (Patchbay sandbox) >>",
        };
        foreach (var (page, index) in pages.Select((page, index) => (page, index)))
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {7 + (index * 2)} 0 R >>");
            objects.Add($"<< /Length {page.Length} >>\nstream\n{page}\nendstream");
        }

        return File(objects);
    }

    private static byte[] File(List<string> objects)
    {
        // Latin-1 in memory: one character is one byte, so that positions can be counted.
        var text = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var index = 0; index < objects.Count; index++)
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        var start = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            text.Append(offset.ToString("D10", CultureInfo.InvariantCulture)).Append(" 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static List<string> Pages(IReadOnlyList<PdfLine> lines)
    {
        var pages = new List<string>();
        var page = new StringBuilder();
        var y = Height - Margin;
        foreach (var line in lines.SelectMany(Wrap))
        {
            y -= line.Size * 1.4;
            if (y < Margin)
            {
                pages.Add(page.ToString());
                page.Clear();
                y = Height - Margin - (line.Size * 1.4);
            }

            page.Append(CultureInfo.InvariantCulture, $"BT /{(line.Bold ? "F2" : "F1")} {line.Size} Tf {Margin} {y:0.##} Td ({Escape(line.Text)}) Tj ET\n");
        }

        pages.Add(page.ToString());
        return pages;
    }

    /// <summary>By an average width of letters: lines may end early, but never run off the paper by much.</summary>
    private static IEnumerable<PdfLine> Wrap(PdfLine line)
    {
        var most = Math.Max(10, (int)((Width - (2 * Margin)) / (line.Size * 0.52)));
        var rest = line.Text.Replace('\v', ' ').Replace('\t', ' ');
        while (rest.Length > most)
        {
            var cut = rest.LastIndexOf(' ', most);
            if (cut <= 0)
                cut = most;
            yield return line with { Text = rest[..cut] };
            rest = rest[cut..].TrimStart();
        }

        yield return line with { Text = rest };
    }

    private static string Escape(string text)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);
        return Encoding.Latin1.GetString(bytes).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal);
    }
}
