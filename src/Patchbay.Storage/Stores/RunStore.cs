using Patchbay.Platform.Flows;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class RunStore(Databases databases) : IRunStore
{
    private const string Requeued = "failures = 0, lost = 0, status = 'Queued', due_at = @now, wake_at = @now, holder = NULL, leased_until = NULL, finished_at = NULL";

    private readonly RunQueue _queue = new();

    private IDatabase Db => databases.Main;

    public Task InsertEventAsync(Event happened, CancellationToken cancellationToken) =>
        Db.WriteAsync(s => EventRows.InsertAsync(s, [happened]), cancellationToken);

    public Task<DispatchResult> DispatchAsync(int limit, Func<IReadOnlyList<Event>, IFlowLookup, IReadOnlyList<Run>> match, CancellationToken cancellationToken) =>
        Db.WriteAsync(s => RunDispatch.RunAsync(s, limit, match), cancellationToken);

    public Task<IReadOnlyList<Run>> LeaseAsync(string holder, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(until, now);
        return Db.WriteAsync(s => _queue.LeaseAsync(s, holder, now, until, limit), cancellationToken);
    }

    public async Task<bool> TryExtendAsync(AppId app, RunId id, long fence, DateTimeOffset until, CancellationToken cancellationToken) =>
        await Db.ExecuteAsync("UPDATE runs SET leased_until = @until, wake_at = @until WHERE app = @app AND id = @id AND fence = @fence AND status = 'Running'",
            new() { { "app", app }, { "id", id }, { "fence", fence }, { "until", until } }, cancellationToken) == 1;

    public Task<bool> TryFinishAsync(Run run, Attempt attempt, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        var written = await s.ExecuteAsync("""
            UPDATE runs SET status = @status, failures = @failures, due_at = @due_at, wake_at = @wake_at, holder = NULL, leased_until = NULL, result = @result,
              last_error = @last_error, started_at = @started_at, finished_at = @finished_at
            WHERE app = @app AND id = @id AND fence = @fence AND status = 'Running'
            """, RunRows.Of(run));
        if (written == 0)
            return false;
        await s.ExecuteAsync("UPDATE attempts SET status = @status, finished_at = @finished, http_status = @http, error = @error WHERE app = @app AND run = @run AND number = @number", new()
        {
            { "app", run.App }, { "run", run.Id }, { "number", attempt.Number }, { "status", attempt.Status }, { "finished", attempt.FinishedAt },
            { "http", attempt.HttpStatus }, { "error", attempt.Error },
        });
        return true;
    }, cancellationToken);

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        await Db.ListAsync("SELECT wake_at FROM runs WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1", Args.None, r => r.TimeOrNull("wake_at"), cancellationToken) is [var first] ? first : null;

    public Task<Run?> FindAsync(AppId app, RunId id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM runs WHERE app = @app AND id = @id", new() { { "app", app }, { "id", id } }, RunRows.To, cancellationToken);

    public Task<IReadOnlyList<Attempt>> ListAttemptsAsync(AppId app, RunId id, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM attempts WHERE app = @app AND run = @run ORDER BY number", new() { { "app", app }, { "run", id } }, RunRows.ToAttempt, cancellationToken);

    public Task<IReadOnlyList<Run>> QueryAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var (where, args) = RunFilter.Of(query, Db.Dialect);
        return Db.ListAsync($"SELECT * FROM runs WHERE {where} ORDER BY id DESC LIMIT @limit", args, RunRows.To, cancellationToken);
    }

    public Task<RunSummary> SummarizeAsync(AppId app, FlowId? flow, DateTimeOffset since, DateTimeOffset now, int buckets, CancellationToken cancellationToken) =>
        Db.ReadAsync(s => RunStatistics.ReadAsync(s, app, flow, since, now, buckets), cancellationToken);

    public Task<Run?> RequeueAsync(AppId app, RunId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveAsync($"UPDATE runs SET {Requeued} WHERE app = @app AND id = @id AND status IN ('DeadLetter', 'Paused', 'Cancelled', 'Succeeded') RETURNING *", app, id, now, cancellationToken);

    public Task<Run?> CancelAsync(AppId app, RunId id, DateTimeOffset now, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        Args args = new() { { "app", app }, { "id", id }, { "now", now } };
        // The fence moves on: what a holder still does ends without effect here.
        var run = await s.FirstAsync("""
            UPDATE runs SET status = 'Cancelled', fence = fence + 1, wake_at = NULL, holder = NULL, leased_until = NULL, finished_at = @now
            WHERE app = @app AND id = @id AND status IN ('Queued', 'Running', 'Retrying', 'Paused') RETURNING *
            """, args, RunRows.To);
        if (run is not null)
            await s.ExecuteAsync("UPDATE attempts SET status = 'Interrupted', finished_at = @now WHERE app = @app AND run = @id AND status = 'Running'", args);
        return run;
    }, cancellationToken);

    public Task<int> ResumeAsync(AppId app, FlowId flow, DateTimeOffset now, CancellationToken cancellationToken) =>
        Db.ExecuteAsync($"UPDATE runs SET {Requeued} WHERE app = @app AND flow = @flow AND status = 'Paused'", new() { { "app", app }, { "flow", flow }, { "now", now } }, cancellationToken);

    private Task<Run?> MoveAsync(string sql, AppId app, RunId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        Db.WriteAsync(s => s.FirstAsync(sql, new() { { "app", app }, { "id", id }, { "now", now } }, RunRows.To), cancellationToken);
}
