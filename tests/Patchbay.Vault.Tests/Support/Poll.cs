namespace Patchbay.Vault.Tests.Support;

internal static class Poll
{
    /// <summary>Waits for a real signal that has no event to await.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            deadline.IsCancellationRequested.ShouldBeFalse("the condition never came true");
            await Task.Delay(5);
        }
    }
}
