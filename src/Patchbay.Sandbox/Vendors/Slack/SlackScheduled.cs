using System.Globalization;
using System.Security.Cryptography;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <param name="Id">Begins with Q.</param>
/// <param name="PostAt">Unix seconds.</param>
internal sealed record SlackScheduledMessage(string Id, string TeamId, long PostAt, SlackMessage Message);

/// <summary>Messages that are posted later: by a timer, and by the next start for those that came due in between.</summary>
internal sealed class SlackScheduled(Store store, SlackWorld world, TimeProvider time)
{
    private readonly Collection<SlackScheduledMessage> waiting = new(store, "slack.scheduled");
    private readonly Lock gate = new();

    // One for the earliest that waits; kept, or the runtime would collect it.
    private ITimer? timer;

    public SlackScheduledMessage Add(string teamId, long postAt, SlackMessage message)
    {
        var scheduled = new SlackScheduledMessage("Q" + Convert.ToHexString(RandomNumberGenerator.GetBytes(5)), teamId, postAt, message);
        waiting.Put(scheduled.Id, scheduled, sort: postAt.ToString("D12", CultureInfo.InvariantCulture));
        PostDue();
        return scheduled;
    }

    public IReadOnlyList<SlackScheduledMessage> Of(string teamId, string user) => [.. waiting.List().Where(one => one.TeamId == teamId && one.Message.User == user)];

    public bool Remove(string teamId, string user, string id)
    {
        if (waiting.Get(id) is not { } found || found.TeamId != teamId || found.Message.User != user)
            return false;
        waiting.Delete(id);
        return true;
    }

    public void Clear() => waiting.Clear();

    /// <summary>Posts what is due and sets the timer for the next.</summary>
    public void PostDue()
    {
        lock (gate)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            foreach (var due in waiting.List().Where(one => one.PostAt <= now))
            {
                waiting.Delete(due.Id);
                world.Post(due.Message);
            }
            timer?.Dispose();
            timer = waiting.List().Select(one => (long?)one.PostAt).Min() is { } next
                ? time.CreateTimer(_ => PostDue(), null, TimeSpan.FromSeconds(Math.Min(next - now, 86_400)), Timeout.InfiniteTimeSpan) : null;
        }
    }
}
