using System.IO.Pipelines;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

/// <summary>Time, memory and size.</summary>
[Collection(nameof(SharedHost))]
public sealed class LimitTests(SharedHost shared)
{
    private const string Loop = "Deno.serve((req) => { if (req.method === 'GET') return new Response('fine'); for (;;); });";

    private readonly TestHost _host = shared.Host;

    [SandboxFact]
    public async Task An_infinite_loop_is_ended_while_a_neighbour_keeps_answering()
    {
        var neighbour = await _host.DeployAsync("Deno.serve(() => new Response('here'));");
        (await neighbour.CallAsync()).Body.ShouldBe("here");
        var looping = await _host.DeployAsync(Loop);
        (await looping.CallAsync("GET")).Body.ShouldBe("fine");

        var call = looping.CallAsync(limits: new FunctionLimits { Wall = TimeSpan.FromSeconds(2) });
        var answers = 0;
        while (!call.IsCompleted)
        {
            (await neighbour.CallAsync()).Body.ShouldBe("here");
            answers++;
        }

        (await call).Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);
        answers.ShouldBeGreaterThan(10);
        (await looping.CallAsync("GET")).Body.ShouldBe("fine");
    }

    [SandboxFact]
    public async Task Processor_time_is_limited_apart_from_wall_time()
    {
        var function = await _host.DeployAsync(Loop);

        var reply = await function.CallAsync(limits: new FunctionLimits { Cpu = TimeSpan.FromMilliseconds(500) });

        reply.Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);
        reply.Failure.Message.ShouldContain("processor time");
    }

    [SandboxFact]
    public async Task A_function_that_waits_too_long_is_ended_but_its_other_requests_may_finish()
    {
        var function = await _host.DeployAsync("""
            const gate = Promise.withResolvers<void>();
            Deno.serve(async (req) => {
              const what = await req.text();
              if (what === "forever") { console.log("stuck"); await new Promise(() => {}); }
              if (what === "gate") { console.log("waits"); await gate.promise; return new Response("passed"); }
              gate.resolve();
              return new Response("opened");
            });
            """);
        var waits = new TestLog();
        var other = function.StartAsync("POST", new MemoryStream("gate"u8.ToArray()), waits);
        await waits.SeeAsync(l => l.Text == "waits");

        var stuck = await function.CallAsync(body: "forever", limits: new FunctionLimits { Wall = TimeSpan.FromMilliseconds(300) });
        stuck.Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);

        // The process takes no new request: this one runs in another, whose gate is its own.
        (await function.CallAsync(body: "open")).Body.ShouldBe("opened");
        await using var ended = await other;
        ended.Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);
    }

    [SandboxTheory]
    [InlineData("heap", "const all: unknown[] = []; for (;;) all.push(new Array(100000).fill(all.length));")]
    [InlineData("text", "let text = 'x'; const all: string[] = []; for (;;) { all.push([...text].join('')); if (text.length < 1e7) text += text; }")]
    [InlineData("wasm", "const memory = new WebAssembly.Memory({ initial: 1 }); for (;;) { memory.grow(1000); const view = new Uint8Array(memory.buffer); for (let i = 0; i < view.length; i += 4096) view[i] = 1; }")]
    [InlineData("array buffers", "const all: Uint8Array[] = []; for (;;) { const next = new Uint8Array(10_000_000).fill(1); all.push(next); }")]
    [InlineData("array buffers, refusals caught", "const all: Uint8Array[] = []; for (;;) { try { all.push(new Uint8Array(10_000_000).fill(1)); } catch { all.push(new Uint8Array(10_000).fill(1)); } }")]
    public async Task A_memory_bomb_dies_alone(string kind, string bomb)
    {
        var neighbour = await _host.DeployAsync("Deno.serve(() => new Response('here'));");
        (await neighbour.CallAsync()).Body.ShouldBe("here");
        var function = await _host.DeployAsync($"Deno.serve((req) => {{ if (req.method === 'GET') return new Response('fine'); {bomb} }});");
        (await function.CallAsync("GET")).Body.ShouldBe("fine");

        var reply = await function.CallAsync(limits: new FunctionLimits { Wall = TimeSpan.FromSeconds(40), Cpu = TimeSpan.FromSeconds(15) });

        // Refused by the limit as an error inside the function, or ended for it: either way it got no further.
        (reply.Threw || reply.Failure is { Failure: FunctionFailure.OutOfMemory }).ShouldBeTrue($"{kind}: {reply.Status} {reply.Failure} {string.Join('\n', reply.Texts)}");
        (await neighbour.CallAsync()).Body.ShouldBe("here");
        (await function.CallAsync("GET")).Body.ShouldBe("fine");
    }

    [SandboxFact]
    public async Task Private_memory_above_the_functions_limit_ends_the_process()
    {
        var function = await _host.DeployAsync("let kept; Deno.serve(async () => { kept = new Uint8Array(120_000_000).fill(1); await new Promise(() => {}); });");

        var reply = await function.CallAsync(limits: new FunctionLimits { MemoryBytes = 80 << 20 });

        reply.Failure!.Failure.ShouldBe(FunctionFailure.OutOfMemory);
        reply.Failure.Message.ShouldContain("memory limit");
    }

    [SandboxFact]
    public async Task A_caller_that_never_finishes_its_body_is_stopped_at_the_wall_time()
    {
        await using var host = TestHost.Create();
        var function = await host.DeployAsync("Deno.serve(async (req) => new Response(await req.text()));");
        var request = new Pipe();
        await request.Writer.WriteAsync("begun"u8.ToArray());

        await using var reply = await function.StartAsync("POST", request.Reader.AsStream(), new TestLog(), new FunctionLimits { Wall = TimeSpan.FromSeconds(1) });

        reply.Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);
    }

    [SandboxFact]
    public async Task Bodies_beyond_their_limit_are_refused_both_ways()
    {
        var function = await _host.DeployAsync("Deno.serve(async (req) => { const n = (await req.text()).length; return new Response('x'.repeat(5000) + n); });");
        var limits = new FunctionLimits { RequestBytes = 10_000, ReplyBytes = 10_000 };

        (await function.CallAsync(body: new string('a', 9000), limits: limits)).Body.Length.ShouldBe(5004);
        (await function.CallAsync(body: new string('a', 10_001), limits: limits)).Failure!.Failure.ShouldBe(FunctionFailure.TooLarge);
        (await function.CallAsync(body: "a", limits: limits with { ReplyBytes = 1000 })).Failure!.Failure.ShouldBe(FunctionFailure.TooLarge);
        (await function.CallAsync(body: "a")).Body.Length.ShouldBe(5001);
    }

    [SandboxFact]
    public async Task A_reply_that_never_ends_is_stopped_at_its_wall_time()
    {
        var function = await _host.DeployAsync("Deno.serve(() => new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(3)); } })));");

        var reply = await function.CallAsync(limits: new FunctionLimits { Wall = TimeSpan.FromMilliseconds(500) });

        (reply.Status, reply.Failure!.Failure).ShouldBe((200, FunctionFailure.TimedOut));
    }

    [SandboxFact]
    public async Task A_process_serves_only_as_many_requests_at_a_time_as_allowed()
    {
        var function = await _host.DeployAsync("""
            let now = 0, most = 0;
            Deno.serve(async () => { most = Math.max(most, ++now); await new Promise((go) => setTimeout(go, 20)); now--; return new Response(String(most)); });
            """);

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => function.CallAsync(limits: new FunctionLimits { Concurrency = 2 })));

        replies.ShouldAllBe(r => r.Body == "1" || r.Body == "2");
    }
}
