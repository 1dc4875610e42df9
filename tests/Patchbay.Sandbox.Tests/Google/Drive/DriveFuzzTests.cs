using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Vendors.Google;
using Patchbay.Sandbox.Vendors.Google.Docs;
using Patchbay.Sandbox.Vendors.Google.Docs.Export;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;
using Patchbay.Sandbox.Vendors.Google.Docs.Requests;
using Patchbay.Sandbox.Vendors.Google.Drive;
using Patchbay.Sandbox.Vendors.Google.Drive.Export;
using Patchbay.Sandbox.Vendors.Google.Drive.Query;
using Patchbay.Sandbox.Vendors.Google.Drive.Upload;

namespace Patchbay.Sandbox.Tests.Google.Drive;

/// <summary>Queries, ranges, texts and batches from outside: taken or refused, never a failure.</summary>
public sealed class DriveFuzzTests
{
    private static readonly string[] Shards =
    [
        "name", " contains ", " = ", "!=", "'a'", "'it\\'s'", "'", "\"", "(", ")", " and ", " or ", "not ", "trashed", "true", " in ", "parents", "'root'", "sharedWithMe", "modifiedTime", ">", "<=", "'2026-01-01T00:00:00'",
        "'9999-99-99'", "properties has ", "{ key='a' and value='b' }", "fullText", "\\", "\0", "🎉", "bytes ", "0-5/10", "*/", "99999999999999999999", "-", ",", "files(id", "a/b", "folder desc", "# ", "- ", "1. ", "**b**", "[x](https://y.example)", "\n", "\t", "<p>", "</p>", "\uE010", "\ud83c",
    ];

