using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Requests;

/// <summary>Pictures, people, headers, footers and footnotes.</summary>
internal sealed class ObjectRequests : IDocsRequests
{
    public IEnumerable<DocsRequest> Requests =>
    [
        new("insertInlineImage", ["uri", "objectSize", "location", "endOfSegmentLocation"], Picture),
        new("replaceImage", ["imageObjectId", "uri", "imageReplaceMethod", "tabId"], ReplacePicture),
        new("insertPerson", ["personProperties", "location", "endOfSegmentLocation"], Person),
        new("createHeader", ["type", "sectionBreakLocation"], (edit, request) => Margin(edit, request, "header")),
        new("createFooter", ["type", "sectionBreakLocation"], (edit, request) => Margin(edit, request, "footer")),
        new("deleteHeader", ["headerId", "tabId"], (edit, request) => Drop(edit, request.Text("headerId"), "header")),
        new("deleteFooter", ["footerId", "tabId"], (edit, request) => Drop(edit, request.Text("footerId"), "footer")),
        new("createFootnote", ["location", "endOfSegmentLocation"], Footnote),
        new("deletePositionedObject", ["objectId", "tabId"], (_, request) => DocsOutcome.No($"The positioned object {request.Text("objectId")} was not found.")),
    ];

    private static DocsOutcome Picture(DocsEdit edit, JsonObject request)
    {
        if (Problem(request.Text("uri")) is { } problem)
            return DocsOutcome.No(problem);
        var (segment, index, refusal) = edit.Place(request);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        if (segment.Kind == "footnote")
            return DocsOutcome.No("Inline images cannot be inserted in footnotes.");
        var id = edit.Document.NewId("kix.");
        edit.Document.Pictures[id] = new JsonObject
        {
            ["imageProperties"] = new JsonObject { ["contentUri"] = request.Text("uri"), ["sourceUri"] = request.Text("uri"), ["cropProperties"] = new JsonObject() },
            ["size"] = request["objectSize"]?.DeepClone() ?? new JsonObject { ["height"] = DocsStyles.Points(100), ["width"] = DocsStyles.Points(100) },
        }.ToJsonString();
        segment.Insert(index, [new DocUnit(DocMarks.Picture, DocsEdit.StyleAt(segment, index), new DocMark { ObjectId = id })]);
        return DocsOutcome.With(new JsonObject { ["insertInlineImage"] = new JsonObject { ["objectId"] = id } });
    }

    private static DocsOutcome ReplacePicture(DocsEdit edit, JsonObject request)
    {
        if (Problem(request.Text("uri")) is { } problem)
            return DocsOutcome.No(problem);
        if (request.Text("imageObjectId") is not { } id || !edit.Document.Pictures.TryGetValue(id, out var before))
            return DocsOutcome.No($"The image {request.Text("imageObjectId")} was not found.");
        var properties = (JsonObject)JsonNode.Parse(before)!;
        properties["imageProperties"] = new JsonObject { ["contentUri"] = request.Text("uri"), ["sourceUri"] = request.Text("uri"), ["cropProperties"] = new JsonObject() };
        edit.Document.Pictures[id] = properties.ToJsonString();
        return DocsOutcome.Done;
    }

    private static DocsOutcome Person(DocsEdit edit, JsonObject request)
    {
        if (request["personProperties"].Text("email") is not { Length: > 0 } email || !email.Contains('@', StringComparison.Ordinal))
            return DocsOutcome.No("The person's email must be specified.");
        var (segment, index, refusal) = edit.Place(request);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        var properties = new JsonObject { ["email"] = email, ["name"] = request["personProperties"].Text("name") ?? email };
        segment.Insert(index, [new DocUnit(DocMarks.Person, DocsEdit.StyleAt(segment, index), new DocMark { Style = properties.ToJsonString(Json.Options), ObjectId = edit.Document.NewId("kix.") })]);
        return DocsOutcome.Done;
    }

    private static DocsOutcome Margin(DocsEdit edit, JsonObject request, string kind)
    {
        if (request.Text("type") is { } type and not "DEFAULT")
            return DocsOutcome.No($"Invalid {kind} type: {type}.");
        if (edit.Document.Segments.Any(segment => segment.Kind == kind))
            return DocsOutcome.No($"Default {kind} already exists.");
        var id = edit.Document.NewId("kix.");
        edit.Document.Add(DocSegment.Empty(id, kind));
        var upper = char.ToUpperInvariant(kind[0]) + kind[1..];
        return DocsOutcome.With(new JsonObject { [$"create{upper}"] = new JsonObject { [$"{kind}Id"] = id } });
    }

    private static DocsOutcome Drop(DocsEdit edit, string? id, string kind)
    {
        if (edit.Document.Segments.FirstOrDefault(segment => segment.Kind == kind && segment.Id == id) is not { } found)
            return DocsOutcome.No($"The {kind} {id} was not found.");
        edit.Document.Drop(found);
        return DocsOutcome.Done;
    }

    private static DocsOutcome Footnote(DocsEdit edit, JsonObject request)
    {
        var (segment, index, refusal) = edit.Place(request);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        if (segment.Kind != "body")
            return DocsOutcome.No("Footnotes can only be inserted in the body.");
        var note = DocSegment.Empty(edit.Document.NewId("kix."), "footnote");
        // It begins with a space, as Docs has it.
        note.Insert(0, [new DocUnit(' ', DocUnit.Plain)]);
        edit.Document.Add(note);
        segment.Insert(index, [new DocUnit(DocMarks.Footnote, DocUnit.Plain, new DocMark { ObjectId = note.Id })]);
        return DocsOutcome.With(new JsonObject { ["createFootnote"] = new JsonObject { ["footnoteId"] = note.Id } });
    }

    private static string? Problem(string? uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && uri!.Length <= 2048
            ? null
            : "There was a problem retrieving the image. The provided image should be publicly accessible, within size limit, and in supported formats.";
}
