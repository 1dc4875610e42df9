using Patchbay.Platform.Flows;

namespace Patchbay.Platform.Runs;

/// <summary>How long to wait before the next attempt: doubling, bounded, and spread by chance so that runs that failed
/// together do not come back together.</summary>
/// <param name="random">From 0 to 1, exclusive.</param>
public sealed class RetryDelays(Func<double> random)
{
    /// <summary>No vendor's wish is followed further than this.</summary>
    public static readonly TimeSpan LongestWish = TimeSpan.FromDays(1);

    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="retryAfter">What the function's reply asked for: never less than that.</param>
    /// <returns>Null: no attempts are left.</returns>
    public TimeSpan? Next(RetryPolicy policy, int failures, TimeSpan? retryAfter)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (failures >= policy.MaxAttempts)
            return null;
        var doubled = policy.FirstDelay.TotalSeconds * Math.Pow(2, failures - 1);
        var delay = TimeSpan.FromSeconds(Math.Min(doubled, policy.MaxDelay.TotalSeconds) * (0.5 + random() / 2));
        if (retryAfter is not { } wish)
            return delay;
        wish = wish < LongestWish ? wish : LongestWish;
        return wish > delay ? wish : delay;
    }
}
