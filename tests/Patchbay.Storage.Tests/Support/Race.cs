namespace Patchbay.Storage.Tests.Support;

internal static class Race
{
    /// <summary>Runs all at once from as many tasks.</summary>
    public static Task<T[]> RunAsync<T>(int count, Func<int, Task<T>> body)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = Enumerable.Range(0, count).Select(async n =>
        {
            await start.Task;
            return await body(n);
        }).ToArray();
        start.SetResult();
        return Task.WhenAll(tasks);
    }
}
