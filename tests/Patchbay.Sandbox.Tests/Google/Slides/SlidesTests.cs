using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Slides;

public sealed class SlidesTests
{
    private const string TwoPlaces = """
        {"createSlide":{"objectId":"slide_kpi","slideLayoutReference":{"predefinedLayout":"TITLE_AND_BODY"},"placeholderIdMappings":[
        {"layoutPlaceholder":{"type":"TITLE","index":0},"objectId":"title_kpi"},{"layoutPlaceholder":{"type":"BODY","index":0},"objectId":"body_kpi"}]}}
        """;

    [Fact]
    public async Task A_presentation_is_made_filled_and_read_back()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.file"));
        var made = await sandbox.SlidesAsync(token, "POST", "", new JsonObject { ["title"] = "This week" });
        var id = made.Text("presentationId");
        (made.Text("title"), made["slides"]!.AsArray().Count, made.Text("slides.0.pageElements.0.shape.placeholder.type")).ShouldBe(("This week", 1, "CENTERED_TITLE"));
        made["layouts"]!.AsArray().Count.ShouldBe(11);

        var reply = await sandbox.ChangeAsync(token, id,
        [
            TwoPlaces,
            """{"insertText":{"objectId":"title_kpi","text":"Revenue"}}""",
            """{"insertText":{"objectId":"body_kpi","text":"up 4 %\nin May"}}""",
            """{"insertText":{"objectId":"title_kpi","insertionIndex":7,"text":" grows"}}""",
            """{"updateTextStyle":{"objectId":"title_kpi","textRange":{"type":"FIXED_RANGE","startIndex":0,"endIndex":7},"style":{"bold":true},"fields":"bold"}}""",
            """{"createParagraphBullets":{"objectId":"body_kpi","textRange":{"type":"ALL"},"bulletPreset":"BULLET_DISC_CIRCLE_SQUARE"}}""",
        ]);
        reply.Text("replies.0.createSlide.objectId").ShouldBe("slide_kpi");
        reply.At("replies.1")!.ToJsonString().ShouldBe("{}");

