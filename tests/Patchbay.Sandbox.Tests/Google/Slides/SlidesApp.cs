using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Slides;

/// <summary>An app that calls Slides on presentations it makes itself.</summary>
internal static class SlidesApp
{
    public const string Api = "slides.googleapis.com/v1/presentations";
    public const string Full = "https://www.googleapis.com/auth/presentations";

    public static Task<string> ConnectSlidesAsync(this Playground sandbox, string account = "mara@") => sandbox.ConnectGoogleAsync(Full, account);

    /// <summary>Expects a status; the path is below /v1/presentations.</summary>
    public static async Task<JsonNode> SlidesAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, int status = 200)
    {
        var (code, reply, _) = await sandbox.GoogleAsync(token, new HttpMethod(method), Api + path, body);
        code.ShouldBe(status, reply?.ToJsonString());
        return reply ?? new JsonObject();
    }

    public static async Task<string> NewPresentationAsync(this Playground sandbox, string token) =>
        (await sandbox.SlidesAsync(token, "POST", "", new JsonObject { ["title"] = "KPIs" })).Text("presentationId");

    /// <summary>A batch of requests, each as JSON.</summary>
    public static Task<JsonNode> ChangeAsync(this Playground sandbox, string token, string id, string[] requests, int status = 200) =>
        sandbox.SlidesAsync(token, "POST", $"/{id}:batchUpdate", new JsonObject { ["requests"] = new JsonArray([.. requests.Select(request => JsonNode.Parse(request))]) }, status);

    /// <summary>The element with an id, on any slide.</summary>
    public static async Task<JsonNode> ElementAsync(this Playground sandbox, string token, string id, string element) =>
        (await sandbox.SlidesAsync(token, "GET", $"/{id}"))["slides"]!.AsArray().SelectMany(slide => slide!["pageElements"]!.AsArray()).First(one => one.Text("objectId") == element)!;

    /// <summary>All text of a TextContent.</summary>
    public static string Words(this JsonNode? text) => string.Concat((text?["textElements"] as JsonArray ?? []).Select(element => element.Text("textRun.content")));
}
