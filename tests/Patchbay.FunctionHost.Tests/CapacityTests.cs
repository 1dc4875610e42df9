using System.IO.Pipelines;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

/// <summary>More functions than there is room for.</summary>
[Collection(nameof(SharedHost))]
public sealed class CapacityTests
{
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
}
