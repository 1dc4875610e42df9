using System.IO.Compression;
using System.Net;
using System.Text;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;
using Patchbay.Sandbox.Vendors.Google.Drive.Export;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Export;

/// <summary>A document as another format: text, markdown, HTML, a plain PDF, and a Word file.</summary>
internal static class DocsExport
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static readonly string[] Types = ["text/plain", "text/html", "text/markdown", "application/pdf", Word];

    public static byte[] Make(DocDocument document, string title, string mimeType) => mimeType switch
    {
        // Google's text begins with a byte order mark and ends lines as Windows does.
        "text/plain" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Plain(document, "\r\n"))],
        "text/markdown" => Encoding.UTF8.GetBytes(Markdown(DocsParagraphs.Of(document))),
        "text/html" => Encoding.UTF8.GetBytes($"<html><head><meta content=\"text/html; charset=UTF-8\" http-equiv=\"content-type\"><title>{WebUtility.HtmlEncode(title)}</title></head><body>{Html(DocsParagraphs.Of(document))}</body></html>"),
        "application/pdf" => PlainPdf.Make(title, [.. Lines(DocsParagraphs.Of(document))]),
        _ => Docx(DocsParagraphs.Of(document)),
    };

    public static string Plain(DocDocument document, string lineEnd) => string.Join(lineEnd, PlainLines(DocsParagraphs.Of(document)));

    private static IEnumerable<string> PlainLines(IReadOnlyList<DocsBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (block.Rows is { } rows)
            {
                foreach (var line in rows.SelectMany(row => row.SelectMany(PlainLines)))
                    yield return line;
            }
            else
            {
                var glyph = block.Glyph is null ? "" : new string(' ', block.Level * 3) + (block.Numbered ? block.Glyph : "*") + " ";
                yield return glyph + block.Text;
            }
        }
    }

    private static IEnumerable<PdfLine> Lines(IReadOnlyList<DocsBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (block.Rows is { } rows)
            {
                foreach (var row in rows)
                    yield return new PdfLine(string.Join("   |   ", row.Select(cell => string.Join(' ', PlainLines(cell)))), 11, false);
            }
            else
            {
                var size = block.Heading switch { 1 => 20, 2 => 16, 3 => 14, > 3 => 12, _ => block.Type == "SUBTITLE" ? 15 : 11 };
                var glyph = block.Glyph is null ? "" : new string(' ', (block.Level * 4) + 2) + (block.Numbered ? block.Glyph : "-") + " ";
                yield return new PdfLine(glyph + block.Text, size, block.Heading > 0);
            }
        }
    }

    private static string Markdown(IReadOnlyList<DocsBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            if (block.Rows is { } rows)
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    text.Append("| ").AppendJoin(" | ", rows[row].Select(cell => string.Join(' ', PlainLines(cell)))).Append(" |\n");
                    if (row == 0)
                        text.Append('|').Insert(text.Length, " --- |", rows[0].Count).Append('\n');
                }

                text.Append('\n');
                continue;
            }

            if (block.Glyph is not null)
                text.Append(' ', block.Level * 2).Append(block.Numbered ? block.Glyph : "*").Append(' ');
            else if (block.Heading > 0)
                text.Append('#', block.Heading).Append(' ');
            foreach (var run in block.Runs)
            {
                var around = run.Bold ? "**" : run.Italic ? "*" : "";
                text.Append(run.Link is null ? $"{around}{run.Text}{around}" : $"[{run.Text}]({run.Link})");
            }

            text.Append(block.Glyph is null ? "\n\n" : "\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Html(IReadOnlyList<DocsBlock> blocks) => string.Concat(blocks.Select(block =>
    {
        if (block.Rows is { } rows)
            return $"<table>{string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Html(cell)}</td>"))}</tr>"))}</table>";
        var inner = string.Concat(block.Runs.Select(Run));
        var tag = block.Heading > 0 ? $"h{block.Heading}" : "p";
        return block.Glyph is null ? $"<{tag}>{inner}</{tag}>" : block.Numbered ? $"<ol><li>{inner}</li></ol>" : $"<ul><li>{inner}</li></ul>";
    }));

    private static string Run(DocsText run)
    {
        var text = WebUtility.HtmlEncode(run.Text);
        if (run.Bold)
            text = $"<b>{text}</b>";
        if (run.Italic)
            text = $"<i>{text}</i>";
        if (run.Strike)
            text = $"<s>{text}</s>";
        return run.Link is null ? run.Underline ? $"<u>{text}</u>" : text : $"<a href=\"{WebUtility.HtmlEncode(run.Link)}\">{text}</a>";
    }

    private static byte[] Docx(IReadOnlyList<DocsBlock> blocks)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry("[Content_Types].xml", """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""");
            Entry("_rels/.rels", """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""");
            Entry("word/document.xml", $"""<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{string.Concat(blocks.Select(WordBlock))}</w:body></w:document>""");

            void Entry(string name, string text)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static string WordBlock(DocsBlock block)
    {
        if (block.Rows is { } rows)
            return $"<w:tbl><w:tblPr/><w:tblGrid/>{string.Concat(rows.Select(row => $"<w:tr>{string.Concat(row.Select(cell => $"<w:tc>{string.Concat(cell.Select(WordBlock))}</w:tc>"))}</w:tr>"))}</w:tbl>";
        var style = block.Heading > 0 ? $"<w:pPr><w:pStyle w:val=\"Heading{block.Heading}\"/></w:pPr>" : "";
        var glyph = block.Glyph is null ? "" : $"<w:r><w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(block.Glyph)} </w:t></w:r>";
        var runs = block.Runs.Select(run => $"<w:r><w:rPr>{(run.Bold ? "<w:b/>" : "")}{(run.Italic ? "<w:i/>" : "")}</w:rPr><w:t xml:space=\"preserve\">{Xml(run.Text)}</w:t></w:r>");
        return $"<w:p>{style}{glyph}{string.Concat(runs)}</w:p>";
    }

    // A vertical tab is a soft line break in Docs and no character in XML.
    private static string Xml(string text) => WebUtility.HtmlEncode(text.Replace('\v', ' '));
}
