using Patchbay.Platform.Flows;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class FlowStore(Databases databases) : IFlowStore
{
    // The next time is the scheduler's: it moves on in TryFireAsync only, so that a rename at the same moment cannot put an old
    // time back and fire twice. Switching, or another trigger, starts the schedule anew.
    private const string Update = """
        UPDATE flows SET name = @name, sentence = @sentence, enabled = @enabled, trigger_json = @trigger_json, function = @function,
          arguments = @arguments, connectors = @connectors, retry = @retry,
          next_at = CASE WHEN enabled = @enabled AND trigger_json = @trigger_json THEN next_at ELSE @next_at END
        WHERE app = @app AND id = @id
        """;

    private IDatabase Db => databases.Main;

    public Task InsertAsync(Flow flow, CancellationToken cancellationToken) => Db.InsertAsync("flows", FlowRows.Of(flow), cancellationToken);

    public Task UpdateAsync(Flow flow, CancellationToken cancellationToken) => Db.ExecuteAsync(Update, FlowRows.Of(flow), cancellationToken);

    public async Task<bool> DeleteAsync(AppId app, FlowId id, CancellationToken cancellationToken) =>
        await Db.ExecuteAsync("DELETE FROM flows WHERE app = @app AND id = @id", new() { { "app", app }, { "id", id } }, cancellationToken) == 1;

    public Task<Flow?> FindAsync(AppId app, FlowId id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM flows WHERE app = @app AND id = @id", new() { { "app", app }, { "id", id } }, FlowRows.To, cancellationToken);

    public Task<IReadOnlyList<Flow>> ListAsync(AppId app, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM flows WHERE app = @app ORDER BY id", new() { { "app", app } }, FlowRows.To, cancellationToken);

    public Task<IReadOnlyList<Flow>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM flows WHERE enabled AND next_at IS NOT NULL AND next_at <= @now ORDER BY next_at, app, id LIMIT @limit",
            new() { { "now", now }, { "limit", limit } }, FlowRows.To, cancellationToken);

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        await Db.ListAsync("SELECT next_at FROM flows WHERE enabled AND next_at IS NOT NULL ORDER BY next_at LIMIT 1", Args.None, r => r.TimeOrNull("next_at"), cancellationToken) is [var first] ? first : null;

    public Task StopScheduleAsync(Flow flow, DateTimeOffset due, CancellationToken cancellationToken) =>
        Db.ExecuteAsync("UPDATE flows SET next_at = NULL WHERE app = @app AND id = @id AND next_at = @due", new() { { "app", flow.App }, { "id", flow.Id }, { "due", due } }, cancellationToken);

    public Task<bool> TryFireAsync(Flow flow, DateTimeOffset due, DateTimeOffset? next, Event scheduled, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        if (await s.ExecuteAsync("UPDATE flows SET next_at = @next WHERE app = @app AND id = @id AND enabled AND next_at = @due",
            new() { { "app", flow.App }, { "id", flow.Id }, { "due", due }, { "next", next } }) == 0)
            return false;
        await EventRows.InsertAsync(s, [scheduled]);
        return true;
    }, cancellationToken);
}
