using System.Text.Json.Nodes;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;
using Record = Patchbay.Platform.Apps.Entities.Record;

namespace Patchbay.Storage.Tests.Support;

/// <summary>Ordinary rows, made anew each time.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static string Id() => Ids.New(TimeProvider.System);

    public static AppId App() => new(Id());

    public static Teammate Teammate(WorkspaceId workspace, string email, Role role = Role.Owner) => new()
    {
        Id = new(Id()), Workspace = workspace, Email = email, Name = "Ada", Role = role, PasswordHash = "hash", CreatedAt = Noon,
    };

    public static Record Record(AppId app, string json = """{"title":"Printer"}""", string entity = "Ticket") => new()
    {
        App = app, Entity = entity, Id = Id(), Data = (JsonObject)JsonNode.Parse(json)!, CreatedAt = Noon, UpdatedAt = Noon, CreatedBy = "ada@example.com",
    };

    public static Event Event(AppId app, string? flow = null, string entity = "Ticket") => new()
    {
        App = app, Id = Id(), Kind = flow is null ? EventKind.Record : EventKind.Schedule, Entity = flow is null ? entity : null,
        Type = flow is null ? "create" : "schedule", RecordId = flow is null ? Id() : null, FlowId = flow, Label = "Ticket created",
        Payload = new() { ["data"] = new JsonObject { ["title"] = "Drucker ü" } }, CreatedAt = Noon,
    };

    public static Flow Flow(AppId app, Trigger? trigger = null) => new()
    {
        App = app, Id = new(Id()), Name = "Tell support", Sentence = "Posts to #support.", Enabled = true,
        Trigger = trigger ?? new RecordTrigger("Ticket", RecordChangeKind.Create, """{"status":"open"}"""), Function = "notify",
        Arguments = new() { ["channel"] = "#support" }, Connectors = ["slack"], CreatedBy = Id(), CreatedAt = Noon,
    };

    public static FunctionVersion Function(AppId app, string name = "notify", int version = 1) => new()
    {
        App = app, Name = name, Version = version, Entry = "entry.ts", Files = new Dictionary<string, string> { ["entry.ts"] = "Deno.serve();" },
        Bundle = "bundle", SourceMap = "{}", Operations = ["slack.post_message"], Author = "chat", Message = "first", CreatedAt = Noon,
    };

    public static Run Run(Event happened, FlowId flow) => new()
    {
        App = happened.App, Id = new(Id()), Flow = flow, EventId = happened.Id, Function = "notify", Status = RunStatus.Queued, DueAt = Noon,
        IdempotencyKey = $"{flow}-{happened.Id}", EventKind = happened.Kind, EventLabel = happened.Label, Payload = (JsonObject)happened.Payload.DeepClone(), CreatedAt = Noon,
    };

    public static ConnectionRow Connection(AppId app, string connector = "slack") => new()
    {
        App = app, Id = new(Id()), Connector = connector, Vendor = connector, Realm = Realm.Sandbox, OAuthClient = Id(), State = ConnectionState.Connected,
        AccountId = "T1", AccountLabel = "Acme", GrantedScopes = ["chat:write"], ApprovedScopes = ["chat:write"], Credential = Sealed(1),
        AccessExpiresAt = Noon, AccessIssuedAt = Noon, ConnectedBy = Id(), ConnectedAt = Noon,
    };

    public static SealedSecret Sealed(byte filler) => new("k1", [.. Enumerable.Repeat(filler, 60)], [.. Enumerable.Repeat(filler, 40)]);
}
