using Patchbay.Platform.Runs;
using Patchbay.Vault;

namespace Patchbay.Platform.Flows;

public interface IFlowStore
{
    Task InsertAsync(Flow flow, CancellationToken cancellationToken);

    Task UpdateAsync(Flow flow, CancellationToken cancellationToken);

    Task<bool> DeleteAsync(AppId app, FlowId id, CancellationToken cancellationToken);

    Task<Flow?> FindAsync(AppId app, FlowId id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Flow>> ListAsync(AppId app, CancellationToken cancellationToken);

    /// <summary>Enabled schedules whose time has come, earliest first.</summary>
    Task<IReadOnlyList<Flow>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>When the earliest enabled schedule is due, or null.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>Takes the schedule's next time away, if it still is <paramref name="due"/>: it cannot be read.</summary>
    Task StopScheduleAsync(Flow flow, DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>Moves a schedule on and inserts its event in one transaction. False if another node did it first
    /// (the flow's <c>NextAt</c> is no longer <paramref name="due"/>).</summary>
    Task<bool> TryFireAsync(Flow flow, DateTimeOffset due, DateTimeOffset? next, Event scheduled, CancellationToken cancellationToken);
}
