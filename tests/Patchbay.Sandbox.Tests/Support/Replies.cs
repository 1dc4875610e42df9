using System.Net;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Tests.Support;

internal static class Replies
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public static string Text(this JsonNode? node, string path) => node.At(path)?.ToString() ?? "";

    /// <summary>Follows "a.b.0.c".</summary>
    public static JsonNode? At(this JsonNode? node, string path) =>
        path.Split('.').Aggregate(node, (current, step) => int.TryParse(step, out var index)
            ? current is JsonArray list && index < list.Count ? list[index] : null
            : (current as JsonObject)?[step]);

    public static void ShouldBeRedirect(this HttpResponseMessage response) => response.StatusCode.ShouldBe(HttpStatusCode.Found);

    /// <summary>A parameter of the address a redirect goes to; empty when absent.</summary>
    public static string RedirectValue(this HttpResponseMessage response, string name)
    {
        var query = response.Headers.Location!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        return query.Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name).Select(pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault() ?? "";
    }
}
