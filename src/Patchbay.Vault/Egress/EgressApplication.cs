using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Patchbay.Vault.Egress.Doors;
using Patchbay.Vault.Egress.Forwarding;

namespace Patchbay.Vault.Egress;

/// <summary>What Kestrel calls for each request of a function: to the server itself, to the outside, or refused.</summary>
internal sealed partial class EgressApplication(Forwarder forwarder, Func<ILocalApi> localApi, IEgressPolicy policy, Connections.IConnectionStore store, Secrets.SecretBox box, CallRecorder recorder, IServiceScopeFactory scopes, TimeProvider time, ILogger<EgressApplication> logger) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures) { ServiceScopeFactory = scopes };

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        var door = EgressDoor.Of(items)!;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (door.Identity is not { } identity)
        {
            await AnswerAsync(context, HostPolicy.Unbound);
            return;
        }
        var (host, path, malformed) = Locate(context, Tunnel.Of(items), target);
        var run = door.FindRun(context.Request.Headers[HeaderRules.RunTicket]);
        if (malformed is null && host == HostPolicy.OwnHost)
        {
            context.Request.Headers.Remove(HeaderRules.RunTicket);
            await localApi().HandleAsync(context, new FunctionCaller(door, identity, run, policy, store, box));
            return;
        }
        var call = new CallRecord(identity, time.GetUtcNow(), context.Request.Method, host, path) { RunId = run };
        await ForwardAsync(context, door, host, path, malformed, call);
    }

    private async Task ForwardAsync(HttpContext context, EgressDoor door, string host, string path, EgressError? malformed, CallRecord call)
    {
        try
        {
            var error = malformed ?? await forwarder.ForwardAsync(context, door, host, path, call);
            if (error is not null)
            {
                call.Outcome = error.Status is 502 or 503 or 504 ? CallOutcome.Failed : CallOutcome.Refused;
                (call.Status, call.Reason) = (error.Status, error.Code);
                await AnswerAsync(context, error);
            }
        }
        catch (Exception e)
        {
            // Only the kind: messages of surprises may quote what was being sent.
            LogFailed(call.Host, e.GetType().Name);
            (call.Outcome, call.Reason) = (CallOutcome.Failed, context.RequestAborted.IsCancellationRequested ? "PB2222" : "PB2223");
            if (context.Response.HasStarted)
                context.Abort();
            else
                await AnswerAsync(context, new EgressError(502, "PB2223", "The call failed on the way. Try again later; if it keeps failing, the operator finds the reason in the server's log."));
        }
        finally
        {
            await recorder.WriteAsync(call);
        }
    }

    /// <summary>Where a request goes. In a tunnel that is the tunnel's host, and the request must say the same; outside of
    /// one only our own address is answered.</summary>
    private static (string Host, string Path, EgressError? Error) Locate(HttpContext context, Tunnel? tunnel, string target)
    {
        const string own = "http://" + HostPolicy.OwnHost;
        if (tunnel is null)
        {
            var rest = target.StartsWith(own, StringComparison.OrdinalIgnoreCase) ? target[own.Length..] : null;
            if (rest?.StartsWith(":80", StringComparison.Ordinal) == true)
                rest = rest[3..];
            return rest is "" || rest?[0] is '/' or '?'
                ? (HostPolicy.OwnHost, rest, null)
                : ("", "", new EgressError(403, "PB2206", "Only https through CONNECT leads outside."));
        }
        var expected = context.Request.Host;
        if (context.Request.Headers.Host.Count != 1 || !expected.Host.Equals(tunnel.Host, StringComparison.OrdinalIgnoreCase) || (expected.Port is { } port && port != tunnel.Port))
            return (tunnel.Host, "", new EgressError(400, "PB2207", "The Host field names another host than the tunnel."));
        return HttpMethods.IsConnect(context.Request.Method) || !RequestTarget.IsPlainPath(target)
            ? (tunnel.Host, "", new EgressError(400, "PB2208", "The request's target is not a plain path."))
            : (tunnel.Host, target, null);
    }

    private static async Task AnswerAsync(HttpContext context, EgressError error)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/json";
        // What may follow on this connection was written by somebody who expected another answer.
        context.Response.Headers.Connection = "close";
        var body = EgressError.Json(error.Code, error.Message);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, CancellationToken.None);
    }

    [LoggerMessage(EventId = 2202, Level = LogLevel.Error, Message = "A function's call to {Host} failed: {Kind}")]
    private partial void LogFailed(string host, string kind);
}
