namespace Patchbay.FunctionHost;

/// <summary>Settings of the function host of one node.</summary>
public sealed record FunctionHostOptions
{
    /// <summary>The <c>runtime</c> folder, after <c>npm ci</c> and <c>npm run build</c> in it.</summary>
    public required string RuntimeDirectory { get; init; }

    /// <summary>Where per-process folders go; null makes one under the system's temporary folder. Keep it short: socket paths end at 107 bytes.</summary>
    public string? RunDirectory { get; init; }

    public FunctionIsolation Isolation { get; init; } = FunctionIsolation.Bubblewrap;

    /// <summary>Warm processes that wait for a function.</summary>
    public int PoolSize { get; init; } = 4;

    /// <summary>Most processes bound to functions at once; beyond it the longest idle one is ended.</summary>
    public int MaxProcesses { get; init; } = 100;

    /// <summary>Most processes of one function version.</summary>
    public int MaxProcessesPerFunction { get; init; } = 4;

    /// <summary>A process unused for this long is ended.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>From spawn to ready, and again from bundle to loaded.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long other requests of a process may finish after one of them passed its wall time.</summary>
    public TimeSpan RetireGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often memory and processor time are read.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>As root: the first user id of the range that processes run as, one per process. Ids must belong to nobody else.</summary>
    public int FirstUid { get; init; } = 59000;

    /// <summary>Size of that range.</summary>
    public int UidCount { get; init; } = 900;

    /// <summary>RLIMIT_DATA. Deno reserves about 540 MB when idle and does not start below 512 MB: what remains is the function's.</summary>
    public long DataLimitBytes { get; init; } = 768L << 20;

    /// <summary>V8's old space, in megabytes.</summary>
    public int HeapMegabytes { get; init; } = 128;

    /// <summary>Room for Deno's cache folder, a tmpfs (Cache API and the like), in bytes.</summary>
    public long CacheBytes { get; init; } = 16L << 20;

    /// <summary>Open files of one process.</summary>
    public int OpenFiles { get; init; } = 512;

    /// <summary>RLIMIT_CPU: a last resort, as it adds up over the life of the process.</summary>
    public TimeSpan LifetimeCpu { get; init; } = TimeSpan.FromHours(1);
}
