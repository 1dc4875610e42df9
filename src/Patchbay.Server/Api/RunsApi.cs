using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Runs: list, one in full, replay, cancel.</summary>
internal static class RunsApi
{
    private const int Buckets = 60;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/apps/{app}/runs", async (string app, string? status, string? flow, DateTimeOffset? since, string? q, int? limit, string? cursor, AppService apps, RunsService runs, RunViews views, TimeProvider time, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var size = Math.Clamp(limit ?? 50, 1, 200);
            var query = new RunQuery(found.Id)
            {
                Status = status is null ? null : RunReply.ParseStatus(status) ?? throw new UserVisibleException(RefusalKind.Invalid, "PB1912", $"There is no status '{status}'."),
                Flow = flow is null ? null : new FlowId(flow), Since = since, Text = string.IsNullOrWhiteSpace(q) ? null : q.Trim(), Before = cursor, Limit = size + 1,
            };
            var rows = await runs.QueryAsync(query, cancellationToken);
            var summary = await runs.SummarizeAsync(found.Id, query.Flow, since ?? time.GetUtcNow().AddHours(-24), Buckets, cancellationToken);
            var items = new List<RunReply>();
            foreach (var run in rows.Take(size))
                items.Add(await views.OfAsync(run, cancellationToken));
            return TypedResults.Ok(new RunPage(items, rows.Count > size ? rows[size - 1].Id.Value : null,
                new(summary.Total, summary.Succeeded, summary.Failed, summary.Running, summary.P50Ms, summary.P95Ms, [.. summary.Buckets.Select(b => new RunBucketView(b.Start, b.Succeeded, b.Failed))])));
        }).ForRole(Role.Viewer).WithName("listRuns");

        api.MapGet("/apps/{app}/runs/{run}", async (string app, string run, AppService apps, RunsService runs, RunViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(await views.DetailAsync(await runs.FindAsync(found.Id, new(run), cancellationToken) ?? throw NotFound(), cancellationToken));
        }).ForRole(Role.Viewer).WithName("getRun");

        api.MapPost("/apps/{app}/runs/{run}/replay", async (string app, string run, AppService apps, RunsService runs, RunViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(await views.OfAsync(await runs.ReplayAsync(found.Id, new(run), cancellationToken)
                ?? throw new UserVisibleException(RefusalKind.Conflict, "PB1913", "This run is under way, or does not exist."), cancellationToken));
        }).ForRole(Role.Editor).WithName("replayRun");

        api.MapPost("/apps/{app}/runs/{run}/cancel", async (string app, string run, AppService apps, RunsService runs, RunViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(await views.OfAsync(await runs.CancelAsync(found.Id, new(run), cancellationToken)
                ?? throw new UserVisibleException(RefusalKind.Conflict, "PB1914", "This run has ended, or does not exist."), cancellationToken));
        }).ForRole(Role.Editor).WithName("cancelRun");
    }

    private static UserVisibleException NotFound() => new(RefusalKind.NotFound, "PB1911", "This run does not exist.");
}

/// <summary>Runs with the names of their flows.</summary>
internal sealed class RunViews(IFlowStore flows, IRunStore runs)
{
    public async Task<RunReply> OfAsync(Run run, CancellationToken cancellationToken) =>
        // A run knows its last attempt only; most have one.
        await OfAsync(run, run.Attempts > 1 ? await runs.ListAttemptsAsync(run.App, run.Id, cancellationToken) : [], cancellationToken);

    private async Task<RunReply> OfAsync(Run run, IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken) =>
        RunReply.Of(run, await flows.FindAsync(run.App, run.Flow, cancellationToken), attempts);

    public async Task<RunDetailReply> DetailAsync(RunDetail detail, CancellationToken cancellationToken)
    {
        var logs = detail.Log.ToLookup(l => l.Attempt);
        JsonNode? result = null;
        if (detail.Run.Result is { } text)
        {
            try
            {
                result = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                result = text;
            }
        }
        return new(await OfAsync(detail.Run, detail.Attempts, cancellationToken),
            [.. detail.Attempts.Select(a => new AttemptReply(a.Number, a.StartedAt, a.FinishedAt, a.Status, a.HttpStatus, a.Error, [.. logs[a.Number].Select(l => new LogLineView(l.Time, l.Level, l.Message))]))],
            [.. detail.Calls.Select(CallView.Of)], detail.Run.Payload, result);
    }
}

public sealed record RunPage(IReadOnlyList<RunReply> Items, string? NextCursor, RunSummaryView Summary);

public sealed record RunSummaryView(int Total, int Succeeded, int Failed, int Running, double? P50Ms, double? P95Ms, IReadOnlyList<RunBucketView> Buckets);

public sealed record RunBucketView(DateTimeOffset Start, int Succeeded, int Failed);

public sealed record RunEventView(EventKind Kind, string Label);

/// <param name="DurationMs">From the first attempt's start to the last one's end, waits between them included; null while it is open.</param>
/// <param name="WorkMs">Of that, in the function; null while it is open.</param>
/// <param name="StartedAt">When the first attempt began.</param>
public record RunReply(
    string Id, string FlowId, string FlowName, IReadOnlyList<string> Connectors, string FunctionName, RunStatus Status, RunEventView Event, int Attempts,
    string? LastError, double? DurationMs, double? WorkMs, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string IdempotencyKey)
{
    /// <param name="attempts">May be none for a run that had one only.</param>
    internal static RunReply Of(Run run, Flow? flow, IReadOnlyList<Attempt> attempts)
    {
        var started = attempts is [var first, ..] ? first.StartedAt : run.StartedAt;
        // Who cancels a run that waits ends no attempt: it took until then.
        double? took = started is { } from && run.FinishedAt is { } to ? (to - from).TotalMilliseconds : null;
        double? work = took is null ? null : attempts.Count == 0 ? took : attempts.Sum(a => a.FinishedAt is { } end ? (end - a.StartedAt).TotalMilliseconds : 0);
        return new(
            run.Id.Value, run.Flow.Value, flow?.Name ?? "Deleted flow", flow?.Connectors ?? [], run.Function, run.Status, new(run.EventKind, run.EventLabel), run.Attempts,
            run.LastError, took, work, run.CreatedAt, started, run.FinishedAt, run.IdempotencyKey);
    }

    internal static RunStatus? ParseStatus(string text) =>
        Enum.GetValues<RunStatus>().Where(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()) == text).Select(s => (RunStatus?)s).FirstOrDefault();
}

public sealed record RunDetailReply : RunReply
{
    public RunDetailReply(RunReply run, IReadOnlyList<AttemptReply> attemptList, IReadOnlyList<CallView> calls, JsonObject payload, JsonNode? result) : base(run) =>
        (AttemptList, Calls, Payload, Result) = (attemptList, calls, payload, result);

    public IReadOnlyList<AttemptReply> AttemptList { get; }
    public IReadOnlyList<CallView> Calls { get; }
    public JsonObject Payload { get; }
    public JsonNode? Result { get; }
}

public sealed record AttemptReply(int Number, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, AttemptStatus Status, int? HttpStatus, string? Error, IReadOnlyList<LogLineView> Log);

public sealed record LogLineView(DateTimeOffset Time, [property: AllowedValues("debug", "info", "warn", "error")] string Level, string Message);
