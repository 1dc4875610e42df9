using System.IO.Pipelines;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

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
    public async Task Code_that_throws_while_it_is_imported_gives_its_message_with_the_authors_line()
    {
        var function = await _host.DeployAsync("const a: number = 1;\n\nthrow new Error('bad start ' + a);");

        var reply = await function.CallAsync();

        reply.Failure!.Failure.ShouldBe(FunctionFailure.LoadFailed);
        reply.Failure.Message.ShouldContain("bad start 1");
        reply.Failure.Message.ShouldContain("entry.ts:3");
    }

    [SandboxFact]
    public async Task Code_without_a_handler_says_what_to_write()
    {
        var failure = (await (await _host.DeployAsync("console.log('only this');")).CallAsync()).Failure!;

        failure.Failure.ShouldBe(FunctionFailure.LoadFailed);
        failure.Message.ShouldContain("Deno.serve");
    }

    [SandboxFact]
    public async Task An_import_that_never_ends_is_given_up()
    {
        await using var host = TestHost.Create(o => o with { StartTimeout = TimeSpan.FromSeconds(3) });
        var function = await host.DeployAsync("await new Promise(() => {});");

        (await function.CallAsync()).Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);
    }

    [SandboxTheory]
    [InlineData("Deno.exit(3)")]
    [InlineData("process.exit(3)")]
    public async Task Exit_is_an_error_inside_the_function(string exit)
    {
        var reply = await (await _host.DeployAsync($"import process from 'node:process'; Deno.serve(() => {{ {exit}; }});")).CallAsync();

        (reply.Status, reply.Threw).ShouldBe((500, true));
    }

    [SandboxFact]
    public async Task A_crash_is_told_apart_and_the_next_request_gets_a_fresh_process()
    {
        var function = await _host.DeployAsync("""
            import process from "node:process";
            Deno.serve((req) => { if (req.method === "GET") return new Response("fine"); process.abort(); });
            """);
        (await function.CallAsync("GET")).Body.ShouldBe("fine");

        var crashed = await function.CallAsync();
        crashed.Failure.ShouldNotBeNull(string.Join('\n', crashed.Texts)).Failure.ShouldBe(FunctionFailure.Crashed);
        (await function.CallAsync("GET")).Body.ShouldBe("fine");
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
    public async Task A_host_that_stops_ends_the_requests_in_flight_and_every_process()
    {
        var host = TestHost.Create();
        var function = await host.DeployAsync("Deno.serve(() => { console.log('in'); return new Promise(() => {}); });");
        var log = new TestLog();
        var call = function.StartAsync("GET", null, log);
        await log.SeeAsync(l => l.Text == "in");

        await host.DisposeAsync();

        await using var reply = await call;
        reply.Failure!.Failure.ShouldBe(FunctionFailure.Crashed);
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
    public async Task A_client_that_breaks_off_its_body_does_not_cost_the_function_its_process()
    {
        var function = await _host.DeployAsync("let n = 0; Deno.serve(async (req) => { n++; await req.text().catch(() => {}); return new Response(String(n)); });");
        (await function.CallAsync()).Body.ShouldBe("1");
        var request = new Pipe();
        await request.Writer.WriteAsync("begun"u8.ToArray());
        await request.Writer.CompleteAsync(new IOException("the client went away"));

        await using var reply = await function.StartAsync("POST", request.Reader.AsStream(), new TestLog());

        reply.Failure!.Failure.ShouldBe(FunctionFailure.Cancelled);
        // The broken request may or may not have been seen; a fresh process would begin with 1.
        (await function.CallAsync()).Body.ShouldBeOneOf("2", "3");
    }

    [SandboxFact]
    public async Task A_reply_whose_stream_fails_is_told_and_does_not_cost_the_function_its_process()
    {
        var function = await _host.DeployAsync("""
            let n = 0;
            Deno.serve((req) => { n++; return req.method === "GET" ? new Response(String(n)) : new Response(new ReadableStream({ async start(c) { c.enqueue(new Uint8Array(9)); await 0; c.error(new Error("x")); } })); });
            """);

        (await function.CallAsync()).Failure!.Failure.ShouldBe(FunctionFailure.Crashed);
        (await function.CallAsync("GET")).Body.ShouldBe("2");
    }

    [SandboxFact]
    public async Task Hosts_that_stop_while_their_pool_fills_leave_no_process()
    {
        for (var i = 0; i < 15; i++)
        {
            var host = TestHost.Create(o => o with { PoolSize = 3 });
            (await host.Host.GetStatusAsync(CancellationToken.None)).Available.ShouldBeTrue();
            for (var spin = 0; spin < i * 2000; spin++) await Task.Yield();
            await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [SandboxFact]
    public async Task A_start_that_is_given_up_leaves_no_child_that_holds_its_pipes()
    {
        // What stands for Deno leaves a child behind and never says that it is ready.
        var runtime = Directory.CreateTempSubdirectory("pbfn-stuck-");
        try
        {
            var files = Isolation.RuntimeFiles.In(runtime.FullName);
            foreach (var file in new[] { files.Deno, files.Bootstrap }) Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(files.Bootstrap, "");
            await File.WriteAllTextAsync(files.Deno, "#!/bin/sh\nsleep 3600 & wait\n");
            File.SetUnixFileMode(files.Deno, (UnixFileMode)0b111_101_101);
            await using var host = TestHost.Create(o => o with { RuntimeDirectory = runtime.FullName, Isolation = FunctionIsolation.Unsafe, StartTimeout = TimeSpan.FromSeconds(1) });

            var status = await host.Host.GetStatusAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

            status.Problems.ShouldHaveSingleItem().ShouldContain("not ready within 1 s");
        }
        finally
        {
            runtime.Delete(recursive: true);
        }
    }

    [SandboxFact]
    public async Task A_handle_of_a_process_that_is_closed_kills_nobody()
    {
        using var other = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sleep", "3600"))!;
        var closed = Native.ProcessHandle.Open(Environment.ProcessId)!;
        closed.Dispose();
        // Takes the number that has become free, as a busy host's next handle would.
        using var next = Native.ProcessHandle.Open(other.Id)!;

        closed.Kill().ShouldBeFalse();

        next.Kill().ShouldBeTrue();
        await other.WaitForExitAsync();
    }

    [SandboxFact]
    public async Task Headers_outside_ascii_are_no_error_of_the_function()
    {
        var function = await _host.DeployAsync("Deno.serve((req) => new Response(String(req.headers.has('x-name'))));");

        (await function.CallAsync(headers: [("X-Name", "Zo\u00eb \u4f60")])).Body.ShouldBe("true");
    }

    [Fact]
    public async Task What_a_killed_host_left_behind_is_removed_by_the_next_and_what_is_in_use_is_not()
    {
        var parent = Directory.CreateTempSubdirectory("pbrun-");
        try
        {
            var left = Directory.CreateDirectory(Path.Combine(parent.FullName, "pbfn-left"));
            await File.WriteAllTextAsync(Path.Combine(left.FullName, "lock"), "");
            using var first = new Isolation.RunFolder(parent.FullName);
            using var second = new Isolation.RunFolder(parent.FullName);

            Directory.Exists(left.FullName).ShouldBeFalse();
            Directory.Exists(first.Path).ShouldBeTrue();
            Directory.Exists(second.Path).ShouldBeTrue();
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_temporary_folder_that_others_cannot_pass_is_not_used_by_root()
    {
        var parent = Directory.CreateTempSubdirectory("pbclosed-");
        try
        {
            // Made by CreateTempSubdirectory with mode 0700: closed to everybody else.
            Isolation.RunFolder.DefaultOf(parent.FullName, isRoot: true).ShouldBe("/tmp");
            Isolation.RunFolder.DefaultOf(parent.FullName, isRoot: false).ShouldBe(parent.FullName);
            Isolation.RunFolder.DefaultOf("/tmp", isRoot: true).ShouldBe("/tmp");
        }
        finally
        {
            parent.Delete();
        }
    }

    [SandboxFact]
    public async Task A_reply_that_never_ends_is_stopped_at_its_wall_time()
    {
        var function = await _host.DeployAsync("Deno.serve(() => new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(3)); } })));");

        var reply = await function.CallAsync(limits: new FunctionLimits { Wall = TimeSpan.FromMilliseconds(500) });

        (reply.Status, reply.Failure!.Failure).ShouldBe((200, FunctionFailure.TimedOut));
    }

    [SandboxFact]
    public async Task Idle_processes_are_ended_and_busy_ones_bounded()
    {
        await using var host = TestHost.Create(o => o with { MaxProcesses = 1, PoolSize = 1 });
        const string Code = "let n = 0; Deno.serve(() => new Response(String(++n)));";
        var first = await host.DeployAsync(Code);
        var second = await host.DeployAsync(Code);

        (await first.CallAsync()).Body.ShouldBe("1");
        (await second.CallAsync()).Body.ShouldBe("1");
        (await first.CallAsync()).Body.ShouldBe("1");
        await host.Host.EvictAsync("app", first.Key.Function, CancellationToken.None);
        (await first.CallAsync()).Body.ShouldBe("1");
    }

    [SandboxFact]
    public async Task Functions_that_need_room_at_the_same_time_each_get_it_from_another_idle_one()
    {
        await using var host = TestHost.Create(o => o with { MaxProcesses = 4, PoolSize = 1 });
        const string Code = "Deno.serve(() => new Response('here'));";
        for (var round = 0; round < 3; round++)
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.DeployAsync(Code)));

            var replies = await Task.WhenAll(all.Select(f => f.CallAsync()));

            replies.ShouldAllBe(r => r.Body == "here");
        }
    }

    [SandboxFact]
    public async Task A_function_waits_for_a_busy_one_to_become_idle_and_takes_its_place()
    {
        await using var host = TestHost.Create(o => o with { MaxProcesses = 1, PoolSize = 1 });
        var busy = await host.DeployAsync("Deno.serve(async (req) => { console.log('in'); return new Response(await req.text()); });");
        var next = await host.DeployAsync("Deno.serve(() => new Response('next'));");
        var log = new TestLog();
        var body = new Pipe();
        await body.Writer.WriteAsync("begun"u8.ToArray());
        var call = busy.StartAsync("POST", body.Reader.AsStream(), log);
        await log.SeeAsync(l => l.Text == "in");

        var waiting = next.CallAsync();
        await body.Writer.CompleteAsync();
        await using (var reply = await call) reply.Failure.ShouldBeNull();

        (await waiting).Body.ShouldBe("next");
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

    [Fact]
    public async Task A_machine_that_is_not_set_up_says_what_to_do()
    {
        var empty = Directory.CreateTempSubdirectory("pbfn-empty-");
        try
        {
            await using var host = TestHost.Create(o => o with { RuntimeDirectory = empty.FullName });

            var status = await host.Host.GetStatusAsync(CancellationToken.None);

            status.Available.ShouldBeFalse();
            status.Problems.ShouldContain(p => p.Contains("npm ci", StringComparison.Ordinal));
            (await new TestFunction(host, new FunctionKey("a", "f", 1), new FunctionBundle("", null, "")).CallAsync()).Failure!.Failure.ShouldBe(FunctionFailure.NotAvailable);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }
}
