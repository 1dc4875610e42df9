using System.Globalization;
using Patchbay.FunctionHost.Pool;
using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Dispatch;

/// <summary>Carries one request to a process and its reply back, within the request's limits.</summary>
internal sealed class Dispatcher(TimeProvider time)
{
    private static readonly TimeSpan LogWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndWait = TimeSpan.FromMilliseconds(500);
    private long _next;

    /// <summary>Null when the lane is closed: ask for a new one.</summary>
    public async Task<FunctionReply?> SendAsync(Lane lane, FunctionInvocation invocation, CancellationToken cancellationToken)
    {
        var limits = invocation.Limits;
        if (invocation.Request.Method.ToUpperInvariant() is "CONNECT" or "TRACE" or "TRACK")
            return new FunctionReply(405, [new("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")], Stream.Null, false, () => ValueTask.CompletedTask);

        var wall = new CancellationTokenSource(limits.Wall, time);
        var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, wall.Token);
        BoundProcess? place = null;
        var handedOver = false;
        try
        {
            var entry = await lane.EnterAsync(invocation, either.Token);
            if (entry.Failed is { } notStarted) return new FunctionReply(notStarted);
            place = entry.Process;
            if (place is null) return null;
            var reply = await SendAsync(lane, place, invocation, either, wall, cancellationToken);
            handedOver = reply.Failure is null;
            return reply;
        }
        catch (OperationCanceledException)
        {
            return new FunctionReply(Stopped(wall, limits));
        }
        finally
        {
            if (!handedOver)
            {
                if (place is not null) lane.Leave(place);
                either.Dispose();
                wall.Dispose();
            }
        }
    }

    private async Task<FunctionReply> SendAsync(
        Lane lane, BoundProcess place, FunctionInvocation invocation, CancellationTokenSource either, CancellationTokenSource wall, CancellationToken caller)
    {
        var limits = invocation.Limits;
        var id = Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);
        var log = place.Process.Logs.Open(id, invocation.Log, limits.LogBytes);
        var body = invocation.Request.Body is { } given ? new BoundedBody(given, limits.RequestBytes) : null;
        var request = Wire.Request(invocation.Request, id, body);
        HttpResponseMessage? response = null;

        async Task<FunctionFailed> ExplainAsync(Exception e)
        {
            if (body is { Exceeded: true }) return new FunctionFailed(FunctionFailure.TooLarge, $"The request body is larger than {limits.RequestBytes} bytes.");
            if (e is OperationCanceledException)
            {
                if (!caller.IsCancellationRequested) lane.Retire(place, ProcessEnd.WallTime);
                return Stopped(wall, limits);
            }

            if (body is { Broken: true }) return new FunctionFailed(FunctionFailure.Cancelled, "The request's body broke off.");
            // A broken connection nearly always means that the process is ending: let it say why first. When it goes on,
            // the function has only broken off this reply (its stream failed).
            await Task.WhenAny(place.Process.Ended, Task.Delay(EndWait, time, CancellationToken.None));
            return place.Process.Ended.IsCompleted || place.Process.End != ProcessEnd.None
                ? Failures.Of(place.Process, "during the request")
                : new FunctionFailed(FunctionFailure.Crashed, "The function broke off its reply.");
        }

        try
        {
            response = await place.Process.SendAsync(request, either.Token);
            if (Wire.Number(response, Wire.Logged) is var lines and > 0)
                await Task.WhenAny(log.ReachAsync(lines), place.Process.Ended, Task.Delay(LogWait, time, either.Token));
            var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var held = response;
            return new FunctionReply(
                (int)response.StatusCode,
                Wire.Headers(response),
                new ReplyBody(stream, limits.ReplyBytes, ExplainAsync, either.Token),
                Wire.Number(response, Wire.Threw) == 1,
                Once(() =>
                {
                    held.Dispose();
                    request.Dispose();
                    either.Dispose();
                    wall.Dispose();
                    lane.Leave(place);
                }));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var failed = await ExplainAsync(e);
            response?.Dispose();
            request.Dispose();
            return new FunctionReply(failed);
        }
    }

    private static FunctionFailed Stopped(CancellationTokenSource wall, FunctionLimits limits) => wall.IsCancellationRequested
        ? new FunctionFailed(FunctionFailure.TimedOut, $"The function did not finish within {limits.Wall.TotalSeconds:0.###} s.")
        : new FunctionFailed(FunctionFailure.Cancelled, "The request was cancelled by its caller.");

    private static Func<ValueTask> Once(Action release)
    {
        var released = 0;
        return () =>
        {
            if (Interlocked.Exchange(ref released, 1) == 0) release();
            return ValueTask.CompletedTask;
        };
    }
}
