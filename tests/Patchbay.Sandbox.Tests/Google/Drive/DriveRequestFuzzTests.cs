using System.Text;
using FsCheck.Fluent;
using Patchbay.Sandbox.Tests.Google.Docs;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

public sealed class DriveRequestFuzzTests
{
    private static readonly string[] Values = ["null", "1", "-1", "1.5", "\"\"", "\"x\"", "true", "[]", "[1]", "{}", "{\"a\":1}", "\"2026-13-45T99:00:00Z\"", "1e99", "\"\\ud83c\"", "[[\"deep\"]]"];

    private static readonly string[] Names =
    [
        "name", "mimeType", "parents", "properties", "appProperties", "shortcutDetails", "contentHints", "createdTime", "starred", "trashed", "id", "role", "type", "emailAddress", "expirationTime", "address", "expiration",
        "requests", "writeControl", "title", "kind",
    ];

    private static readonly string[] Requests =
    [
        "insertText", "deleteContentRange", "replaceAllText", "updateTextStyle", "updateParagraphStyle", "createParagraphBullets", "deleteParagraphBullets", "insertTable", "insertTableRow", "deleteTableColumn", "mergeTableCells",
        "updateTableCellStyle", "updateTableRowStyle", "updateTableColumnProperties", "pinTableHeaderRows", "createNamedRange", "deleteNamedRange", "replaceNamedRangeContent", "insertInlineImage", "replaceImage", "insertPerson",
        "createHeader", "createFooter", "deleteHeader", "createFootnote", "updateDocumentStyle", "updateSectionStyle", "insertPageBreak", "insertSectionBreak", "deletePositionedObject",
    ];

    private static readonly string[] Members =
    [
        "location", "endOfSegmentLocation", "text", "range", "containsText", "replaceText", "textStyle", "paragraphStyle", "fields", "bulletPreset", "rows", "columns", "tableCellLocation", "tableRange", "tableStartLocation",
        "rowIndices", "columnIndices", "name", "namedRangeId", "namedRangeName", "uri", "objectSize", "personProperties", "type", "headerId", "documentStyle", "sectionStyle", "sectionType", "tableCellStyle", "pinnedHeaderRowsCount",
    ];

    private static readonly string[] Good =
    [
        "{\"index\":1}", "{\"index\":\"2\",\"segmentId\":7}", "{\"startIndex\":1,\"endIndex\":3}", "{\"startIndex\":{},\"endIndex\":[]}", "\"*\"", "\"bold\"", "{\"bold\":\"yes\",\"fontSize\":3}", "{\"namedStyleType\":7}", "{\"text\":\"a\"}",
        "{\"tableStartLocation\":{\"index\":4},\"rowIndex\":-1}", "{\"email\":\"a@b\"}", "\"https://x.example/a.png\"", "\"DEFAULT\"", "2",
    ];

    [Fact]
    public async Task No_body_makes_drive_or_docs_fail()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.Full);
        var file = await sandbox.CreateFileAsync(token, "a");
        var document = await sandbox.NewDocumentAsync(token, text: "ab\ncd");
        await sandbox.EditAsync(token, document, """{"insertTable":{"rows":1,"columns":2,"location":{"index":3}}}""");
        (HttpMethod Method, string Path)[] calls =
        [
            (HttpMethod.Post, "www.googleapis.com/drive/v3/files"), (HttpMethod.Patch, $"www.googleapis.com/drive/v3/files/{file}"), (HttpMethod.Post, $"www.googleapis.com/drive/v3/files/{file}/copy"),
            (HttpMethod.Post, $"www.googleapis.com/drive/v3/files/{file}/permissions"), (HttpMethod.Post, $"www.googleapis.com/drive/v3/files/{file}/watch"), (HttpMethod.Post, "www.googleapis.com/upload/drive/v3/files?uploadType=resumable"),
            (HttpMethod.Post, "docs.googleapis.com/v1/documents"), (HttpMethod.Post, $"docs.googleapis.com/v1/documents/{document}:batchUpdate"),
        ];
        var value = Gen.Elements((string[])[.. Values, .. Good]);
        var flat = Gen.Elements(Names).SelectMany(name => value.Select(text => $"\"{name}\":{text}")).ListOf().Select(list => "{" + string.Join(',', list) + "}");
        var batch = from name in Gen.Elements(Requests)
                    from members in Gen.Elements(Members).SelectMany(member => value.Select(text => $"\"{member}\":{text}")).ListOf()
                    select "{\"requests\":[{\"" + name + "\":{" + string.Join(',', members.DistinctBy(member => member.Split(':')[0])) + "}}]}";

        foreach (var (method, path) in calls)
        {
            foreach (var body in (path.EndsWith(":batchUpdate", StringComparison.Ordinal) ? batch.Sample(400) : flat.Sample(40)).Prepend("[").Prepend("{\"a\":1,\"a\":2}"))
            {
                using var response = await sandbox.SendAsync(token, method, path, new StringContent(body, Encoding.UTF8, "application/json"));
                ((int)response.StatusCode).ShouldBeLessThan(500, $"{path} {body}");
            }
        }

        (await sandbox.ReadAsync(token, document)).ShouldNotBeNull();
    }
}
