using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>maxResults and pageToken.</summary>
internal static class GmailPaging
{
    /// <summary>One page; the list member is absent when there is nothing, as Gmail does it.</summary>
    public static GoogleAnswer Page<T>(GmailCall call, string member, IReadOnlyList<T> items, Func<T, JsonNode> shape, Action<JsonObject>? more = null)
    {
        var start = 0;
        if (call.Query("pageToken") is { Length: > 0 } token
            && !(token.StartsWith('p') && int.TryParse(token.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out start)))
            return GoogleAnswer.Invalid("Invalid pageToken");
        var size = int.TryParse(call.Query("maxResults"), out var wanted) && wanted > 0 ? Math.Min(wanted, 500) : 100;

        var body = new JsonObject();
        var page = items.Skip(start).Take(size).Select(shape).ToArray();
        if (page.Length > 0)
            body[member] = new JsonArray(page);
        if ((long)start + size < items.Count)
            body["nextPageToken"] = "p" + (start + size).ToString(CultureInfo.InvariantCulture);
        if (more is null)
            body["resultSizeEstimate"] = items.Count;
        else
            more(body);
        return GoogleAnswer.Ok(body);
    }
}
