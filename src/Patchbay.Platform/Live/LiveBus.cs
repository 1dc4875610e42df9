using System.Collections.Concurrent;
using System.Threading.Channels;
using Patchbay.Vault;

namespace Patchbay.Platform.Live;

/// <summary>Something a dashboard may want to show at once.</summary>
/// <param name="Kind">run, connection, record or log.</param>
public sealed record LiveSignal(AppId App, string Kind, object Body);

/// <summary>Tells open dashboards of this process what changed. Losing a signal costs freshness, never correctness:
/// pages read again when they reconnect.</summary>
public sealed class LiveBus
{
    // Bounded by open dashboards. A slow reader loses its oldest signals, the publisher never waits.
    private readonly ConcurrentDictionary<Channel<LiveSignal>, AppId> _readers = new();

    public void Publish(LiveSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        foreach (var (channel, app) in _readers)
        {
            if (app == signal.App)
                channel.Writer.TryWrite(signal);
        }
    }

    public LiveSubscription Subscribe(AppId app)
    {
        var channel = Channel.CreateBounded<LiveSignal>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = app;
        return new LiveSubscription(channel.Reader, () => _readers.TryRemove(channel, out _));
    }
}

public sealed class LiveSubscription(ChannelReader<LiveSignal> signals, Action end) : IDisposable
{
    public ChannelReader<LiveSignal> Signals => signals;

    public void Dispose() => end();
}
