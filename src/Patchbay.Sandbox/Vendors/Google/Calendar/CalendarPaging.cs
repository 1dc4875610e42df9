using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>maxResults, pageToken and syncToken, the same for events, lists, rules and settings.</summary>
internal static class CalendarPaging
{
    /// <summary>One page into <paramref name="body"/>; the sync token comes with the last.</summary>
    /// <param name="call">The call.</param>
    /// <param name="body">Gets items, and nextPageToken or nextSyncToken.</param>
    /// <param name="items">All of them.</param>
    /// <param name="shape">One as JSON.</param>
    /// <param name="size">Most on a page.</param>
    /// <param name="sync">The token to go on from; null when the query cannot be synced.</param>
    public static GoogleAnswer Page<T>(CalendarCall call, JsonObject body, IReadOnlyList<T> items, Func<T, JsonNode> shape, int size, string? sync)
    {
        var start = 0;
        // A later page ends at the state the first was cut from.
        if (call.Query("pageToken") is { Length: > 0 } token)
        {
            var parts = Decode(token)?.Split('|');
            if (parts is not ["page", var at, var first] || !int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out start))
                throw CalendarErrors.Invalid("Invalid page token value.").Refuse();
            sync = sync is null ? null : first;
        }

        if ((long)start + size < items.Count)
            body["nextPageToken"] = Encode($"page|{start + size}|{sync}");
        else if (sync is not null)
            body["nextSyncToken"] = sync;
        body["items"] = new JsonArray([.. items.Skip(start).Take(size).Select(shape)]);
        return GoogleAnswer.Ok(body);
    }

    /// <param name="clock">The world's.</param>
    /// <param name="of">What the token is good for: it is not exchangeable between lists.</param>
    public static string SyncToken(CalendarClock clock, string of) => Encode($"sync!{clock.Epoch}!{clock.Change}!{of}");

    /// <summary>The change to go on from; null without a token. A token of another list or an earlier world is refused.</summary>
    public static long? Since(CalendarCall call, CalendarClock clock, string of)
    {
        if (call.Query("syncToken") is not { Length: > 0 } token)
            return null;
        return Decode(token)?.Split('!', 4) is ["sync", var epoch, var change, var list] && epoch == clock.Epoch && list == of
            && long.TryParse(change, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            ? since
            : throw CalendarErrors.FullSync.Refuse();
    }

    private static string Encode(string text) => Secrets.Base64Url(Encoding.UTF8.GetBytes(text)) + "=";

    private static string? Decode(string token)
    {
        var plain = token.AsSpan().TrimEnd('=');
        return System.Buffers.Text.Base64Url.IsValid(plain) ? Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(plain)) : null;
    }
}
