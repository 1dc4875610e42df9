using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>Passes a vendor's reply to the function as it comes, scrubbed.</summary>
internal static class ReplyBody
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Whether the body is, or can be made, readable for the scrubber. We ask for identity; some servers compress
    /// all the same. Decoding streams, so a bomb costs the function's own time and no memory here.</summary>
    public static bool CanRead(HttpResponseMessage reply) => reply.Content.Headers.ContentEncoding.Count == 0 || Decoder(reply) is not null;

    public static bool IsEncoded(HttpResponseMessage reply) => reply.Content.Headers.ContentEncoding.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase));

    /// <returns>Bytes written.</returns>
    public static async Task<long> CopyAsync(HttpResponseMessage reply, HttpResponse response, Scrubber? scrubber, CancellationToken cancellationToken)
    {
        await using var raw = await reply.Content.ReadAsStreamAsync(cancellationToken);
        await using var source = scrubber is not null && IsEncoded(reply) ? Decoder(reply)!(raw) : raw;
        var buffer = new byte[BufferSize];
        long written = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
            written += await WriteAsync(response, scrubber is null ? buffer.AsMemory(0, read) : scrubber.Push(buffer.AsMemory(0, read)), cancellationToken);
        if (scrubber is not null)
            written += await WriteAsync(response, scrubber.Finish(), cancellationToken);
        return written;
    }

    private static async Task<int> WriteAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length > 0)
            await response.BodyWriter.WriteAsync(bytes, cancellationToken);
        return bytes.Length;
    }

    private static Func<Stream, Stream>? Decoder(HttpResponseMessage reply) => reply.Content.Headers.ContentEncoding.ToArray() switch
    {
        [var one] when one.Equals("identity", StringComparison.OrdinalIgnoreCase) => s => s,
        [var one] when one.Equals("gzip", StringComparison.OrdinalIgnoreCase) || one.Equals("x-gzip", StringComparison.OrdinalIgnoreCase) => s => new GZipStream(s, CompressionMode.Decompress),
        [var one] when one.Equals("deflate", StringComparison.OrdinalIgnoreCase) => s => new ZLibStream(s, CompressionMode.Decompress),
        [var one] when one.Equals("br", StringComparison.OrdinalIgnoreCase) => s => new BrotliStream(s, CompressionMode.Decompress),
        _ => null,
    };
}
