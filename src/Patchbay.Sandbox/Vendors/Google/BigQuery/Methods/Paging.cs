using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

/// <summary>maxResults, startIndex and pageToken.</summary>
internal static class Paging
{
    /// <summary>An opaque text for a position.</summary>
    public static string Token(long position) => Secrets.Base64Url(Encoding.UTF8.GetBytes(FormattableString.Invariant($"bq:{position}")));

    /// <summary>The position a token stands for; 0 without one.</summary>
    public static long Position(string token)
    {
        if (token.Length == 0)
            return 0;
        try
        {
            var text = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token));
            if (text.StartsWith("bq:", StringComparison.Ordinal) && long.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                return position;
        }
        catch (FormatException)
        {
            // Told below, like any other token that is none of ours.
        }

        throw BigQueryErrors.Invalid("Invalid page token");
    }

    public static int Size(string text, int usual, int most)
    {
        if (text.Length == 0)
            return usual;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size) && size >= 0
            ? (int)Math.Min(size, most)
            : throw BigQueryErrors.Invalid($"Invalid value for maxResults: {text}");
    }

    /// <summary>One page of a list; the member is absent when there is nothing, as BigQuery does it.</summary>
    public static JsonObject Page<T>(BigQueryCall call, string kind, string member, IReadOnlyList<T> all, Func<T, JsonNode> shape, int usual = 50)
    {
        var (start, size) = (Position(call.Query("pageToken")), Math.Max(1, Size(call.Query("maxResults"), usual, 1000)));
        var body = new JsonObject { ["kind"] = kind };
        var items = all.Skip((int)Math.Min(start, int.MaxValue)).Take(size).Select(shape).ToArray();
        if (items.Length > 0)
            body[member] = new JsonArray(items);
        if (start + size < all.Count)
            body["nextPageToken"] = Token(start + size);
        return body;
    }
}
