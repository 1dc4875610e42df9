using System.Net;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>A function's request body: kept if it is small enough to be sent twice, else passed on as it comes.</summary>
internal sealed class RequestBody
{
    public const int LargestReplayable = 64 * 1024;

    private readonly HttpRequest _request;
    private readonly byte[]? _kept;
    private long _streamed;

    private RequestBody(HttpRequest request, byte[]? kept)
    {
        _request = request;
        _kept = kept;
    }

    public bool CanReplay => _kept is not null;

    public long Bytes => _kept?.Length ?? _streamed;

    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var announced = request.ContentLength;
        if (request.Headers.TransferEncoding.Count == 0 && announced is null or 0)
            return new RequestBody(request, []);
        if (announced is null or > LargestReplayable)
            return new RequestBody(request, null);
        var kept = new byte[announced.Value];
        await request.Body.ReadExactlyAsync(kept, cancellationToken);
        return new RequestBody(request, kept);
    }

    /// <summary>Null where the function sent neither a body nor its length.</summary>
    public HttpContent? ToContent() => _kept switch
    {
        null => new Streamed(this),
        [] when _request.ContentLength is null => null,
        _ => new ByteArrayContent(_kept),
    };

    private sealed class Streamed(RequestBody body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var reader = body._request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                foreach (var segment in read.Buffer)
                {
                    await stream.WriteAsync(segment, cancellationToken);
                    body._streamed += segment.Length;
                }
                // What the function has sent so far goes on now, not when a buffer fills.
                await stream.FlushAsync(cancellationToken);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body._request.ContentLength ?? 0;
            return body._request.ContentLength is not null;
        }
    }
}
