using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Patchbay.Sandbox.Http;

/// <summary>Tells open world pages that something changed. It carries no content: a page fetches itself again.</summary>
internal sealed class LiveFeed
{
    private readonly ConcurrentDictionary<Channel<string>, byte> listeners = new();

    public void Changed(string world)
    {
        foreach (var listener in listeners.Keys)
            listener.Writer.TryWrite(world);
    }

    /// <summary>Server-sent events, one per change, until the page goes away or the server stops.</summary>
    public async Task StreamAsync(HttpContext context, CancellationToken stopping)
    {
        // One waiting notice is enough: whoever reads it fetches everything that changed so far.
        var mine = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        listeners.TryAdd(mine, 0);
        try
        {
            await context.Response.WriteAsync(": open\n\n", ended.Token);
            await context.Response.Body.FlushAsync(ended.Token);
            await foreach (var world in mine.Reader.ReadAllAsync(ended.Token))
            {
                await context.Response.WriteAsync($"data: {world}\n\n", ended.Token);
                await context.Response.Body.FlushAsync(ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed or the server stops: both are the ordinary end of a stream.
        }
        finally
        {
            listeners.TryRemove(mine, out _);
        }
    }
}
