using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>Cursors: opaque base64, an empty string at the end.</summary>
internal static class SlackPaging
{
    /// <summary>One page of a list by <c>limit</c> and <c>cursor</c>.</summary>
    public static SlackAnswer Page<T>(SlackCall call, string member, IReadOnlyList<T> items, Func<T, JsonNode> shape, int fallback, bool withMore = false)
    {
        var start = 0;
        if (call.Arguments.Text("cursor") is { } cursor && (!int.TryParse(Decode(cursor), out start) || start < 0))
            return SlackAnswer.Fail("invalid_cursor");
        var limit = call.Arguments.Number("limit", fallback, 1000);
        var more = (long)start + limit < items.Count;
        return SlackAnswer.Ok(
            (member, new JsonArray([.. items.Skip(start).Take(limit).Select(shape)])),
            ("has_more", withMore ? more : null),
            Next(more ? $"{start + limit}" : null));
    }

    public static (string Name, JsonNode? Value) Next(string? position) =>
        ("response_metadata", new JsonObject { ["next_cursor"] = position is null ? "" : Convert.ToBase64String(Encoding.UTF8.GetBytes("next:" + position)) });

    /// <summary>Null when the cursor is none of ours.</summary>
    public static string? Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length) is var text && text.StartsWith("next:", StringComparison.Ordinal)
            ? text[5..]
            : null;
    }
}
