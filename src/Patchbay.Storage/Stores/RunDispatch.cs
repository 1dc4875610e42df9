using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

/// <summary>Turns events into runs inside one transaction.</summary>
internal static class RunDispatch
{
    public static async Task<DispatchResult> RunAsync(DbSession s, int limit, Func<IReadOnlyList<Event>, IFlowLookup, IReadOnlyList<Run>> match)
    {
        var events = await s.ListAsync("SELECT * FROM events WHERE NOT matched ORDER BY seq LIMIT @limit" + s.Dialect.SkipLocked, new() { { "limit", limit } }, EventRows.To);
        if (events.Count == 0)
            return new(0, []);
        var runs = match(events, await FlowsAsync(s, [.. events.Select(e => e.App.Value).Distinct()]));
        // Of two runs for one flow and event the first stands, here as in the unique key.
        var wanted = runs.DistinctBy(r => (r.App, r.Flow, r.EventId)).ToList();
        var inserted = await s.InsertReturningAsync("runs", [.. wanted.Select(RunRows.Of)], "ON CONFLICT (app, flow, event) DO NOTHING", "id");
        foreach (var app in events.GroupBy(e => e.App))
        {
            Args args = new() { { "app", app.Key } };
            var ids = string.Join(", ", app.Select((e, i) =>
            {
                args.Add($"id{i}", e.Id);
                return $"@id{i}";
            }));
            await s.ExecuteAsync($"UPDATE events SET matched = TRUE WHERE app = @app AND id IN ({ids})", args);
        }
        var set = inserted.ToHashSet();
        return new(events.Count, [.. wanted.Where(r => set.Contains(r.Id.Value))]);
    }

    private static async Task<Lookup> FlowsAsync(DbSession s, IReadOnlyList<string> apps)
    {
        Args args = [];
        var these = string.Join(", ", apps.Select((app, i) =>
        {
            args.Add($"app{i}", app);
            return $"@app{i}";
        }));
        return new(await s.ListAsync($"SELECT * FROM flows WHERE app IN ({these}) ORDER BY id", args, FlowRows.To));
    }

    private sealed class Lookup(IReadOnlyList<Flow> flows) : IFlowLookup
    {
        private readonly ILookup<(AppId, string), Flow> _records = flows.Where(f => f.Enabled && f.Trigger is RecordTrigger).ToLookup(f => (f.App, ((RecordTrigger)f.Trigger).Entity));
        private readonly Dictionary<(AppId, FlowId), Flow> _byId = flows.ToDictionary(f => (f.App, f.Id));

        public IReadOnlyList<Flow> ForRecord(AppId app, string entity) => [.. _records[(app, entity)]];

        public Flow? Find(AppId app, FlowId id) => _byId.GetValueOrDefault((app, id));
    }
}
