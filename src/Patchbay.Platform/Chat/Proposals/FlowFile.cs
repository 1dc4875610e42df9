using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Chat.Code;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Flows;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>A flow as a file to read: JSON with its sentence as a comment.</summary>
internal static class FlowFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Plan plan, AppSchema schema, string name, string function)
    {
        var flow = new JsonObject
        {
            ["name"] = name,
            ["trigger"] = Trigger(plan.Trigger),
            ["function"] = function,
            ["args"] = JsonSerializer.SerializeToNode(FunctionCode.Args(plan), Options),
        };
        return $"// {Ts.Comment(PlanSentence.Of(plan.Trigger, plan.Actions, schema))}\n{flow.ToJsonString(Options)}\n";
    }

    private static JsonObject Trigger(TriggerPlan trigger) => trigger switch
    {
        RecordTrigger record => new()
        {
            ["kind"] = "record",
            ["entity"] = record.Entity,
            ["on"] = record.On switch { RecordChange.Create => "create", RecordChange.Update => "update", _ => "delete" },
            ["conditions"] = JsonNode.Parse(FlowCondition.Write(record.Conditions) ?? "[]"),
        },
        ScheduleTrigger schedule => new() { ["kind"] = "schedule", ["cron"] = schedule.Cron, ["timeZone"] = schedule.TimeZone },
        _ => new() { ["kind"] = "manual" },
    };
}
