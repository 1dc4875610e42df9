using System.Net.Sockets;
using System.Net;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests.Attacks;

/// <summary>Every way out but the door.</summary>
[Collection(nameof(SharedHost))]
public sealed class NetworkAttackTests(SharedHost shared) : AttackTest(shared)
{
    [SandboxTheory]
    [InlineData("const c = await Deno.connect({ hostname: '127.0.0.1', port: {0} }); await c.write(new Uint8Array(1)); return 'sent';")]
    [InlineData("const c = await Deno.connect({ hostname: 'localhost', port: {0} }); await c.write(new Uint8Array(1)); return 'sent';")]
    [InlineData("const c = await Deno.connect({ hostname: '0.0.0.0', port: {0} }); await c.write(new Uint8Array(1)); return 'sent';")]
    [InlineData("const c = await Deno.connect({ hostname: '::1', port: {0} }); await c.write(new Uint8Array(1)); return 'sent';")]
    [InlineData("const c = await Deno.connect({ hostname: '{1}', port: {0} }); await c.write(new Uint8Array(1)); return 'sent';")]
    [InlineData("const net = await import('node:net'); return await new Promise((done) => { const s = net.connect({0}, '127.0.0.1', () => { s.write('x'); done('sent'); }); s.on('error', (e) => done('refused: ' + e)); });")]
    [InlineData("const d = Deno.listenDatagram({ port: 0, transport: 'udp', hostname: '0.0.0.0' }); await d.send(new Uint8Array(1), { transport: 'udp', hostname: '{1}', port: {0} }); return 'sent';")]
    [InlineData("return await new Promise((done) => { const w = new WebSocket('ws://127.0.0.1:{0}/'); w.onopen = () => done('sent'); w.onerror = (e) => done('refused: ' + e.message); });")]
    [InlineData("const r = await fetch('http://127.0.0.1:{0}/'); return 'door: ' + r.status;")]
    [InlineData("const http = await import('node:http'); return await new Promise((done) => http.get({ host: '127.0.0.1', port: {0}, agent: false }, (r) => done('door: ' + r.statusCode)).on('error', (e) => done('refused: ' + e)));")]
    [InlineData("const client = Deno.createHttpClient({ proxy: { url: 'http://127.0.0.1:{0}' } }); return (await fetch('http://x.example/', { client })).status;")]
    public async Task No_byte_reaches_a_listener_on_the_machine(string attempt)
    {
        var own = Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var datagrams = new UdpClient(new IPEndPoint(IPAddress.Any, port));

        await TryAsync(attempt.Replace("{0}", $"{port}", StringComparison.Ordinal).Replace("{1}", (own ?? IPAddress.Loopback).ToString(), StringComparison.Ordinal));

        listener.Pending().ShouldBeFalse();
        datagrams.Available.ShouldBe(0);
    }

    [SandboxTheory]
    [InlineData("return await Deno.resolveDns('example.com', 'A');")]
    [InlineData("return await (await import('node:dns/promises')).lookup('example.com');")]
    [InlineData("return await (await import('node:dns/promises')).resolve4('example.com');")]
    [InlineData("return await Deno.connect({ hostname: 'example.com', port: 443 });")]
    [InlineData("return await Deno.connect({ hostname: '169.254.169.254', port: 80 });")]
    [InlineData("return await Deno.connect({ hostname: '1.1.1.1', port: 53 });")]
    [InlineData("return await Deno.connectTls({ hostname: 'example.com', port: 443 });")]
    public async Task No_name_is_resolved_and_no_address_outside_is_reached(string attempt) =>
        (await TryAsync(attempt)).ShouldStartWith("refused");

    [SandboxTheory]
    [InlineData("http://evil.example/x", "GET http://evil.example/x HTTP/1.1")]
    [InlineData("https://evil.example/x", "CONNECT evil.example:443 HTTP/1.1")]
    [InlineData("http://169.254.169.254/latest/", "GET http://169.254.169.254/latest/ HTTP/1.1")]
    [InlineData("http://2130706433/x", "GET http://127.0.0.1/x HTTP/1.1")]
    [InlineData("https://localhost/x", "CONNECT localhost:443 HTTP/1.1")]
    public async Task Whatever_is_fetched_reaches_only_the_door(string url, string line)
    {
        _ = await TryAsync($"return 'door: ' + (await fetch('{url}')).status;");

        Host.Egress.Requests.ShouldContain(line);
    }

    [SandboxFact]
    public async Task Node_https_reaches_only_the_door()
    {
        await TryAsync("const https = await import('node:https'); return await new Promise((done) => https.get('https://node.example/', () => done('?')).on('error', (e) => done('refused: ' + e)));");

        Host.Egress.Requests.ShouldContain("CONNECT node.example:443 HTTP/1.1");
    }

    [SandboxFact]
    public async Task No_other_unix_socket_of_the_machine_is_reached()
    {
        var folder = Directory.CreateTempSubdirectory("pbfn-sock-");
        try
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            var path = Path.Combine(folder.FullName, "s");
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
            using var hidden = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            hidden.Bind(new UnixDomainSocketEndPoint("\0pbfn-abstract-test"));
            hidden.Listen();

            (await TryAsync($"return await Deno.connect({{ transport: 'unix', path: '{path}' }});")).ShouldStartWith("refused");
            (await TryAsync($"const net = await import('node:net'); return await new Promise((done) => net.connect('{path}', () => done('in')).on('error', (e) => done('refused: ' + e)));")).ShouldStartWith("refused");
            (await TryAsync("return await Deno.connect({ transport: 'unix', path: '\\0pbfn-abstract-test' });")).ShouldStartWith("refused");

            listener.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
            hidden.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SandboxTheory]
    [InlineData("Deno.removeSync('/s/fn.sock');")]
    [InlineData("Deno.removeSync('/s/fn.sock'); Deno.writeTextFileSync('/s/fn.sock', 'x');")]
    [InlineData("Deno.removeSync('/s/fn.sock'); Deno.symlinkSync('/door/egress.sock', '/s/fn.sock');")]
    [InlineData("Deno.renameSync('/s/fn.sock', '/s/other');")]
    [InlineData("Deno.listen({ transport: 'unix', path: '/s/fn.sock' });")]
    [InlineData("Deno.listen({ transport: 'unix', path: '/s/other.sock' });")]
    [InlineData("Deno.writeTextFileSync('/s/file', 'x');")]
    [InlineData("Deno.writeTextFileSync('/door/file', 'x');")]
    [InlineData("Deno.removeSync('/door/egress.sock');")]
    [InlineData("Deno.writeTextFileSync('/door/ca.pem', 'x');")]
    [InlineData("(await import('node:fs')).unlinkSync('/s/fn.sock');")]
    public async Task The_sockets_can_neither_be_removed_nor_replaced(string attempt)
    {
        var function = await Host.DeployAsync($$"""
            Deno.serve(async (req) => {
              if (req.method === "GET") return new Response("still me");
              try { await (async () => { {{attempt}} })(); return new Response("done"); } catch (error) { return new Response("refused: " + error); }
            });
            """);

        (await function.CallAsync()).Body.ShouldStartWith("refused");
        (await function.CallAsync("GET")).Body.ShouldBe("still me");
    }
}
