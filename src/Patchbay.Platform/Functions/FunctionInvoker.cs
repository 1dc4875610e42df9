using System.Security.Cryptography;
using System.Text;
using Patchbay.FunctionHost;
using Patchbay.Platform.Functions.Internal;
using Patchbay.Platform.Runs;
using Patchbay.Vault;
using Patchbay.Vault.Egress;

namespace Patchbay.Platform.Functions;

/// <summary>Invokes functions with the headers that the SDK expects, a service token and a run ticket, both of which end with the invocation.</summary>
internal sealed class FunctionInvoker(IFunctionStore functions, IFunctionHost host, EgressDoors doors, ServiceTokens tokens, FunctionGate gate, TimeProvider time) : IFunctionInvoker
{
    private const int LargestResult = 64 * 1024;

    public async Task<FunctionAnswer> RunAsync(Run run, IFunctionLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(run.Payload.ToJsonString()));
        var request = new FunctionHttpRequest("POST", UrlOf(run.Function), [], body);
        try
        {
            await using var call = await InvokeAsync(run.App, run.Function, request, run, log, cancellationToken);
            if (call.Problem != FunctionProblem.None)
                return new FunctionAnswer(call.Problem, null, null, null, call.Message);
            var text = await ReadAsync(call.Body, cancellationToken);
            return new FunctionAnswer(FunctionProblem.None, call.Status, text, FunctionHeaders.RetryAfter(call.Headers, time.GetUtcNow()), call.Message);
        }
        catch (FunctionFailedException e)
        {
            return new FunctionAnswer(ProblemOf(e.Failed), null, null, null, e.Failed.Message);
        }
    }

    public Task<FunctionCall> CallAsync(AppId app, string function, FunctionHttpRequest request, IFunctionLog? log, CancellationToken cancellationToken) =>
        InvokeAsync(app, function, request, null, log ?? NoLog.Instance, cancellationToken);

    private async Task<FunctionCall> InvokeAsync(AppId app, string function, FunctionHttpRequest request, Run? run, IFunctionLog log, CancellationToken cancellationToken)
    {
        if (await gate.RefusalAsync(app, cancellationToken) is { } refusal)
            return FunctionCall.Refused(FunctionProblem.NotAllowed, refusal);
        if (await functions.FindAsync(app, function, cancellationToken) is not { } version)
            return FunctionCall.Refused(FunctionProblem.Missing, $"The app has no function '{function}'. It was deleted or renamed.");

        var key = new FunctionKey(app.Value, version.Name, version.Version);
        var ticket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var token = tokens.Issue(new FunctionIdentity(app, version.Name, version.Version), run?.Id);
        var registered = run is null ? null : doors.RegisterRun(key, ticket, run.Id.Value);
        void End()
        {
            token.Dispose();
            registered?.Dispose();
        }
        try
        {
            var headers = run is null ? FunctionHeaders.ForCall(app, request.Headers, token.Value) : FunctionHeaders.ForRun(run, token.Value, ticket);
            var invocation = new FunctionInvocation(key, _ => new(BundleOf(version)), request with { Headers = headers }, new FunctionLimits(), log, run?.Id.Value ?? ticket);
            var reply = await host.InvokeAsync(invocation, cancellationToken);
            async ValueTask ReleaseAsync()
            {
                await reply.DisposeAsync();
                End();
            }
            if (reply.Failure is { } failed)
            {
                await ReleaseAsync();
                return FunctionCall.Refused(ProblemOf(failed), failed.Message);
            }
            return new FunctionCall(FunctionProblem.None, reply.Threw ? FunctionAnswer.Threw : null, reply.Status, reply.Headers, reply.Body, ReleaseAsync);
        }
        catch
        {
            End();
            throw;
        }
    }

    private static Uri UrlOf(string function) => new($"{FunctionHeaders.ApiUrl}/functions/{function}");

    private static FunctionBundle BundleOf(FunctionVersion version) =>
        new(version.Bundle, version.SourceMap, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Bundle))));

    private static FunctionProblem ProblemOf(FunctionFailed failed) =>
        failed.Failure == FunctionFailure.Cancelled ? FunctionProblem.Cancelled : FunctionProblem.Failed;

    /// <summary>The first 64 KiB. The rest is read too: a function that is still writing has not finished.</summary>
    private static async Task<string> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var kept = new byte[LargestResult];
        var length = await body.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false, cancellationToken);
        if (length == kept.Length)
        {
            var rest = new byte[16 * 1024];
            while (await body.ReadAsync(rest, cancellationToken) > 0)
            {
            }
        }
        // PostgreSQL stores no NUL in text.
        return Encoding.UTF8.GetString(kept, 0, length).Replace('\0', '\uFFFD');
    }

    private sealed class NoLog : IFunctionLog
    {
        public static NoLog Instance { get; } = new();

        public void Write(FunctionLogLine line)
        {
        }
    }
}
