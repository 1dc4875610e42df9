using System.Globalization;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.TikTok.Methods;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>open-upload.tiktokapis.com: a video's bytes, chunk after chunk. They are counted, not kept. The address is the permission.</summary>
internal sealed class TikTokUpload(TikTokWorld world, Store store, TimeProvider time)
{
    public async Task PutAsync(HttpContext context)
    {
        var buffer = new byte[64 * 1024];
        long received = 0;
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            received += read;
        var range = Parse(context.Request.Headers.ContentRange.ToString());
        context.Response.StatusCode = store.Atomic(() => Take(context, range, received));
        if (range is { } sent && context.Response.StatusCode is StatusCodes.Status201Created or StatusCodes.Status206PartialContent)
            context.Response.Headers.ContentRange = $"bytes 0-{sent.Last}/{sent.Total}";
    }

    /// <summary>"bytes 0-9/20"; null for anything else.</summary>
    internal static (long First, long Last, long Total)? Parse(string header)
    {
        if (!header.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) || header[6..].Split('/') is not [var range, var whole] || range.Split('-') is not [var from, var to])
            return null;
        return long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var total) && first <= last && last < total ? (first, last, total) : null;
    }

    private int Take(HttpContext context, (long First, long Last, long Total)? range, long received)
    {
        if (world.PublishByUpload(context.Request.Query["upload_token"].ToString()) is not { } publish)
            return StatusCodes.Status404NotFound;
        if (time.GetUtcNow() >= publish.CreatedAt + PostMethods.UploadLife || publish.Status != "PROCESSING_UPLOAD")
            return StatusCodes.Status403Forbidden;
        if (range is not var (first, last, total) || received != last - first + 1)
            return StatusCodes.Status400BadRequest;
        // In order, and whole chunks: only the last may be longer.
        var isLast = last + 1 == publish.Size;
        if (total != publish.Size || first != publish.Uploaded || (!isLast && received != publish.ChunkSize))
            return StatusCodes.Status416RangeNotSatisfiable;
        publish = publish with { Uploaded = last + 1 };
        if (!isLast)
        {
            world.Save(publish);
            return StatusCodes.Status206PartialContent;
        }

        world.Complete(publish);
        return StatusCodes.Status201Created;
    }
}
