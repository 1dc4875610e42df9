using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Runs.Internal;
using Patchbay.Vault;

namespace Patchbay.Platform.Flows;

/// <summary>Fires schedules. A time that passed while no server ran is made up for once, however many there were.</summary>
public sealed partial class Scheduler(IFlowStore flows, WorkSignals signals, WorkOptions options, TimeProvider time, ILogger<Scheduler> logger)
{
    /// <summary>Until <paramref name="stopping"/>.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        WorkLoop.RunAsync(signals.Schedules, async token =>
        {
            await FireDueAsync(token);
            return await flows.NextDueAsync(token);
        }, options, time, logger, stopping);

    /// <summary>Fires what is due; how many this node fired.</summary>
    public async Task<int> FireDueAsync(CancellationToken cancellationToken)
    {
        var fired = 0;
        while (await flows.ListDueAsync(time.GetUtcNow(), options.Batch, cancellationToken) is { Count: > 0 } due)
        {
            foreach (var flow in due)
                if (await FireAsync(flow, cancellationToken))
                    fired++;
        }
        if (fired > 0)
            signals.Events.Set();
        return fired;
    }

    /// <summary>When a schedule fires next, from now; null for other triggers and for dates that never come.</summary>
    public static DateTimeOffset? NextOf(Trigger trigger, DateTimeOffset now) =>
        trigger is ScheduleTrigger schedule && CronExpression.TryParse(schedule.Cron, out var cron, out _) && TimeZones.Find(schedule.TimeZone) is { } zone
            ? cron.Next(now, zone) : null;

    private async Task<bool> FireAsync(Flow flow, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (flow.NextAt is not { } due || flow.Trigger is not ScheduleTrigger schedule || TimeZones.Find(schedule.TimeZone) is not { } zone)
        {
            // Only a damaged row gets here; left as it is, it would be due for ever.
            LogNoSchedule(flow.Id);
            if (flow.NextAt is { } unreadable)
                await flows.StopScheduleAsync(flow, unreadable, cancellationToken);
            return false;
        }
        return await flows.TryFireAsync(flow, due, NextOf(schedule, now), EventOf(flow, schedule, due, zone, now), cancellationToken);
    }

    private Event EventOf(Flow flow, ScheduleTrigger schedule, DateTimeOffset due, DateTimeZone zone, DateTimeOffset now)
    {
        var local = Instant.FromDateTimeOffset(due).InZone(zone).LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new Event
        {
            App = flow.App,
            Id = Ids.New(time),
            Kind = EventKind.Schedule,
            Type = "schedule",
            FlowId = flow.Id.Value,
            Label = $"Schedule, {local} {schedule.TimeZone}",
            Payload = new JsonObject
            {
                ["event"] = new JsonObject { ["type"] = "schedule", ["scheduled_at"] = due.UtcDateTime, ["cron"] = schedule.Cron, ["time_zone"] = schedule.TimeZone },
                ["data"] = null,
                ["old_data"] = null,
                ["changed_fields"] = new JsonArray(),
            },
            CreatedAt = now,
        };
    }

    [LoggerMessage(EventId = 3120, Level = LogLevel.Error, Message = "The schedule of flow {Flow} cannot be read and was stopped")]
    private partial void LogNoSchedule(FlowId flow);
}