    private static readonly Arbitrary<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""), Gen.Elements(Shards).ListOf().Select(list => string.Concat(list))).ToArbitrary();

    [Fact]
    public void Queries_orders_ranges_times_and_masks_never_throw() => Check(Text, text =>
    {
        var account = new GoogleAccount("1", "a@b.example", "A", "B");
        var file = new DriveFile { Id = "1", Name = text, MimeType = "text/plain", Parent = "0", Owner = "1", Created = default, Modified = default, ModifiedBy = "1" };
        var view = new DriveQueryView(file, new GoogleCaller(account, "c", []), new DriveAccess(_ => null, default), _ => text);
        _ = DriveQuery.Parse(text)?.Matches(view);
        DriveOrder.Parse(text)?.Sort([view, view]);
        _ = ContentRange.Parse(text);
        _ = DriveTime.Parse(text);
        GoogleFields.Parse(text)?.Keep(new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = 1 }) });
    });

    [Fact]
    public void A_quoted_value_means_exactly_what_stands_in_it() => Check(Text, text =>
    {
        var quoted = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        DriveQueryLexer.Read($"name = '{quoted}'")![2].Value.ShouldBe(text);
    });

    [Fact]
    public void Any_text_becomes_a_document_that_exports_to_everything() => Check(Text, text =>
    {
        foreach (var type in DocsImport.Types)
        {
            var document = DocsImport.Read("id", Encoding.UTF8.GetBytes(text), type);
            ShouldBeWhole(document);
            foreach (var export in DocsExport.Types)
                _ = DocsExport.Make(document, text, export);
            _ = DocsPaper.Of(DocsParagraphs.Of(document)).ToString();
        }

        DocsExport.Plain(DocsImport.Read("id", Encoding.UTF8.GetBytes(text), "text/plain"), "\n").ShouldNotBeNull();
        _ = PlainPdf.Make(text, [new PdfLine(text, 11, true)]);
    });

    [Fact]
    public void No_batch_breaks_a_document() => Check(Batches, batch =>
    {
        var document = DocsImport.Read("id", "# Head\n- one\n- two 🎉\nlast"u8.ToArray(), "text/markdown");
        foreach (var request in batch)
        {
            // A refused request leaves a half-edited copy, which is thrown away as the vendor does it.
            var copy = DocRecord.Of(document).Open();
            if (DocsBatch.Run(new DocsEdit(copy), [JsonNode.Parse(request)]).Refusal is null)
                document = copy;
            ShouldBeWhole(document);
        }

        var stored = DocRecord.Of(DocRecord.Of(document).Open());
        DocsShapes.Document(stored.Open(), "t", false, true).ToJsonString().ShouldBe(DocsShapes.Document(document, "t", false, true).ToJsonString());
    }, 80);

    private static Arbitrary<string[]> Batches
    {
        get
        {
            var number = Gen.Choose(-1, 45);
            var place = Gen.OneOf(number.Select(index => $$$"""{"location":{"index":{{{index}}}}"""), Gen.Constant("""{"endOfSegmentLocation":{}"""));
            var range = number.SelectMany(start => Gen.Choose(-1, 12).Select(length => $$$"""{"startIndex":{{{start}}},"endIndex":{{{start + length}}}}"""));
            var cell = from table in number from row in Gen.Choose(0, 3) from column in Gen.Choose(0, 3) select $$$"""{"tableStartLocation":{"index":{{{table}}}},"rowIndex":{{{row}}},"columnIndex":{{{column}}}}""";
            var request = Gen.OneOf(
                place.SelectMany(at => Gen.Elements("x", "a\nb", "\tdeep\n", "🎉").Select(text => $$$"""{"insertText":{{{at}}},"text":{{{JsonValue.Create(text).ToJsonString()}}}}}""")),
                range.Select(at => $$$"""{"deleteContentRange":{"range":{{{at}}}}}"""),
                range.Select(at => $$$"""{"createParagraphBullets":{"range":{{{at}}},"bulletPreset":"NUMBERED_DECIMAL_NESTED"}}"""),
                range.Select(at => $$$"""{"deleteParagraphBullets":{"range":{{{at}}}}}"""),
                range.Select(at => $$$"""{"createNamedRange":{"name":"n","range":{{{at}}}}}"""),
                range.Select(at => $$$"""{"updateTextStyle":{"range":{{{at}}},"textStyle":{"bold":true},"fields":"bold,link"}}"""),
                range.Select(at => $$$"""{"updateParagraphStyle":{"range":{{{at}}},"paragraphStyle":{"namedStyleType":"HEADING_2"},"fields":"*"}}"""),
                place.Select(at => $$$"""{"insertTable":{{{at}}},"rows":2,"columns":2}}"""),
                place.Select(at => $$$"""{"insertPageBreak":{{{at}}}}}"""),
                place.Select(at => $$$"""{"insertSectionBreak":{{{at}}},"sectionType":"NEXT_PAGE"}}"""),
                place.Select(at => $$$"""{"createFootnote":{{{at}}}}}"""),
                cell.SelectMany(at => Gen.Elements("insertTableRow", "insertTableColumn", "deleteTableRow", "deleteTableColumn").Select(name => $$$"""{"{{{name}}}":{"tableCellLocation":{{{at}}}}}""")),
                cell.Select(at => $$$$"""{"mergeTableCells":{"tableRange":{"tableCellLocation":{{{{at}}}},"rowSpan":2,"columnSpan":2}}}"""),
                Gen.Elements("""{"replaceAllText":{"containsText":{"text":"o"},"replaceText":"two\nlines"}}""", """{"replaceNamedRangeContent":{"namedRangeName":"n","text":"new"}}""", """{"createHeader":{"type":"DEFAULT"}}"""));
            return request.ListOf().Select(list => list.ToArray()).ToArbitrary();
        }
    }

    /// <summary>Every index belongs to exactly one thing, every paragraph ends, and every text can be stored.</summary>
    private static void ShouldBeWhole(DocDocument document)
    {
        var shape = DocsShapes.Document(document, "t", tabs: false, mayEdit: true);
        shape["body"]!["content"]!.AsArray().Sum(element => (int)element!["endIndex"]! - ((int?)element["startIndex"] ?? 0)).ShouldBe(document.Body.Length);
        foreach (var segment in document.Segments)
        {
            segment[segment.Length - 1].EndsParagraph.ShouldBeTrue();
            segment.Units.Where(unit => unit.EndsParagraph || unit.IsStructure).ShouldAllBe(unit => unit.Mark != null);
        }

        foreach (var range in document.NamedRanges)
            (range.Start < range.End && range.End <= document.Segment(range.SegmentId)!.Length).ShouldBeTrue();
    }

    private static void Check<T>(Arbitrary<T> arbitrary, Action<T> holds, int cases = 300) =>
        Prop.ForAll(arbitrary, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var more) ? more : cases));
}
