using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors;

/// <summary>Stands before every vendor: finds it by host, lets faults happen, keeps the call log, words surprises.</summary>
internal sealed partial class VendorGate(VendorList vendors, Faults faults, RequestLog log, LiveFeed live, TimeProvider time, ILogger<VendorGate> logger)
{
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var host = VendorPath.Host(context.Request.Path);
        if (vendors.ByHost(host) is not { } vendor)
        {
            await next(context);
            return;
        }

        var (start, logged) = (time.GetTimestamp(), false);
        // Before the first byte leaves: who reads the log because of an answer must find that answer in it.
        context.Response.OnStarting(() =>
        {
            Log();
            return Task.CompletedTask;
        });
        try
        {
            await faults.RunAsync(context, vendor, next);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            // A body too large, or not what its headers promise: the caller's doing, not a failure of ours.
            context.Response.Clear();
            await vendor.FailAsync(context, exception.StatusCode);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !context.Response.HasStarted)
        {
            LogFailed(exception, host, VendorPath.Shown(context.Request.Path.Value ?? ""));
            context.Response.Clear();
            await vendor.FailAsync(context, StatusCodes.Status500InternalServerError);
        }
        finally
        {
            if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                await context.Response.StartAsync();
            Log();
            live.Changed(vendor.Name);
        }

        void Log()
        {
            if (logged)
                return;
            logged = true;
            var status = Faults.IsCut(context) || context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            var path = VendorPath.Shown(context.Request.Path.Value![(host.Length + 1)..]);
            log.Add(vendor.Name, host, path, context.Request.Method, status, time.GetUtcNow(), time.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    /// <summary>Nobody mapped the path: the vendor's own 404, or ours when the first segment is no vendor's host.</summary>
    public async Task UnknownAsync(HttpContext context)
    {
        var host = VendorPath.Host(context.Request.Path);
        LogUnknown(context.Request.Method, VendorPath.Shown(context.Request.Path.Value ?? ""));
        if (vendors.ByHost(host) is { } vendor)
            await vendor.NotFoundAsync(context);
        else
            await Json.WriteAsync(context, StatusCodes.Status404NotFound, new JsonObject
            {
                ["error"] = "The first path segment must be the host of a vendor that this sandbox plays.",
                ["hosts"] = Json.Array(vendors.All.SelectMany(v => v.Hosts).Distinct()),
            });
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Warning, Message = "Unknown path: {Method} {Path}")]
    private partial void LogUnknown(string method, string path);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Error, Message = "{Host} failed on {Path}")]
    private partial void LogFailed(Exception exception, string host, string path);
}
