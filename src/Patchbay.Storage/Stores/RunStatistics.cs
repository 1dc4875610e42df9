using Patchbay.Platform.Flows;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

/// <summary>Counts and percentiles of the runs made since a time. Failed are dead letters; how long a run took is its last
/// attempt, since waiting for the next one is no work.</summary>
internal static class RunStatistics
{
    private sealed record Group(string Status, int Bucket, int Count);

    public static async Task<RunSummary> ReadAsync(DbSession s, AppId app, FlowId? flow, DateTimeOffset since, DateTimeOffset now, int buckets)
    {
        buckets = Math.Max(1, buckets);
        var width = Math.Max(1, (Times.ToMicros(now) - Times.ToMicros(since) + buckets - 1) / buckets);
        Args args = new() { { "app", app }, { "since", since }, { "start", Times.ToMicros(since) }, { "width", width } };
        var mine = "app = @app AND created_at >= @since";
        if (flow is { } one)
        {
            mine += " AND flow = @flow";
            args.Add("flow", one);
        }
        var groups = await s.ListAsync($"""
            SELECT status, ({s.Dialect.Micros("created_at")} - @start) / @width AS bucket, count(*) AS n
            FROM runs WHERE {mine} GROUP BY 1, 2
            """, args, r => new Group(r.Text("status"), Math.Min(r.Int("bucket"), buckets - 1), r.Int("n")));
        var finished = groups.Where(g => g.Status is nameof(RunStatus.Succeeded) or nameof(RunStatus.DeadLetter)).Sum(g => g.Count);
        return new(Count(groups, null), Count(groups, RunStatus.Succeeded), Count(groups, RunStatus.DeadLetter), Count(groups, RunStatus.Running),
            await PercentileAsync(s, mine, args, finished, 0.5), await PercentileAsync(s, mine, args, finished, 0.95),
            [.. Enumerable.Range(0, buckets).Select(b => new RunBucket(since + TimeSpan.FromMicroseconds((double)width * b),
                Count(groups.Where(g => g.Bucket == b), RunStatus.Succeeded), Count(groups.Where(g => g.Bucket == b), RunStatus.DeadLetter)))]);
    }

    /// <summary>Nearest rank, in milliseconds.</summary>
    private static async Task<double?> PercentileAsync(DbSession s, string mine, Args args, int count, double share)
    {
        if (count == 0)
            return null;
        var duration = $"{s.Dialect.Micros("finished_at")} - {s.Dialect.Micros("started_at")}";
        var found = await s.ListAsync($"""
            SELECT {duration} AS took FROM runs
            WHERE {mine} AND status IN ('Succeeded', 'DeadLetter') AND started_at IS NOT NULL AND finished_at IS NOT NULL
            ORDER BY 1 LIMIT 1 OFFSET @skip
            """, args.With("skip", Math.Max(0, (int)Math.Ceiling(count * share) - 1)), r => r.Long("took"));
        return found is [var took] ? took / 1000.0 : null;
    }

    private static int Count(IEnumerable<Group> groups, RunStatus? status) => groups.Where(g => status is null || g.Status == status.ToString()).Sum(g => g.Count);
}
