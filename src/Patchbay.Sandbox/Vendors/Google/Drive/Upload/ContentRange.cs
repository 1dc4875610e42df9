using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Upload;

/// <summary>Content-Range of one piece: "bytes 0-99/200", "bytes 0-99/*", or "bytes */200" to ask how far it got.</summary>
/// <param name="First">Null when only asking.</param>
/// <param name="Last">Null when only asking.</param>
/// <param name="Total">Null when not known yet.</param>
internal readonly record struct ContentRange(long? First, long? Last, long? Total)
{
    /// <summary>Null when the header is none of the three.</summary>
    public static ContentRange? Parse(string header)
    {
        if (!header.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) || header[6..].Trim().Split('/') is not [var range, var whole])
            return null;
        long? total = null;
        if (whole != "*")
        {
            if (Number(whole) is not { } size)
                return null;
            total = size;
        }

        if (range == "*")
            return new ContentRange(null, null, total);
        return range.Split('-') is [var from, var to] && Number(from) is { } first && Number(to) is { } last && first <= last && !(last >= total)
            ? new ContentRange(first, last, total)
            : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
