using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Docs;

/// <summary>Calls to Docs as an app makes them.</summary>
internal static class DocsApp
{
    public const string Scope = "https://www.googleapis.com/auth/documents";

    public static async Task<JsonNode> DocsAsync(this Playground sandbox, string token, HttpMethod method, string path, JsonNode? body = null, int status = 200)
    {
        var (got, reply, _) = await sandbox.GoogleAsync(token, method, "docs.googleapis.com/v1/documents" + path, body);
        got.ShouldBe(status, reply?.ToJsonString());
        return reply!;
    }

    public static async Task<string> NewDocumentAsync(this Playground sandbox, string token, string title = "A document", string text = "")
    {
        var id = (await sandbox.DocsAsync(token, HttpMethod.Post, "", new JsonObject { ["title"] = title })).Text("documentId");
        if (text.Length > 0)
            await sandbox.EditAsync(token, id, $$$"""{"insertText":{"location":{"index":1},"text":{{{JsonValue.Create(text).ToJsonString()}}}}}""");
        return id;
    }

    /// <summary>One batch; each request as JSON.</summary>
    public static Task<JsonNode> EditAsync(this Playground sandbox, string token, string id, params string[] requests) => sandbox.EditAsync(token, id, 200, requests);

    public static Task<JsonNode> EditAsync(this Playground sandbox, string token, string id, int status, params string[] requests) =>
        sandbox.DocsAsync(token, HttpMethod.Post, $"/{id}:batchUpdate", new JsonObject { ["requests"] = new JsonArray([.. requests.Select(request => JsonNode.Parse(request))]) }, status);

    public static Task<JsonNode> ReadAsync(this Playground sandbox, string token, string id) => sandbox.DocsAsync(token, HttpMethod.Get, "/" + id);

    /// <summary>Text of the body, tables included; structure is not shown.</summary>
    public static async Task<string> BodyAsync(this Playground sandbox, string token, string id) => Body((await sandbox.ReadAsync(token, id)).At("body.content"));

    public static string Body(JsonNode? content) => string.Concat(content!.AsArray().Select(element =>
        string.Concat((element.At("paragraph.elements") as JsonArray ?? []).Select(run => run.Text("textRun.content")))
        + string.Concat((element.At("table.tableRows") as JsonArray ?? []).SelectMany(row => row.At("tableCells")!.AsArray()).Select(cell => Body(cell.At("content"))))));

    /// <summary>The element that holds a text.</summary>
    public static JsonNode Paragraph(JsonNode document, string text) =>
        document.At("body.content")!.AsArray().First(element => Body(new JsonArray(element!.DeepClone())).Contains(text, StringComparison.Ordinal))!;
}
