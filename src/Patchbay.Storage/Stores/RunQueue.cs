using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

/// <summary>Leasing. Apps are served in turn, going on where the last lease of this node ended, so that an app with a million
/// runs waits as long as one with a single run.</summary>
internal sealed class RunQueue
{
    // Hops from app to app in the index instead of reading every run that waits.
    private const string Apps = """
        WITH RECURSIVE waiting(app) AS (
          SELECT min(app) FROM runs WHERE wake_at IS NOT NULL AND app > @after AND app <= @last
          UNION ALL
          SELECT (SELECT min(r.app) FROM runs r WHERE r.wake_at IS NOT NULL AND r.app > w.app AND r.app <= @last) FROM waiting w WHERE w.app IS NOT NULL)
        SELECT w.app FROM waiting w
        WHERE w.app IS NOT NULL AND EXISTS (SELECT 1 FROM runs r WHERE r.app = w.app AND r.wake_at <= @now)
        LIMIT @limit
        """;

    // Sorts after every id.
    private const string End = "~";

    private volatile string _served = "";

    public async Task<IReadOnlyList<Run>> LeaseAsync(DbSession s, string holder, DateTimeOffset now, DateTimeOffset until, int limit)
    {
        var leased = new List<Run>();
        for (var apps = await DueAppsAsync(s, now, limit); apps.Count > 0 && leased.Count < limit;)
        {
            var share = (limit - leased.Count + apps.Count - 1) / apps.Count;
            var more = new List<string>();
            foreach (var app in apps)
            {
                var take = Math.Min(share, limit - leased.Count);
                if (take == 0)
                    break;
                var taken = await TakeAsync(s, app, holder, now, until, take);
                leased.AddRange(taken);
                _served = app;
                if (taken.Count == take)
                    more.Add(app);
            }
            apps = more;
        }
        return leased;
    }

    private async Task<IReadOnlyList<string>> DueAppsAsync(DbSession s, DateTimeOffset now, int limit)
    {
        var served = _served;
        var after = await FindAsync(served, End, limit);
        return after.Count == limit || served == "" ? after : [.. after, .. await FindAsync("", served, limit - after.Count)];

        Task<IReadOnlyList<string>> FindAsync(string from, string to, int most) =>
            s.ListAsync(Apps, new() { { "after", from }, { "last", to }, { "now", now }, { "limit", most } }, r => r.Text("app"));
    }

    private static async Task<IReadOnlyList<Run>> TakeAsync(DbSession s, string app, string holder, DateTimeOffset now, DateTimeOffset until, int limit)
    {
        var ids = await s.ListAsync("SELECT id FROM runs WHERE app = @app AND wake_at <= @now ORDER BY wake_at, id LIMIT @limit" + s.Dialect.SkipLocked,
            new() { { "app", app }, { "now", now }, { "limit", limit } }, r => r.Text("id"));
        if (ids.Count == 0)
            return [];
        Args args = new() { { "app", app }, { "holder", holder }, { "now", now }, { "until", until } };
        var these = string.Join(", ", ids.Select((id, i) =>
        {
            args.Add($"id{i}", id);
            return $"@id{i}";
        }));
        await s.ExecuteAsync($"UPDATE attempts SET status = 'Interrupted', finished_at = @now WHERE app = @app AND status = 'Running' AND run IN ({these})", args);
        var runs = await s.ListAsync($"""
            UPDATE runs SET lost = CASE WHEN status = 'Running' THEN lost + 1 ELSE 0 END, status = 'Running', fence = fence + 1, attempts = attempts + 1, holder = @holder, leased_until = @until, wake_at = @until,
              started_at = @now, finished_at = NULL
            WHERE app = @app AND id IN ({these}) RETURNING *
            """, args, RunRows.To);
        await s.InsertAsync("attempts", [.. runs.Select(r => new Args
        {
            { "app", r.App }, { "run", r.Id }, { "number", r.Attempts }, { "started_at", now }, { "status", AttemptStatus.Running },
        })]);
        var order = ids.Index().ToDictionary(i => i.Item, i => i.Index);
        return [.. runs.OrderBy(r => order[r.Id.Value])];
    }
}
