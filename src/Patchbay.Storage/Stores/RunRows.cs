using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

internal static class RunRows
{
    public static Args Of(Run r) => new()
    {
        { "app", r.App }, { "id", r.Id }, { "flow", r.Flow }, { "event", r.EventId }, { "function", r.Function }, { "status", r.Status },
        { "attempts", r.Attempts }, { "failures", r.Failures }, { "lost", r.Lost }, { "due_at", r.DueAt }, { "wake_at", WakeAt(r) }, { "fence", r.Fence }, { "leased_until", r.LeasedUntil },
        { "idempotency_key", r.IdempotencyKey }, { "event_kind", r.EventKind }, { "event_label", r.EventLabel }, { "label_search", Searchable(r.EventLabel) },
        { "payload", r.Payload }, { "result", r.Result }, { "last_error", r.LastError }, { "created_at", r.CreatedAt },
        { "started_at", r.StartedAt }, { "finished_at", r.FinishedAt },
    };

    public static Run To(Row r) => new()
    {
        App = new(r.Text("app")),
        Id = new(r.Text("id")),
        Flow = new(r.Text("flow")),
        EventId = r.Text("event"),
        Function = r.Text("function"),
        Status = r.Enum<RunStatus>("status"),
        Attempts = r.Int("attempts"),
        Failures = r.Int("failures"),
        Lost = r.Int("lost"),
        DueAt = r.Time("due_at"),
        Fence = r.Long("fence"),
        LeasedUntil = r.TimeOrNull("leased_until"),
        IdempotencyKey = r.Text("idempotency_key"),
        EventKind = r.Enum<EventKind>("event_kind"),
        EventLabel = r.Text("event_label"),
        Payload = r.Json("payload"),
        Result = r.TextOrNull("result"),
        LastError = r.TextOrNull("last_error"),
        CreatedAt = r.Time("created_at"),
        StartedAt = r.TimeOrNull("started_at"),
        FinishedAt = r.TimeOrNull("finished_at"),
    };

    public static Attempt ToAttempt(Row r) => new(new(r.Text("app")), new(r.Text("run")), r.Int("number"), r.Time("started_at"), r.TimeOrNull("finished_at"),
        r.Enum<AttemptStatus>("status"), r.IntOrNull("http_status"), r.TextOrNull("error"));

    /// <summary>When a node must look at the run; null if only a person can move it on.</summary>
    public static DateTimeOffset? WakeAt(Run r) => r.Status switch
    {
        RunStatus.Queued or RunStatus.Retrying => r.DueAt,
        RunStatus.Running => r.LeasedUntil ?? r.DueAt,
        _ => null,
    };

    /// <summary>Case is folded here and not in SQL, where each engine folds its own part of Unicode.</summary>
    public static string Searchable(string text) => text.ToLowerInvariant();
}
