using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Patchbay.FunctionHost;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Live;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Tests.Chat;
using Patchbay.Platform.Tests.Functions;
using Patchbay.Vault;
using Record = Patchbay.Platform.Apps.Entities.Record;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Dispatcher, worker and scheduler over one store, with a function that the test writes.</summary>
internal sealed class WorkBench
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    public static readonly AppId App = new("0190000000000000000000aa");

    public FakeTimeProvider Time { get; } = new(Start);
    public MemoryWork Store { get; } = new();
    public ScriptedFunctions Functions { get; } = new();
    public MemoryConnections Connections { get; } = new();
    public MemoryRecords Records { get; } = new();
    public LiveBus Live { get; } = new();
    public WorkSignals Signals { get; } = new();
    public RunningRuns Running { get; } = new();

    public WorkOptions Options { get; } = new() { Holder = "test", Concurrency = 4 };

    public MemoryFunctions Versions { get; } = new();

    public RunConnections RunConnections => new(Connections, Versions, TestApps.Catalog);

    /// <summary>A dispatcher of its own, as another node would have.</summary>
    public Dispatcher Dispatcher() => new(Store, Live, Signals, Options, Time, NullLogger<Dispatcher>.Instance);

    public Worker Worker(string holder = "test") => new(Store, Store, Functions, RunConnections, Store, Live, Running,
        new RetryDelays(() => 0.999999), Signals, Options with { Holder = holder }, Time, NullLogger<Worker>.Instance);

    public Scheduler Scheduler() => new(Store, Signals, Options, Time, NullLogger<Scheduler>.Instance);

    public RunsService RunsService() => new(Store, Store, Store, new NoCalls(), RunConnections, Running, Live, Signals, Time);

    public FlowService FlowService() => new(Store, Store, Records, RunConnections, Signals, Time);

    public Flow Flow(Trigger trigger, RetryPolicy? retry = null, params string[] connectors)
    {
        var flow = new Flow
        {
            App = App,
            Id = new FlowId(Ids.New(Time)),
            Name = "Tell support",
            Sentence = "Tell support.",
            Enabled = true,
            Trigger = trigger,
            Function = "tell-support",
            Arguments = new JsonObject { ["channel"] = "#support" },
            Connectors = connectors,
            Retry = retry ?? new RetryPolicy(3, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)),
            NextAt = Platform.Flows.Scheduler.NextOf(trigger, Time.GetUtcNow()),
            CreatedBy = "somebody",
            CreatedAt = Time.GetUtcNow(),
        };
        Store.Flows.Add(flow.Id, flow);
        return flow;
    }

    public Flow OnTicket(RecordChangeKind on = RecordChangeKind.Create, string? condition = null, params string[] connectors) =>
        Flow(new RecordTrigger("Ticket", on, condition), null, connectors);

    public Record Ticket(string json = """{"subject":"Printer","status":"open"}""", string id = "019000000000000000000001") => new()
    {
        App = App,
        Entity = "Ticket",
        Id = id,
        Data = (JsonObject)JsonNode.Parse(json)!,
        CreatedAt = Time.GetUtcNow(),
        UpdatedAt = Time.GetUtcNow(),
        CreatedBy = "ann@acme.io",
    };

    public Task HappenAsync(Event? happened) => happened is null ? Task.CompletedTask : Store.InsertEventAsync(happened, default);

    /// <summary>A ticket is created and the run it causes is there.</summary>
    public async Task<Run> TicketAsync()
    {
        await HappenAsync(RecordEvents.Created(Ticket(), Time));
        await Dispatcher().DispatchAllAsync(default);
        return Store.Only;
    }

    private sealed class NoCalls : ICallLogReader
    {
        public Task<IReadOnlyList<Vault.Egress.CallLogEntry>> ListAsync(AppId app, ConnectionId? connection, RunId? run, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Vault.Egress.CallLogEntry>>([]);
    }
}

/// <summary>A function whose answers are a list; the last one repeats.</summary>
internal sealed class ScriptedFunctions : IFunctionInvoker
{
    private readonly Lock _gate = new();
    private int _next;

    public static FunctionAnswer Ok { get; } = new(FunctionProblem.None, 200, """{"ok":true}""", null, null);

    public static FunctionAnswer Status(int status, TimeSpan? retryAfter = null) => new(FunctionProblem.None, status, null, retryAfter, null);

    public List<Func<Run, IFunctionLog, CancellationToken, Task<FunctionAnswer>>> Script { get; } = [];

    public List<Run> Calls { get; } = [];

    public void Answers(params FunctionAnswer[] answers)
    {
        Script.Clear();
        _next = 0;
        Script.AddRange(answers.Select(a => (Func<Run, IFunctionLog, CancellationToken, Task<FunctionAnswer>>)((_, _, _) => Task.FromResult(a))));
    }

    public Task<FunctionAnswer> RunAsync(Run run, IFunctionLog log, CancellationToken cancellationToken)
    {
        Func<Run, IFunctionLog, CancellationToken, Task<FunctionAnswer>> step;
        lock (_gate)
        {
            Calls.Add(run);
            step = Script.Count == 0 ? (_, _, _) => Task.FromResult(Ok) : Script[Math.Min(_next++, Script.Count - 1)];
        }
        return step(run, log, cancellationToken);
    }

    public Task<FunctionCall> CallAsync(AppId app, string function, FunctionHttpRequest request, IFunctionLog? log, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Runs do not call directly.");
}