        var title = (await sandbox.ElementAsync(token, id, "title_kpi"))["shape"]!["text"];
        title.Words().ShouldBe("Revenue grows\n");
        title!["textElements"]!.AsArray().Select(element => $"{element.Text("startIndex")}-{element.Text("endIndex")} {element.Text("textRun.style.bold")}").ShouldBe(["-14 ", "-7 true", "7-14 "]);
        (await sandbox.ElementAsync(token, id, "body_kpi")).At("shape.text.textElements.0.paragraphMarker.bullet").ShouldNotBeNull();
        (await sandbox.SlidesAsync(token, "GET", $"/{id}/pages/slide_kpi")).Text("objectId").ShouldBe("slide_kpi");
        (await sandbox.SlidesAsync(token, "GET", $"/{id}?fields=slides.objectId")).ToJsonString().ShouldBe("{\"slides\":[{\"objectId\":\"" + made.Text("slides.0.objectId") + "\"},{\"objectId\":\"slide_kpi\"}]}");
    }

    [Fact]
    public async Task A_template_is_copied_in_drive_and_its_words_and_pictures_replaced()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.file"));
        var template = await sandbox.NewPresentationAsync(token);
        await sandbox.ChangeAsync(token, template,
        [
            TwoPlaces, """{"insertText":{"objectId":"title_kpi","text":"{{Customer}} and {{customer}}"}}""",
            """{"createTable":{"objectId":"table_kpi","elementProperties":{"pageObjectId":"slide_kpi"},"rows":2,"columns":2}}""",
            """{"insertText":{"objectId":"table_kpi","cellLocation":{"rowIndex":1,"columnIndex":0},"text":"for {{customer}}"}}""",
            """{"createShape":{"objectId":"logo_kpi","shapeType":"RECTANGLE","elementProperties":{"pageObjectId":"slide_kpi","size":{"width":{"magnitude":100,"unit":"PT"},"height":{"magnitude":50,"unit":"PT"}},"transform":{"scaleX":1,"scaleY":1,"translateX":10,"translateY":20,"unit":"PT"}}}}""",
            """{"insertText":{"objectId":"logo_kpi","text":"{{logo}}"}}""",
        ]);
        var (_, copy, _) = await sandbox.GoogleAsync(token, HttpMethod.Post, $"www.googleapis.com/drive/v3/files/{template}/copy", new JsonObject { ["name"] = "For Fern" });
        var id = copy.Text("id");

        var reply = await sandbox.ChangeAsync(token, id,
        [
            """{"replaceAllText":{"containsText":{"text":"{{customer}}"},"replaceText":"Fern & Co"}}""",
            """{"replaceAllText":{"containsText":{"text":"{{NONE}}","matchCase":true},"replaceText":"x"}}""",
            """{"replaceAllShapesWithImage":{"containsText":{"text":"{{logo}}"},"imageUrl":"https://fern.example/logo.png"}}""",
        ]);
        reply.Text("replies.0.replaceAllText.occurrencesChanged").ShouldBe("3");
        reply.At("replies.1.replaceAllText.occurrencesChanged").ShouldBeNull();
        reply.Text("replies.2.replaceAllShapesWithImage.occurrencesChanged").ShouldBe("1");
        (await sandbox.ElementAsync(token, id, "title_kpi")).At("shape.text").Words().ShouldBe("Fern & Co and Fern & Co\n");
        (await sandbox.ElementAsync(token, id, "table_kpi")).At("table.tableRows.1.tableCells.0.text").Words().ShouldBe("for Fern & Co\n");
        var logo = await sandbox.ElementAsync(token, id, "logo_kpi");
        (logo.At("shape"), logo.Text("image.sourceUrl"), logo.Text("size.width.magnitude"), logo.Text("transform.translateY")).ShouldBe((null, "https://fern.example/logo.png", "1270000", "254000"));
        (await sandbox.ElementAsync(token, template, "title_kpi")).At("shape.text").Words().ShouldContain("{{customer}}");
        (await sandbox.SlidesAsync(token, "GET", $"/{id}")).Text("title").ShouldBe("For Fern");
    }

    [Fact]
    public async Task Slides_and_elements_are_duplicated_moved_grouped_and_deleted()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSlidesAsync();
        var id = await sandbox.NewPresentationAsync(token);
        var first = (await sandbox.SlidesAsync(token, "GET", $"/{id}")).Text("slides.0.objectId");
        await sandbox.ChangeAsync(token, id,
        [
            TwoPlaces, """{"insertText":{"objectId":"title_kpi","text":"One"}}""",
            """{"duplicateObject":{"objectId":"slide_kpi","objectIds":{"slide_kpi":"slide_copy","title_kpi":"title_copy"}}}""",
            """{"deleteText":{"objectId":"title_copy","textRange":{"type":"ALL"}}}""", """{"insertText":{"objectId":"title_copy","text":"Two"}}""",
            """{"updateSlidesPosition":{"slideObjectIds":["slide_copy"],"insertionIndex":0}}""",
            """{"createLine":{"objectId":"line_one","category":"STRAIGHT","elementProperties":{"pageObjectId":"slide_kpi"}}}""",
            """{"createImage":{"objectId":"image_one","url":"https://a.example/b.png","elementProperties":{"pageObjectId":"slide_kpi"}}}""",
            """{"groupObjects":{"groupObjectId":"group_one","childrenObjectIds":["line_one","image_one"]}}""",
            "{\"deleteObject\":{\"objectId\":\"" + first + "\"}}",
        ]);
        var deck = await sandbox.SlidesAsync(token, "GET", $"/{id}");
        deck["slides"]!.AsArray().Select(slide => slide.Text("objectId")).ShouldBe(["slide_copy", "slide_kpi"]);
        (await sandbox.ElementAsync(token, id, "title_copy")).At("shape.text").Words().ShouldBe("Two\n");
        (await sandbox.ElementAsync(token, id, "group_one"))["elementGroup"]!["children"]!.AsArray().Count.ShouldBe(2);
        await sandbox.ChangeAsync(token, id, ["""{"ungroupObjects":{"objectIds":["group_one"]}}""", """{"deleteObject":{"objectId":"line_one"}}""",
            """{"updatePageElementTransform":{"objectId":"image_one","applyMode":"RELATIVE","transform":{"scaleX":2,"scaleY":2,"translateX":5,"unit":"EMU"}}}"""]);
        (await sandbox.ElementAsync(token, id, "image_one")).Text("transform.translateX").ShouldBe("5");
    }

    [Fact]
    public async Task Tables_gain_and_lose_rows()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSlidesAsync();
        var id = await sandbox.NewPresentationAsync(token);
        await sandbox.ChangeAsync(token, id,
        [
            TwoPlaces, """{"createTable":{"objectId":"table_kpi","elementProperties":{"pageObjectId":"slide_kpi"},"rows":2,"columns":3}}""",
            """{"insertText":{"objectId":"table_kpi","cellLocation":{"rowIndex":1,"columnIndex":2},"text":"last"}}""",
            """{"insertTableRows":{"tableObjectId":"table_kpi","cellLocation":{"rowIndex":0},"insertBelow":true,"number":2}}""",
            """{"deleteTableColumn":{"tableObjectId":"table_kpi","cellLocation":{"columnIndex":0}}}""",
            """{"updateTableCellProperties":{"objectId":"table_kpi","tableRange":{"location":{},"rowSpan":1,"columnSpan":2},"tableCellProperties":{"contentAlignment":"MIDDLE"},"fields":"contentAlignment"}}""",
        ]);
        var table = (await sandbox.ElementAsync(token, id, "table_kpi"))["table"]!;
        (table.Text("rows"), table.Text("columns"), table.At("tableRows.3.tableCells.1.text").Words(), table.Text("tableRows.0.tableCells.1.tableCellProperties.contentAlignment")).ShouldBe(("4", "2", "last\n", "MIDDLE"));
    }

    [Theory]
    [InlineData("""{"insertText":{"objectId":"nothing_here","text":"x"}}""", "Invalid requests[1].insertText: The object (nothing_here) could not be found.")]
    [InlineData("""{"insertText":{"objectId":"title_kpi","insertionIndex":9,"text":"x"}}""", "Invalid requests[1].insertText: The insertion index (9) should not be greater than the existing text length (0).")]
    [InlineData("""{"createSlide":{"objectId":"slide_kpi"}}""", "Invalid requests[1].createSlide: The object ID (slide_kpi) should be unique among all pages and page elements in the presentation.")]
    [InlineData("""{"createSlide":{"objectId":"x"}}""", "Invalid requests[1].createSlide: The object ID (x) should be between 5 and 50 characters, start with a letter, a digit or an underscore, and contain only those, hyphens and colons.")]
    [InlineData("""{"createSlide":{"slideLayoutReference":{"predefinedLayout":"FANCY"}}}""", "Invalid requests[1].createSlide: The predefined layout (FANCY) is not present in the current master.")]
    [InlineData("""{"createSlide":{"insertionIndex":7}}""", "Invalid requests[1].createSlide: The insertion index (7) should be between 0 and the number of slides (2).")]
    [InlineData("""{"frob":{}}""", "Invalid JSON payload received. Unknown name \"frob\" at 'requests[1]': Cannot find field.")]
    [InlineData("""{"updateTextStyle":{"objectId":"title_kpi","style":{}}}""", "Invalid requests[1].updateTextStyle: At least one field must be listed in 'fields'.")]
    public async Task A_batch_with_one_wrong_request_changes_nothing(string wrong, string message)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSlidesAsync();
        var id = await sandbox.NewPresentationAsync(token);
        (await sandbox.ChangeAsync(token, id, [TwoPlaces, wrong], 400)).Text("error.message").ShouldBe(message);
        (await sandbox.SlidesAsync(token, "GET", $"/{id}"))["slides"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_revision_guards_a_batch_and_scopes_and_owners_guard_the_presentation()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSlidesAsync();
        var id = await sandbox.NewPresentationAsync(token);
        var revision = (await sandbox.SlidesAsync(token, "GET", $"/{id}")).Text("revisionId");
        JsonObject Guarded() => new() { ["requests"] = new JsonArray(JsonNode.Parse("""{"createSlide":{}}""")), ["writeControl"] = new JsonObject { ["requiredRevisionId"] = revision } };
        (await sandbox.SlidesAsync(token, "POST", $"/{id}:batchUpdate", Guarded())).Text("writeControl.requiredRevisionId").ShouldNotBe(revision);
        await sandbox.SlidesAsync(token, "POST", $"/{id}:batchUpdate", Guarded(), 400);

        var lena = await sandbox.ConnectSlidesAsync("lena@");
        (await sandbox.SlidesAsync(lena, "GET", $"/{id}", status: 403)).Text("error.status").ShouldBe("PERMISSION_DENIED");
        var narrow = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.file"));
        await sandbox.SlidesAsync(narrow, "GET", $"/{id}"); // the same client made it for the same account
        await sandbox.SlidesAsync(token, "GET", "/no-such-presentation", status: 404);
        await sandbox.SlidesAsync(token, "GET", $"/{id}/pages/no_such_page", status: 404);
    }

    [Fact]
    public async Task A_thumbnail_is_a_picture_for_half_an_hour()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSlidesAsync();
        var id = await sandbox.NewPresentationAsync(token);
        var page = (await sandbox.SlidesAsync(token, "GET", $"/{id}")).Text("slides.0.objectId");
        var thumbnail = await sandbox.SlidesAsync(token, "GET", $"/{id}/pages/{page}/thumbnail?thumbnailProperties.thumbnailSize=MEDIUM");
        (thumbnail.Text("width"), thumbnail.Text("height")).ShouldBe(("800", "450"));
        var address = new Uri("/" + thumbnail.Text("contentUrl")["https://".Length..], UriKind.Relative);
        var picture = await sandbox.Http.GetByteArrayAsync(address);
        picture[1..4].ShouldBe("PNG"u8.ToArray());
        sandbox.Time.Advance(TimeSpan.FromMinutes(31));
        using var late = await sandbox.Http.GetAsync(address);
        ((int)late.StatusCode).ShouldBe(404);
        await sandbox.SlidesAsync(await sandbox.ConnectSlidesAsync(), "GET", $"/{id}/pages/{page}/thumbnail?thumbnailProperties.thumbnailSize=HUGE", status: 400);
    }

    [Fact]
    public async Task The_page_shows_text_as_text_and_a_person_can_add_a_slide()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSlidesAsync();
        var id = await sandbox.NewPresentationAsync(token);
        await sandbox.ChangeAsync(token, id, [TwoPlaces, """{"insertText":{"objectId":"title_kpi","text":"<script>alert(1)</script>\"><img src=x onerror=alert(1)>"}}"""]);
        var page = await sandbox.Http.GetStringAsync(new Uri($"/world/slides?presentation={id}", UriKind.Relative));
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script>");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("style=\"");
        Regex.Count(page, "<h1").ShouldBe(1);
        var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
        using var response = await sandbox.Http.PostAsync(new Uri("/world/slides/add", UriKind.Relative), new FormUrlEncodedContent(
            new Dictionary<string, string> { ["guard"] = guard, ["presentation"] = id, ["title"] = "By hand", ["body"] = "text" }));
        ((int)response.StatusCode).ShouldBe(302);
        (await sandbox.SlidesAsync(token, "GET", $"/{id}")).At("slides.2.pageElements.0.shape.text").Words().ShouldBe("By hand\n");
    }
}
