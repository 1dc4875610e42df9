using System.Globalization;
using System.Net.Http.Headers;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>Bytes of a download, whole or the one range that was asked for.</summary>
/// <param name="Bytes">All of them.</param>
/// <param name="ContentType">As the file has it.</param>
internal sealed record GoogleMedia(byte[] Bytes, string ContentType)
{
    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = MediaTypeHeaderValue.TryParse(ContentType, out _) ? ContentType : "application/octet-stream";
        // A browser that is led here must not run foreign bytes as a page of this origin.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        var (first, last) = (0L, Bytes.LongLength - 1);
        if (RangeHeaderValue.TryParse(context.Request.Headers.Range.ToString(), out var wanted) && wanted is { Unit: "bytes", Ranges.Count: 1 })
        {
            var range = wanted.Ranges.Single();
            first = range.From ?? Math.Max(0, Bytes.LongLength - range.To!.Value);
            last = range.From is null ? last : Math.Min(range.To ?? last, last);
            if (first > last)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{Bytes.LongLength.ToString(CultureInfo.InvariantCulture)}";
                return;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{last}/{Bytes.LongLength}");
        }

        response.ContentLength = last - first + 1;
        await response.Body.WriteAsync(Bytes.AsMemory((int)first, (int)(last - first + 1)), context.RequestAborted);
    }
}
