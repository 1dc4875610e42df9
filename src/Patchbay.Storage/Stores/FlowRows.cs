using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

internal static class FlowRows
{
    public static Args Of(Flow f) => new()
    {
        { "app", f.App }, { "id", f.Id }, { "name", f.Name }, { "sentence", f.Sentence }, { "enabled", f.Enabled },
        { "trigger_json", JsonText.Of(f.Trigger) }, { "function", f.Function }, { "arguments", f.Arguments }, { "connectors", f.Connectors },
        { "retry", JsonText.Of(f.Retry) }, { "next_at", f.NextAt }, { "created_by", f.CreatedBy }, { "created_at", f.CreatedAt },
    };

    public static Flow To(Row r) => new()
    {
        App = new(r.Text("app")),
        Id = new(r.Text("id")),
        Name = r.Text("name"),
        Sentence = r.Text("sentence"),
        Enabled = r.Bool("enabled"),
        Trigger = JsonText.Read<Trigger>(r.Text("trigger_json")),
        Function = r.Text("function"),
        Arguments = r.Json("arguments"),
        Connectors = r.List("connectors"),
        Retry = JsonText.Read<RetryPolicy>(r.Text("retry")),
        NextAt = r.TimeOrNull("next_at"),
        CreatedBy = r.Text("created_by"),
        CreatedAt = r.Time("created_at"),
    };
}
