using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests.Attacks;

/// <summary>Other functions, and whoever reads a reply.</summary>
[Collection(nameof(SharedHost))]
public sealed class NeighbourAttackTests(SharedHost shared) : AttackTest(shared)
{
    [SandboxFact]
    public async Task A_worker_thread_kept_from_before_the_ban_kills_at_most_its_own_process()
    {
        var neighbour = await Host.DeployAsync("Deno.serve(() => new Response('here'));");
        (await neighbour.CallAsync()).Body.ShouldBe("here");
        var function = await Host.DeployAsync("""
            import { Worker } from "node:worker_threads";
            Deno.serve(async (req) => {
              if (req.method === "GET") return new Response("fine");
              const got = await new Promise((done) => {
                try { new Worker("import('node:worker_threads').then(async (w) => { let got; try { got = Deno.readTextFileSync('/etc/passwd'); } catch (e) { got = 'refused'; } w.parentPort.postMessage(got); })", { eval: true }).on("message", done).on("error", () => done("refused")); }
                catch { done("refused"); }
              });
              return new Response(String(got));
            });
            """);

        var reply = await function.CallAsync(limits: new FunctionLimits { Wall = TimeSpan.FromSeconds(10) });

        (reply.Failure is not null || reply.Body == "refused").ShouldBeTrue(reply.Body);
        (await neighbour.CallAsync()).Body.ShouldBe("here");
        (await function.CallAsync("GET")).Body.ShouldBe("fine");
    }

    [SandboxFact]
    public async Task Prototypes_patched_by_one_function_do_not_reach_the_next()
    {
        await TryAsync("Response.prototype.text = () => 'stolen'; globalThis.fetch = () => 'stolen'; Array.prototype.map = () => ['stolen']; globalThis.mine = 'left'; return 'patched';");

        for (var i = 0; i < 4; i++)
            (await TryAsync("return `${typeof globalThis.mine} ${await new Response('own').text()} ${[1].map((n) => n + 1)}`;")).ShouldBe("undefined own 2");
    }

    [SandboxFact]
    public async Task Replies_cannot_carry_headers_that_split_or_steer()
    {
        var got = await TryAsync("return new Response('', { headers: { 'x': 'a\\r\\nset-cookie: b=c' } }).headers.get('x');");
        got.ShouldStartWith("refused");

        var function = await Host.DeployAsync("Deno.serve(() => new Response('ok', { headers: { 'patchbay-logged': '999', 'patchbay-threw': '1', 'transfer-encoding': 'chunked', 'connection': 'x-own' } }));");
        var reply = await function.CallAsync();
        (reply.Status, reply.Body).ShouldBe((200, "ok"));
        reply.Headers.ShouldNotContain(h => h.Key.StartsWith("patchbay-", StringComparison.OrdinalIgnoreCase));
    }
}
