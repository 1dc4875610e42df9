using System.Net;
using System.Net.Sockets;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

/// <summary>The development mode without namespaces: Deno's permissions alone.</summary>
public sealed class UnsafeTests : IAsyncLifetime
{
    private readonly TestHost _host = TestHost.Create(o => o with { Isolation = FunctionIsolation.Unsafe, PoolSize = 1 });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task It_serves_and_says_what_it_is()
    {
        var function = await _host.DeployAsync("Deno.serve(async (req) => { console.log('in'); return new Response('hello ' + await req.text()); });");

        var reply = await function.CallAsync(body: "you");

        (reply.Body, reply.Failure).ShouldBe(("hello you", null));
        reply.Texts.ShouldBe(["in"]);
        (await _host.Host.GetStatusAsync(CancellationToken.None)).Isolation.ShouldBe(FunctionIsolation.Unsafe);
    }

    [Fact]
    public async Task A_run_ticket_goes_on_the_fetches_of_its_invocation_and_never_to_the_handler()
    {
        _host.Egress.Answer = _ => "{}";
        var function = await _host.DeployAsync("""
            Deno.serve(async (req) => {
              const name = new URL(req.url).searchParams.get("name");
              await new Promise((done) => setTimeout(done, 1));
              await fetch(`http://patchbay.internal/${name}/a`);
              await fetch(new Request(`http://patchbay.internal/${name}/b`, { method: "POST", body: "x", headers: { authorization: "Bearer p" } }));
              await fetch(`http://patchbay.internal/${name}/c`, { headers: [["x-own", "1"]] });
              return Response.json([...req.headers.keys()]);
            });
            """);

        var replies = await Task.WhenAll(
            function.CallAsync(path: "/f?name=one", headers: [("X-Patchbay-Run", "ticket-one")]),
            function.CallAsync(path: "/f?name=two", headers: [("X-Patchbay-Run", "ticket-two")]),
            function.CallAsync(path: "/f?name=none"));

        replies.ShouldAllBe(r => r.Status == 200 && !r.Body.Contains("patchbay"));
        string[] Heads(string path) => [.. _host.Egress.Heads.Where(h => h.Contains($"/{path}/", StringComparison.Ordinal)).Select(h => h.ToLowerInvariant())];
        Heads("one").Length.ShouldBe(3);
        Heads("one").ShouldAllBe(h => h.Contains("x-patchbay-run: ticket-one\r\n", StringComparison.Ordinal));
        Heads("one").ShouldContain(h => h.Contains("authorization: bearer p", StringComparison.Ordinal));
        Heads("one").ShouldContain(h => h.Contains("x-own: 1", StringComparison.Ordinal));
        Heads("two").ShouldAllBe(h => h.Contains("x-patchbay-run: ticket-two\r\n", StringComparison.Ordinal));
        Heads("none").ShouldAllBe(h => !h.Contains("x-patchbay-run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fetch_node_https_and_the_sdk_go_to_the_door_in_absolute_form()
    {
        _host.Egress.Answer = line => line.Contains("vendor.example", StringComparison.Ordinal) || line.Contains("/entities/Ticket", StringComparison.Ordinal) ? """["from the door"]""" : null;
        var function = await _host.DeployAsync("""
            import https from "node:https";
            import { createClientFromRequest } from "npm:@base44/sdk@0.8.6";
            Deno.serve(async (req) => {
              const fetched = await (await fetch("https://vendor.example/api?x=1", { method: "POST", body: "b", headers: { authorization: "Bearer p" } })).json();
              const node = await new Promise<string>((done) => https.get("https://vendor.example/node", (r) => { let t = ""; r.on("data", (d) => t += d).on("end", () => done(t)); }));
              const listed = await createClientFromRequest(req).asServiceRole.entities.Ticket.list();
              const refused = (await fetch("https://other.example/")).status;
              return Response.json([fetched, JSON.parse(node), listed, refused]);
            });
            """);

        var reply = await function.CallAsync(headers: [("Base44-App-Id", "a"), ("Base44-Service-Authorization", "Bearer s"), ("Base44-Api-Url", "http://patchbay.internal")]);

        reply.Body.ShouldBe("""[["from the door"],["from the door"],["from the door"],403]""", string.Join('\n', reply.Texts));
        _host.Egress.Requests.ShouldContain("POST https://vendor.example/api?x=1 HTTP/1.1");
        _host.Egress.Requests.ShouldContain("GET https://vendor.example/node HTTP/1.1");
    }

    [Theory]
    [InlineData("return Deno.readTextFileSync('/etc/passwd');")]
    [InlineData("const at = '/etc/passwd'; return (await import(at, { with: { type: 'text' } })).default;")]
    [InlineData("const at = URL.createObjectURL(new Blob([`import x from 'file:///etc/passwd' with { type: 'text' }; export default x`], { type: 'text/javascript' })); return (await import(at)).default;")]
    [InlineData("return new Deno.Command('/bin/sh').outputSync();")]
    [InlineData("Deno.writeTextFileSync('/tmp/pbfn-written', 'x');")]
    public async Task Deno_still_refuses_files_and_programs(string attempt)
    {
        var function = await _host.DeployAsync($"Deno.serve(async () => {{ try {{ return new Response(String(await (async () => {{ {attempt} }})())); }} catch (e) {{ return new Response('refused: ' + e); }} }});");

        (await function.CallAsync()).Body.ShouldStartWith("refused");
        File.Exists("/tmp/pbfn-written").ShouldBeFalse();
    }

    [Fact]
    public async Task No_byte_reaches_a_listener_on_loopback()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var function = await _host.DeployAsync($"Deno.serve(async () => {{ try {{ await Deno.connect({{ hostname: '127.0.0.1', port: {port} }}); return new Response('in'); }} catch (e) {{ return new Response('refused: ' + e); }} }});");

        (await function.CallAsync()).Body.ShouldStartWith("refused");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task A_loop_is_ended_here_too()
    {
        var function = await _host.DeployAsync("Deno.serve(() => { for (;;); });");

        (await function.CallAsync(limits: new FunctionLimits { Wall = TimeSpan.FromSeconds(1) })).Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);
    }
}
