using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Google.Drive;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Docs;

public sealed class DocsTests
{
    [Fact]
    public async Task A_document_that_would_become_too_large_is_refused_and_stays_as_it_was()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/documents");
        var id = (await sandbox.GoogleAsync(token, HttpMethod.Post, "docs.googleapis.com/v1/documents", new JsonObject { ["title"] = "x" })).Body.Text("documentId");
        Task<(int Status, JsonNode? Body, string Challenge)> Batch(string kind, JsonObject request) =>
            sandbox.GoogleAsync(token, HttpMethod.Post, $"docs.googleapis.com/v1/documents/{id}:batchUpdate", new JsonObject { ["requests"] = new JsonArray(new JsonObject { [kind] = request }) });
        JsonObject Insert(string text) => new() { ["location"] = new JsonObject { ["index"] = 1 }, ["text"] = text };

        (await Batch("insertText", Insert(new string('a', 600_000)))).Status.ShouldBe(400);
        (await Batch("insertText", Insert(new string('a', 2_000)))).Status.ShouldBe(200);
        (await Batch("replaceAllText", new JsonObject { ["containsText"] = new JsonObject { ["text"] = "a" }, ["replaceText"] = new string('b', 1_000) })).Status.ShouldBe(400);
        (await Batch("insertText", Insert(new string('a', 100_000)))).Status.ShouldBe(200);
        (await Batch("replaceAllText", new JsonObject { ["containsText"] = new JsonObject { ["text"] = "a" }, ["replaceText"] = "b" })).Status.ShouldBe(400);

