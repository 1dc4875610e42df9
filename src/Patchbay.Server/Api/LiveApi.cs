using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Live;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;
using Patchbay.Vault;

namespace Patchbay.Server.Api;

/// <summary>What changes in an app, as server-sent events: run, connection, record, log, and a ping every 15 seconds.</summary>
internal static class LiveApi
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/apps/{app}/live", async (string app, AppService apps, LiveBus bus, RunViews runs, WorkspaceService workspaces, TimeProvider time, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            context.Response.Headers["X-Accel-Buffering"] = "no";
            var session = context.Features.Get<SignedIn>()!.Session;
            async Task<bool> StillSignedInAsync() => await workspaces.FindBySessionAsync(session, cancellationToken) is { } teammate && teammate.Workspace == found.Workspace;
            return TypedResults.ServerSentEvents(SignalsAsync(found.Id, bus, runs, StillSignedInAsync, time, cancellationToken));
        }).ForRole(Role.Viewer).WithName("watchApp");

    private static async IAsyncEnumerable<SseItem<object>> SignalsAsync(AppId app, LiveBus bus, RunViews runs, Func<Task<bool>> stillSignedInAsync, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = bus.Subscribe(app);
        // Sent at once, so that a page knows it is connected before it reads its lists.
        yield return new(new object(), "ping");
        var signal = subscription.Signals.WaitToReadAsync(cancellationToken).AsTask();
        var checkAt = time.GetUtcNow() + PingEvery;
        while (!cancellationToken.IsCancellationRequested)
        {
            // A stream outlives its first check: who signed out or was removed sees nothing more after one ping's time.
            if (time.GetUtcNow() >= checkAt)
            {
                if (!await stillSignedInAsync())
                    yield break;
                checkAt = time.GetUtcNow() + PingEvery;
            }
            // The delay is cancelled with the request, like everything else here.
            if (await Task.WhenAny(signal, Task.Delay(PingEvery, time, cancellationToken)) != signal)
            {
                yield return new(new object(), "ping");
                continue;
            }
            while (subscription.Signals.TryRead(out var one))
            {
                yield return one.Body switch
                {
                    Run run => new(await runs.OfAsync(run, cancellationToken), "run"),
                    RunLogLine line => new(new LogSignal(line.Run.Value, line.Time, line.Level, line.Message), "log"),
                    RecordSignal record => new(record, "record"),
                    _ => new(new ConnectionSignal(one.Body.ToString()!), one.Kind),
                };
            }
            signal = subscription.Signals.WaitToReadAsync(cancellationToken).AsTask();
        }
    }
}

public sealed record LogSignal(string RunId, DateTimeOffset Time, string Level, string Message);

public sealed record ConnectionSignal(string Id);
