namespace Patchbay.Platform.Runs;

/// <summary>Wakes everyone of this process who waits for a kind of work. It carries no work: who wakes looks for itself.</summary>
public sealed class WorkSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Set"/>. Take it before looking for work, or a signal in between is lost.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Say here, after the commit, that there is work. A lost signal costs at most <see cref="WorkOptions.Sweep"/>:
/// other processes write too, and a signal may die with its process.</summary>
public sealed class WorkSignals
{
    /// <summary>An event was written.</summary>
    public WorkSignal Events { get; } = new();

    /// <summary>A run is due, or may be.</summary>
    public WorkSignal Runs { get; } = new();

    /// <summary>A schedule was added or changed.</summary>
    public WorkSignal Schedules { get; } = new();
}

/// <summary>Settings of the loops of one node.</summary>
public sealed record WorkOptions
{
    /// <summary>Name of this process among all, in leases.</summary>
    public required string Holder { get; init; }

    /// <summary>Runs at a time.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>How long a lease lasts without being extended; a third of it is the rhythm of extending.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long runs may go on after shutdown was asked for.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait without looking.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause after the store failed.</summary>
    public TimeSpan AfterFailure { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Events matched in one transaction.</summary>
    public int Batch { get; init; } = 200;
}