        (await sandbox.GoogleAsync(token, HttpMethod.Get, $"docs.googleapis.com/v1/documents/{id}")).Body!.ToJsonString().ShouldNotContain(new string('b', 20));
    }

    [Fact]
    public async Task A_new_document_is_a_drive_file_with_one_empty_paragraph()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);

        var made = await sandbox.DocsAsync(token, HttpMethod.Post, "", new JsonObject { ["title"] = "Daily summary" });

        made.Text("title").ShouldBe("Daily summary");
        made.Text("revisionId").ShouldNotBeEmpty();
        made.At("body.content")!.ToJsonString().ShouldContain("""{"startIndex":1,"endIndex":2,"paragraph":{"elements":[{"startIndex":1,"endIndex":2,"textRun":{"content":"\n","textStyle":{}}}]""");
        made.Text("documentId").Length.ShouldBe(44);
        (await sandbox.FindAsync(token, $"mimeType = '{DriveApp.Document}'")).ShouldBe(["Daily summary"]);
        await sandbox.DriveAsync(token, HttpMethod.Patch, $"/files/{made.Text("documentId")}", new JsonObject { ["name"] = "Renamed" });
        (await sandbox.ReadAsync(token, made.Text("documentId"))).Text("title").ShouldBe("Renamed");
    }

    [Fact]
    public async Task Text_is_inserted_and_removed_by_utf16_indexes()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token, text: "a🎉b\n");

        await sandbox.EditAsync(token, id, """{"insertText":{"location":{"index":4},"text":"|"}}""", """{"insertText":{"endOfSegmentLocation":{},"text":"last"}}""");
        (await sandbox.BodyAsync(token, id)).ShouldBe("a🎉|b\nlast\n");
        var read = await sandbox.ReadAsync(token, id);
        (DocsApp.Paragraph(read, "last").Text("startIndex"), DocsApp.Paragraph(read, "last").Text("endIndex")).ShouldBe(("7", "12"));

        await sandbox.EditAsync(token, id, """{"deleteContentRange":{"range":{"startIndex":2,"endIndex":5}}}""");
        (await sandbox.BodyAsync(token, id)).ShouldBe("ab\nlast\n");
        (await sandbox.EditAsync(token, id, 400, """{"insertText":{"location":{"index":99},"text":"x"}}""")).Text("error.message")
            .ShouldBe("Invalid requests[0].insertText: Index 99 must be less than the end index of the referenced segment, 9.");
    }

    [Fact]
    public async Task A_batch_is_applied_whole_or_not_at_all_in_order()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token, text: "kept");

        var refused = await sandbox.EditAsync(token, id, 400, """{"insertText":{"location":{"index":1},"text":"gone "}}""", """{"deleteContentRange":{"range":{"startIndex":5,"endIndex":5}}}""");

        refused.Text("error.message").ShouldBe("Invalid requests[1].deleteContentRange: The range should not be empty.");
        refused.Text("error.status").ShouldBe("INVALID_ARGUMENT");
        (await sandbox.BodyAsync(token, id)).ShouldBe("kept\n");
        var reply = await sandbox.EditAsync(token, id, """{"replaceAllText":{"containsText":{"text":"KEPT"},"replaceText":"kept twice"}}""", """{"replaceAllText":{"containsText":{"text":"T","matchCase":true},"replaceText":"x"}}""");
        reply.At("replies")!.ToJsonString().ShouldBe("""[{"replaceAllText":{"occurrencesChanged":1}},{"replaceAllText":{}}]""");
        reply.Text("documentId").ShouldBe(id);
        (await sandbox.BodyAsync(token, id)).ShouldBe("kept twice\n");
    }

    [Fact]
    public async Task A_write_that_requires_a_revision_is_refused_when_another_came_before()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token);
        var revision = (await sandbox.ReadAsync(token, id)).Text("revisionId");
        var body = new JsonObject
        {
            ["requests"] = new JsonArray(JsonNode.Parse("""{"insertText":{"location":{"index":1},"text":"once "}}""")),
            ["writeControl"] = new JsonObject { ["requiredRevisionId"] = revision },
        };

        var first = await sandbox.DocsAsync(token, HttpMethod.Post, $"/{id}:batchUpdate", body.DeepClone());
        await sandbox.DocsAsync(token, HttpMethod.Post, $"/{id}:batchUpdate", body.DeepClone(), 400);

        (await sandbox.BodyAsync(token, id)).ShouldBe("once \n");
        first.Text("writeControl.requiredRevisionId").ShouldBe((await sandbox.ReadAsync(token, id)).Text("revisionId"));
    }

    [Fact]
    public async Task Styles_of_text_and_paragraphs_are_read_back_where_they_were_put()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token, text: "Title\nplain bold plain\n");

        await sandbox.EditAsync(token, id,
            """{"updateParagraphStyle":{"range":{"startIndex":1,"endIndex":3},"paragraphStyle":{"namedStyleType":"HEADING_1","alignment":"CENTER"},"fields":"namedStyleType,alignment"}}""",
            """{"updateTextStyle":{"range":{"startIndex":13,"endIndex":17},"textStyle":{"bold":true,"foregroundColor":{"color":{"rgbColor":{"red":1}}}},"fields":"bold,foregroundColor"}}""",
            """{"updateTextStyle":{"range":{"startIndex":1,"endIndex":6},"textStyle":{"link":{"url":"https://fern.example"}},"fields":"link"}}""");

        var read = await sandbox.ReadAsync(token, id);
        var title = DocsApp.Paragraph(read, "Title");
        title.Text("paragraph.paragraphStyle.namedStyleType").ShouldBe("HEADING_1");
        title.Text("paragraph.paragraphStyle.alignment").ShouldBe("CENTER");
        title.Text("paragraph.paragraphStyle.headingId").ShouldStartWith("h.");
        title.Text("paragraph.elements.0.textRun.textStyle.link.url").ShouldBe("https://fern.example");
        title.Text("paragraph.elements.0.textRun.textStyle.underline").ShouldBe("true");
        var runs = DocsApp.Paragraph(read, "bold").At("paragraph.elements")!.AsArray();
        runs.Select(run => (run.Text("textRun.content"), run.Text("textRun.textStyle.bold"))).ShouldBe([("plain ", ""), ("bold", "true"), (" plain\n", "")]);
        runs[1].Text("textRun.textStyle.foregroundColor.color.rgbColor.red").ShouldBe("1");

        await sandbox.EditAsync(token, id, """{"updateTextStyle":{"range":{"startIndex":13,"endIndex":17},"textStyle":{},"fields":"*"}}""", """{"insertText":{"location":{"index":6},"text":" more"}}""");
        var after = await sandbox.ReadAsync(token, id);
        DocsApp.Paragraph(after, "bold").At("paragraph.elements")!.AsArray().Count.ShouldBe(1);
        // What is put behind a link is no link.
        DocsApp.Paragraph(after, "Title").Text("paragraph.elements.1.textRun.content").ShouldBe(" more\n");
        DocsApp.Paragraph(after, "Title").At("paragraph.elements.1.textRun.textStyle.link").ShouldBeNull();
    }

    [Fact]
    public async Task Bullets_make_lists_whose_depth_comes_from_tabs()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token, text: "one\n\ttwo\nthree\nafter");

        await sandbox.EditAsync(token, id, """{"createParagraphBullets":{"range":{"startIndex":1,"endIndex":15},"bulletPreset":"NUMBERED_DECIMAL_ALPHA_ROMAN"}}""");

        var read = await sandbox.ReadAsync(token, id);
        var list = DocsApp.Paragraph(read, "one").Text("paragraph.bullet.listId");
        DocsApp.Paragraph(read, "two").Text("paragraph.bullet.listId").ShouldBe(list);
        DocsApp.Paragraph(read, "two").Text("paragraph.bullet.nestingLevel").ShouldBe("1");
        DocsApp.Paragraph(read, "after").At("paragraph.bullet").ShouldBeNull();
        read.Text($"lists.{list}.listProperties.nestingLevels.0.glyphType").ShouldBeEmpty();
        read.At("lists")!.AsObject()[list].Text("listProperties.nestingLevels.0.glyphType").ShouldBe("DECIMAL");
        (await sandbox.BodyAsync(token, id)).ShouldBe("one\ntwo\nthree\nafter\n");

        await sandbox.EditAsync(token, id, """{"deleteParagraphBullets":{"range":{"startIndex":1,"endIndex":30}}}""".Replace("30", "14", StringComparison.Ordinal));
        (await sandbox.ReadAsync(token, id)).At("lists").ShouldBeNull();
    }

    [Fact]
    public async Task A_table_has_docs_indexes_and_can_be_filled_grown_and_cut()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token);

        await sandbox.EditAsync(token, id, """{"insertTable":{"rows":2,"columns":2,"location":{"index":1}}}""");
        var read = await sandbox.ReadAsync(token, id);
        read.At("body.content")!.AsArray().Select(element => (element.Text("startIndex"), element.Text("endIndex"))).ShouldBe([("", "1"), ("1", "2"), ("2", "14"), ("14", "15")]);
        Starts(read).ShouldBe(["5", "7", "10", "12"]);

        // From the last cell to the first, so that indexes stay true.
        await sandbox.EditAsync(token, id, Insert(12, "d"), Insert(10, "c"), Insert(7, "b"), Insert(5, "a"));
        Cells(await sandbox.ReadAsync(token, id)).ShouldBe(["a\n", "b\n", "c\n", "d\n"]);
        const string first = """{"tableStartLocation":{"index":2},"rowIndex":0,"columnIndex":0}""";
        await sandbox.EditAsync(token, id, $$$"""{"insertTableRow":{"tableCellLocation":{{{first}}},"insertBelow":true}}""", $$$"""{"insertTableColumn":{"tableCellLocation":{{{first}}},"insertRight":true}}""");
        Cells(await sandbox.ReadAsync(token, id)).ShouldBe(["a\n", "\n", "b\n", "\n", "\n", "\n", "c\n", "\n", "d\n"]);
        await sandbox.EditAsync(token, id, """{"deleteTableRow":{"tableCellLocation":{"tableStartLocation":{"index":2},"rowIndex":1}}}""", """{"deleteTableColumn":{"tableCellLocation":{"tableStartLocation":{"index":2},"columnIndex":1}}}""");
        Cells(await sandbox.ReadAsync(token, id)).ShouldBe(["a\n", "b\n", "c\n", "d\n"]);
        await sandbox.EditAsync(token, id, """{"mergeTableCells":{"tableRange":{"tableCellLocation":{"tableStartLocation":{"index":2}},"rowSpan":1,"columnSpan":2}}}""");
        var merged = await sandbox.ReadAsync(token, id);
        merged.Text("body.content.2.table.tableRows.0.tableCells.0.tableCellStyle.columnSpan").ShouldBe("2");
        Cells(merged).ShouldBe(["a\nb\n", "\n", "c\n", "d\n"]);

        (await sandbox.EditAsync(token, id, 400, Insert(2, "x"))).Text("error.message").ShouldContain("The insertion index must be inside the bounds of an existing paragraph.");
        await sandbox.EditAsync(token, id, 400, """{"deleteContentRange":{"range":{"startIndex":1,"endIndex":2}}}""");
        await sandbox.EditAsync(token, id, 400, """{"deleteContentRange":{"range":{"startIndex":1,"endIndex":6}}}""");
        await sandbox.EditAsync(token, id, 400, """{"insertTableRow":{"tableCellLocation":{"tableStartLocation":{"index":3}}}}""");
        var end = (await sandbox.ReadAsync(token, id)).Text("body.content.2.endIndex");
        await sandbox.EditAsync(token, id, $$$$"""{"deleteContentRange":{"range":{"startIndex":1,"endIndex":{{{{end}}}}}}}""");
        (await sandbox.BodyAsync(token, id)).ShouldBe("\n");

        static string Insert(int index, string text) => $$$"""{"insertText":{"location":{"index":{{{index}}}},"text":"{{{text}}}"}}""";
        static string[] Starts(JsonNode document) => [.. document.At("body.content.2.table.tableRows")!.AsArray().SelectMany(row => row.At("tableCells")!.AsArray()).Select(cell => cell.Text("content.0.startIndex"))];
        static string[] Cells(JsonNode document) => [.. document.At("body.content.2.table.tableRows")!.AsArray().SelectMany(row => row.At("tableCells")!.AsArray()).Select(cell => DocsApp.Body(cell.At("content")))];
    }

    [Fact]
    public async Task Named_ranges_follow_their_text_and_can_be_filled()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token, text: "Dear NAME, hello");

        var made = await sandbox.EditAsync(token, id, """{"createNamedRange":{"name":"who","range":{"startIndex":6,"endIndex":10}}}""", """{"insertText":{"location":{"index":1},"text":">> "}}""");
        var range = (await sandbox.ReadAsync(token, id)).At("namedRanges.who.namedRanges.0");
        (range.Text("ranges.0.startIndex"), range.Text("ranges.0.endIndex"), range.Text("namedRangeId")).ShouldBe(("9", "13", made.Text("replies.0.createNamedRange.namedRangeId")));

        await sandbox.EditAsync(token, id, """{"replaceNamedRangeContent":{"namedRangeName":"who","text":"Jo Fern"}}""");
        (await sandbox.BodyAsync(token, id)).ShouldBe(">> Dear Jo Fern, hello\n");
        (await sandbox.ReadAsync(token, id)).Text("namedRanges.who.namedRanges.0.ranges.0.endIndex").ShouldBe("16");
        await sandbox.EditAsync(token, id, """{"deleteNamedRange":{"name":"who"}}""");
        (await sandbox.ReadAsync(token, id)).At("namedRanges").ShouldBeNull();
    }

    [Fact]
    public async Task Page_breaks_pictures_headers_and_footnotes_take_their_place()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token, text: "ab");

        var reply = await sandbox.EditAsync(token, id,
            """{"insertPageBreak":{"location":{"index":2}}}""",
            """{"insertInlineImage":{"uri":"https://northwind.example/logo.png","location":{"index":1},"objectSize":{"width":{"magnitude":50,"unit":"PT"}}}}""",
            """{"createHeader":{"type":"DEFAULT"}}""",
            """{"createFootnote":{"endOfSegmentLocation":{}}}""");
        var (picture, header, note) = (reply.Text("replies.1.insertInlineImage.objectId"), reply.Text("replies.2.createHeader.headerId"), reply.Text("replies.3.createFootnote.footnoteId"));
        await sandbox.EditAsync(token, id,
            $$$"""{"insertText":{"location":{"segmentId":"{{{header}}}","index":0},"text":"on every page"}}""",
            $$$"""{"insertText":{"endOfSegmentLocation":{"segmentId":"{{{note}}}"},"text":"see dock 4"}}""",
            """{"replaceAllText":{"containsText":{"text":"dock 4","matchCase":true},"replaceText":"dock 2"}}""");

        var read = await sandbox.ReadAsync(token, id);
        read.At("inlineObjects")!.AsObject()[picture].Text("inlineObjectProperties.embeddedObject.imageProperties.sourceUri").ShouldBe("https://northwind.example/logo.png");
        DocsApp.Body(read.At("headers")!.AsObject()[header].At("content")).ShouldBe("on every page\n");
        DocsApp.Body(read.At("footnotes")!.AsObject()[note].At("content")).ShouldBe(" see dock 2\n");
        read.Text("documentStyle.defaultHeaderId").ShouldBe(header);
        read.At("body.content")!.ToJsonString().ShouldContain("\"pageBreak\"");
        (await sandbox.BodyAsync(token, id)).ShouldBe("a\nb\n");
        (await sandbox.EditAsync(token, id, 400, """{"createHeader":{"type":"DEFAULT"}}""")).Text("error.message").ShouldContain("already exists");
    }

    [Theory]
    [InlineData("""{"insertText":{"location":{"index":0},"text":"x"}}""", "must be inside the bounds of an existing paragraph")]
    [InlineData("""{"insertText":{"location":{"index":1}}}""", "Insertion text must not be empty")]
    [InlineData("""{"insertText":{"text":"x"}}""", "The insertion location must be specified")]
    [InlineData("""{"insertText":{"text":"x","location":{"index":1,"segmentId":"none"}}}""", "Segment with ID none was not found")]
    [InlineData("""{"insertText":{"text":"x","index":1}}""", "Unknown name \"index\" at 'requests[0].insert_text'")]
    [InlineData("""{"insertWords":{"text":"x"}}""", "Unknown name \"insertWords\" at 'requests[0]'")]
    [InlineData("""{}""", "No request set")]
    [InlineData("""{"insertText":{"location":{"index":3},"text":"x"}}""", "cannot be within a grapheme cluster")]
    [InlineData("""{"deleteContentRange":{"range":{"startIndex":1,"endIndex":6}}}""", "The range cannot include the newline character at the end of the segment")]
    [InlineData("""{"deleteContentRange":{"range":{"startIndex":0,"endIndex":3}}}""", "Cannot delete the requested range")]
    [InlineData("""{"deleteContentRange":{"range":{"startIndex":1,"endIndex":60}}}""", "must be less than the end index of the referenced segment")]
    [InlineData("""{"updateTextStyle":{"range":{"startIndex":1,"endIndex":2},"textStyle":{"bold":true}}}""", "At least one field must be listed in 'fields'")]
    [InlineData("""{"updateTextStyle":{"range":{"startIndex":1,"endIndex":2},"textStyle":{"bold":true},"fields":"boldness"}}""", "boldness")]
    [InlineData("""{"updateParagraphStyle":{"range":{"startIndex":1,"endIndex":2},"paragraphStyle":{"namedStyleType":"HUGE"},"fields":"namedStyleType"}}""", "HUGE")]
    [InlineData("""{"createParagraphBullets":{"range":{"startIndex":1,"endIndex":2},"bulletPreset":"STARS"}}""", "STARS")]
    [InlineData("""{"insertTable":{"rows":0,"columns":2,"location":{"index":1}}}""", "at least 1")]
    [InlineData("""{"insertInlineImage":{"uri":"file:///etc/passwd","location":{"index":1}}}""", "problem retrieving the image")]
    public async Task A_request_that_docs_refuses_says_which_and_why(string request, string words)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token, text: "a🎉b");

        (await sandbox.EditAsync(token, id, 400, request)).Text("error.message").ShouldContain(words);
        (await sandbox.BodyAsync(token, id)).ShouldBe("a🎉b\n");
    }

    [Fact]
    public async Task Who_may_open_a_document_is_decided_by_scope_app_and_sharing()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        await sandbox.RegisterAsync("google", "client-2");
        var owner = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(owner, text: "words");
        var reader = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("documents.readonly"));
        var stranger = await sandbox.ConnectGoogleAsync(DriveApp.FileScope, client: "client-2");
        var tom = await sandbox.ConnectGoogleAsync(DocsApp.Scope, "tom@");

        (await sandbox.BodyAsync(reader, id)).ShouldBe("words\n");
        (await sandbox.EditAsync(reader, id, 403, """{"insertText":{"location":{"index":1},"text":"x"}}""")).Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        (await sandbox.DocsAsync(stranger, HttpMethod.Get, "/" + id, status: 404)).Text("error.status").ShouldBe("NOT_FOUND");
        (await sandbox.DocsAsync(tom, HttpMethod.Get, "/" + id, status: 403)).Text("error.message").ShouldBe("The caller does not have permission");
        await sandbox.DriveAsync(owner, HttpMethod.Post, $"/files/{id}/permissions", new JsonObject { ["type"] = "user", ["role"] = "reader", ["emailAddress"] = "tom@northwind.example" });
        var seen = await sandbox.ReadAsync(tom, id);
        seen.At("revisionId").ShouldBeNull();
        await sandbox.EditAsync(tom, id, 403, """{"insertText":{"location":{"index":1},"text":"x"}}""");
        (await sandbox.DocsAsync(tom, HttpMethod.Get, "/1missing", status: 404)).Text("error.message").ShouldBe("Requested entity was not found.");
        var folder = await sandbox.CreateFileAsync(owner, "f", DriveApp.Folder);
        (await sandbox.DocsAsync(owner, HttpMethod.Get, "/" + folder, status: 400)).Text("error.status").ShouldBe("FAILED_PRECONDITION");
    }

    [Fact]
    public async Task Names_and_modes_that_docs_does_not_know_are_refused()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var id = await sandbox.NewDocumentAsync(token);

        (await sandbox.DocsAsync(token, HttpMethod.Post, "", new JsonObject { ["name"] = "x" }, 400)).Text("error.message").ShouldContain("Unknown name \"name\"");
        (await sandbox.DocsAsync(token, HttpMethod.Post, $"/{id}:batchUpdate", new JsonObject { ["request"] = new JsonArray() }, 400)).Text("error.message").ShouldContain("Unknown name \"request\"");
        (await sandbox.DocsAsync(token, HttpMethod.Post, $"/{id}:batchUpdate", new JsonObject { ["requests"] = new JsonArray() }, 400)).Text("error.message").ShouldBe("Must specify at least one request.");
        await sandbox.DocsAsync(token, HttpMethod.Get, $"/{id}?suggestionsViewMode=ALL", status: 400);
        (await sandbox.DocsAsync(token, HttpMethod.Get, $"/{id}?suggestionsViewMode=PREVIEW_WITHOUT_SUGGESTIONS")).Text("suggestionsViewMode").ShouldBe("PREVIEW_WITHOUT_SUGGESTIONS");
        (await sandbox.GoogleAsync(token, HttpMethod.Get, "docs.googleapis.com/v2/documents")).Status.ShouldBe(404);
        (await sandbox.GoogleAsync("", HttpMethod.Get, $"docs.googleapis.com/v1/documents/{id}")).Body.Text("error.status").ShouldBe("UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_document_is_exported_imported_copied_searched_and_shown_in_tabs()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var made = await sandbox.UploadAsync(token, new JsonObject { ["name"] = "From markdown", ["mimeType"] = DriveApp.Document },
            "# Review\nDone by **Mara**\n- first\n- second\n"u8.ToArray(), "text/markdown");
        var id = made.Text("id");
        made.Text("mimeType").ShouldBe(DriveApp.Document);

        var read = await sandbox.ReadAsync(token, id);
        DocsApp.Paragraph(read, "Review").Text("paragraph.paragraphStyle.namedStyleType").ShouldBe("HEADING_1");
        DocsApp.Paragraph(read, "second").At("paragraph.bullet").ShouldNotBeNull();
        (await sandbox.DownloadAsync(token, $"/files/{id}/export?mimeType=text/plain")).ShouldBe("Review\r\nDone by Mara\r\n* first\r\n* second");
        (await sandbox.DownloadAsync(token, $"/files/{id}/export?mimeType=text/markdown")).ShouldBe("# Review\n\nDone by **Mara**\n\n* first\n* second\n");
        (await sandbox.DownloadAsync(token, $"/files/{id}/export?mimeType=text/html")).ShouldContain("<h1>Review</h1><p>Done by <b>Mara</b></p>");
        (await sandbox.DownloadAsync(token, $"/files/{id}/export?mimeType=application/pdf")).ShouldStartWith("%PDF-1.4");
        (await sandbox.DownloadAsync(token, $"/files/{id}/export?mimeType=application/vnd.openxmlformats-officedocument.wordprocessingml.document")).ShouldStartWith("PK");
        (await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{id}/export?mimeType=image/png", status: 400)).Text("error.message").ShouldBe("The requested conversion is not supported.");
        await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{id}?alt=media", status: 403);

        var copy = (await sandbox.DriveAsync(token, HttpMethod.Post, $"/files/{id}/copy", new JsonObject { ["name"] = "A copy" })).Text("id");
        await sandbox.EditAsync(token, copy, """{"replaceAllText":{"containsText":{"text":"Mara"},"replaceText":"Tom"}}""");
        (await sandbox.FindAsync(token, "fullText contains 'tom'")).ShouldBe(["A copy"]);
        (await sandbox.FindAsync(token, "fullText contains 'mara'")).ShouldBe(["From markdown"]);
        var tabs = await sandbox.DocsAsync(token, HttpMethod.Get, $"/{copy}?includeTabsContent=true");
        tabs.At("body").ShouldBeNull();
        DocsApp.Body(tabs.At("tabs.0.documentTab.body.content")).ShouldContain("Done by Tom");
        (await sandbox.DocsAsync(token, HttpMethod.Get, $"/{copy}?fields=title,body/content/endIndex")).ToJsonString().ShouldStartWith("""{"title":"A copy","body":{"content":[{"endIndex":1},""");
    }
}
