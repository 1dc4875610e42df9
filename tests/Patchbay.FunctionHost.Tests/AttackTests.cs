using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Patchbay.FunctionHost.Isolation;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

/// <summary>
/// What foreign code tries. Each attempt must run to its end inside the function (it reports "ran") and is judged by its
/// effect on the machine or by the data it got, never by its error message alone.
/// </summary>
[Collection(nameof(SharedHost))]
public sealed class AttackTests(SharedHost shared)
{
    private readonly TestHost _host = shared.Host;

    /// <summary>Runs an attempt: an expression over helpers; its value, or its error, comes back as text.</summary>
    private async Task<string> TryAsync(string attempt, string imports = "", FunctionLimits? limits = null)
    {
        var function = await _host.DeployAsync($$"""
            {{imports}}
            Deno.serve(async () => {
              let got: unknown;
              try { got = await (async () => { {{attempt}} })(); } catch (error) { got = "refused: " + error; }
              return Response.json({ ran: true, got: String(typeof got === "object" ? JSON.stringify(got) : got) });
            });
            """);
        var reply = await function.CallAsync(limits: limits);
        reply.Failure.ShouldBeNull();
        using var json = JsonDocument.Parse(reply.Body);
        json.RootElement.GetProperty("ran").GetBoolean().ShouldBeTrue();
        return json.RootElement.GetProperty("got").GetString()!;
    }

    [SandboxTheory]
    [InlineData("return Deno.readTextFileSync('{0}');")]
    [InlineData("return await Deno.readTextFile('{0}');")]
    [InlineData("const f = await Deno.open('{0}'); const b = new Uint8Array(999); await f.read(b); return new TextDecoder().decode(b);")]
    [InlineData("return (await import('node:fs')).readFileSync('{0}', 'utf8');")]
    [InlineData("return await (await import('node:fs/promises')).readFile('{0}', 'utf8');")]
    [InlineData("return await (await fetch('file://{0}')).text();")]
    [InlineData("const at = '{0}'; return (await import(at, {{ with: {{ type: 'text' }} }})).default;")]
    [InlineData("const at = 'file://{0}'; return (await import(at, {{ with: {{ type: 'json' }} }})).default;")]
    [InlineData("const at = URL.createObjectURL(new Blob([`import x from 'file://{0}' with {{ type: 'text' }}; export default x`], {{ type: 'text/javascript' }})); return (await import(at)).default;")]
    [InlineData("const at = `data:text/javascript,import x from 'file://{0}' with {{ type: 'text' }}; export default x`; return (await import(at)).default;")]
    [InlineData("const {{ createRequire }} = await import('node:module'); return createRequire('file:///boot/main.js')('{0}');")]
    [InlineData("Deno.symlinkSync('{0}', '/cache/link'); return Deno.readTextFileSync('/cache/link');")]
    [InlineData("return Deno.readTextFileSync('/proc/self/root{0}');")]
    [InlineData("return Deno.readTextFileSync('/proc/1/root{0}');")]
    [InlineData("return Deno.readTextFileSync('/door/../..{0}');")]
    public async Task No_file_of_the_machine_is_read(string attempt)
    {
        var folder = Directory.CreateTempSubdirectory("pbfn-secret-");
        try
        {
            const string Marker = "MARKER_OF_THE_MACHINE";
            var path = Path.Combine(folder.FullName, "secret.json");
            await File.WriteAllTextAsync(path, $"\"{Marker}\"");
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);

            (await TryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, path))).ShouldNotContain(Marker);
            (await TryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, "/etc/passwd"))).ShouldNotContain("root:");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SandboxTheory]
    [InlineData("Deno.writeTextFileSync('{0}/new', 'x');")]
    [InlineData("(await import('node:fs')).writeFileSync('{0}/new', 'x');")]
    [InlineData("Deno.mkdirSync('{0}/new');")]
    [InlineData("Deno.removeSync('{0}/old');")]
    [InlineData("Deno.renameSync('{0}/old', '{0}/new');")]
    [InlineData("Deno.linkSync('{0}/old', '/cache/x'); Deno.writeTextFileSync('/cache/x', 'x');")]
    [InlineData("Deno.chmodSync('{0}/old', 0o777); Deno.truncateSync('{0}/old');")]
    public async Task No_file_of_the_machine_is_changed(string attempt)
    {
        var folder = Directory.CreateTempSubdirectory("pbfn-target-");
        try
        {
            var old = Path.Combine(folder.FullName, "old");
            await File.WriteAllTextAsync(old, "as it was");
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            File.SetUnixFileMode(old, (UnixFileMode)0b110_110_110);

            (await TryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, folder.FullName))).ShouldStartWith("refused");

            Directory.GetFileSystemEntries(folder.FullName).ShouldBe([old]);
            (await File.ReadAllTextAsync(old)).ShouldBe("as it was");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

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

        _host.Egress.Requests.ShouldContain(line);
    }

    [SandboxFact]
    public async Task Node_https_reaches_only_the_door()
    {
        await TryAsync("const https = await import('node:https'); return await new Promise((done) => https.get('https://node.example/', () => done('?')).on('error', (e) => done('refused: ' + e)));");

        _host.Egress.Requests.ShouldContain("CONNECT node.example:443 HTTP/1.1");
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
        var function = await _host.DeployAsync($$"""
            Deno.serve(async (req) => {
              if (req.method === "GET") return new Response("still me");
              try { await (async () => { {{attempt}} })(); return new Response("done"); } catch (error) { return new Response("refused: " + error); }
            });
            """);

        (await function.CallAsync()).Body.ShouldStartWith("refused");
        (await function.CallAsync("GET")).Body.ShouldBe("still me");
    }

    [SandboxTheory]
    [InlineData("return new Deno.Command('/bin/deno', { args: ['--version'] }).outputSync().stdout.length;")]
    [InlineData("return (await import('node:child_process')).execFileSync('/bin/deno', ['--version']).toString();")]
    [InlineData("const child = (await import('node:child_process')).spawnSync('/bin/deno', ['--version']); if (!child.stdout?.length) throw child.error ?? 'no output'; return 'ran it';")]
    [InlineData("return Deno.dlopen('libc.so.6', { getpid: { parameters: [], result: 'i32' } }).symbols.getpid();")]
    [InlineData("const process = (await import('node:process')).default; process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6'); return 'loaded';")]
    [InlineData("const process = (await import('node:process')).default; process.kill(1, 'SIGKILL'); return 'sent';")]
    [InlineData("Deno.kill(1, 'SIGKILL'); return 'sent';")]
    [InlineData("const process = (await import('node:process')).default; process.kill(process.ppid, 'SIGTERM'); return 'sent';")]
    [InlineData("const process = (await import('node:process')).default; process.setuid(0); return 'root';")]
    [InlineData("return (await import('node:os')).hostname();")]
    [InlineData("return JSON.stringify((await import('node:os')).networkInterfaces());")]
    [InlineData("return JSON.stringify(Deno.systemMemoryInfo());")]
    [InlineData("return (await import('node:os')).userInfo().username;")]
    [InlineData("return Deno.readTextFileSync('/proc/self/environ');")]
    [InlineData("return Deno.readTextFileSync('/proc/1/cmdline');")]
    [InlineData("return [...Deno.readDirSync('/proc')].map((e) => e.name).join();")]
    [InlineData("return [...Deno.readDirSync('/')].map((e) => e.name).join();")]
    [InlineData("return new Worker('data:text/javascript,1', { type: 'module' });")]
    [InlineData("return new (await import('node:worker_threads')).default.Worker('1', { eval: true });")]
    [InlineData("const { Session } = await import('node:inspector'); const s = new Session(); s.connect(); return 'inspects';")]
    [InlineData("return await Deno.openKv();")]
    [InlineData("return (await Deno.permissions.request({ name: 'read', path: '/etc' })).state === 'granted' ? 'granted' : Promise.reject('still ' + 'denied');")]
    [InlineData("const v8 = await import('node:v8'); return v8.writeHeapSnapshot('/cache/heap');")]
    public async Task The_machine_its_processes_and_its_names_stay_out_of_reach(string attempt)
    {
        var supervisor = Environment.ProcessId;

        (await TryAsync(attempt)).ShouldStartWith("refused");

        Environment.ProcessId.ShouldBe(supervisor);
    }

    [SandboxFact]
    public async Task A_worker_thread_kept_from_before_the_ban_kills_at_most_its_own_process()
    {
        var neighbour = await _host.DeployAsync("Deno.serve(() => new Response('here'));");
        (await neighbour.CallAsync()).Body.ShouldBe("here");
        var function = await _host.DeployAsync("""
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
    public async Task The_environment_of_the_server_is_not_seen()
    {
        Environment.SetEnvironmentVariable("PATCHBAY_TEST_SECRET", "MARKER_IN_THE_ENVIRONMENT");

        var got = await TryAsync("const process = (await import('node:process')).default; return { deno: Deno.env.toObject(), node: { ...process.env }, argv: process.argv, args: Deno.args, title: process.title };");

        got.ShouldNotContain("MARKER_IN_THE_ENVIRONMENT");
        got.ShouldContain("\"deno\":{},\"node\":{}");
    }

    [SandboxFact]
    public async Task Paths_that_are_told_are_those_of_the_namespace()
    {
        (await TryAsync("return [Deno.cwd(), Deno.execPath(), Deno.mainModule];")).ShouldBe("""["/","/bin/deno","file:///boot/main.js"]""");
    }

    [SandboxFact]
    public async Task Filling_the_cache_ends_at_its_size()
    {
        var got = await TryAsync("""
            const cache = await caches.open("fill");
            let stored = 0;
            const block = new Uint8Array(1 << 20).fill(7);
            try { for (; stored < 200; stored++) await cache.put(`http://x.example/${stored}`, new Response(block)); } catch (error) { return `${stored}`; }
            return `${stored}`;
            """);

        int.Parse(got, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(20);
    }

    [SandboxFact]
    public async Task Temporary_files_cannot_be_made() =>
        (await TryAsync("return Deno.makeTempFileSync();")).ShouldStartWith("refused");

    [SandboxFact]
    public async Task Replies_cannot_carry_headers_that_split_or_steer()
    {
        var got = await TryAsync("return new Response('', { headers: { 'x': 'a\\r\\nset-cookie: b=c' } }).headers.get('x');");
        got.ShouldStartWith("refused");

        var function = await _host.DeployAsync("Deno.serve(() => new Response('ok', { headers: { 'patchbay-logged': '999', 'patchbay-threw': '1', 'transfer-encoding': 'chunked', 'connection': 'x-own' } }));");
        var reply = await function.CallAsync();
        (reply.Status, reply.Body).ShouldBe((200, "ok"));
        reply.Headers.ShouldNotContain(h => h.Key.StartsWith("patchbay-", StringComparison.OrdinalIgnoreCase));
    }

    [SandboxFact]
    public async Task Prototypes_patched_by_one_function_do_not_reach_the_next()
    {
        await TryAsync("Response.prototype.text = () => 'stolen'; globalThis.fetch = () => 'stolen'; Array.prototype.map = () => ['stolen']; globalThis.mine = 'left'; return 'patched';");

        for (var i = 0; i < 4; i++)
            (await TryAsync("return `${typeof globalThis.mine} ${await new Response('own').text()} ${[1].map((n) => n + 1)}`;")).ShouldBe("undefined own 2");
    }

    [SandboxFact]
    public async Task The_process_holds_no_capability_no_privilege_and_no_way_to_a_further_namespace()
    {
        var function = await _host.DeployAsync("Deno.serve(() => { console.log('in'); return new Promise(() => {}); });");
        var log = new TestLog();
        using var stop = new CancellationTokenSource();
        var call = function.StartAsync("GET", null, log, cancellationToken: stop.Token);
        await log.SeeAsync(l => l.Text == "in");

        foreach (var pid in SandboxedDenos())
        {
            var status = await File.ReadAllLinesAsync($"/proc/{pid}/status");
            string Field(string name) => status.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split('\t')[1];
            Field("CapEff:").ShouldBe("0000000000000000");
            Field("CapPrm:").ShouldBe("0000000000000000");
            Field("CapBnd:").ShouldBe("0000000000000000");
            Field("NoNewPrivs:").ShouldBe("1");
            Field("Uid:").ShouldNotBe("0");
            foreach (var name in new[] { "net", "pid", "mnt", "ipc", "uts", "user" })
                new FileInfo($"/proc/{pid}/ns/{name}").LinkTarget.ShouldNotBe(new FileInfo($"/proc/self/ns/{name}").LinkTarget);
            // No mount of the machine is writable: what is, is a tmpfs or a device.
            foreach (var mount in await File.ReadAllLinesAsync($"/proc/{pid}/mountinfo"))
            {
                var parts = mount.Split(' ');
                var type = parts[Array.IndexOf(parts, "-") + 1];
                var writable = parts[5].Split(',').Contains("rw");
                (!writable || type is "tmpfs" or "proc" || parts[4].StartsWith("/dev/", StringComparison.Ordinal)).ShouldBeTrue(mount);
                if (type == "tmpfs" && writable) mount.ShouldContain("size=");
            }
        }

        await stop.CancelAsync();
        await using var _ = await call;
    }

    [SandboxFact]
    public async Task A_further_user_namespace_is_refused_even_to_a_program_that_got_in()
    {
        // Only root can put a program of its own into the namespace; as another user the other checks have to do.
        if (!HostTools.IsRoot) return;
        var function = await _host.DeployAsync("Deno.serve(() => new Response('ok'));");
        (await function.CallAsync()).Body.ShouldBe("ok");
        var deno = SandboxedDenos()[0];

        (await RunAsync("nsenter", "-t", $"{deno}", "-U", "-S", "1000", "-G", "1000", "true")).ShouldBe(0);
        (await RunAsync("nsenter", "-t", $"{deno}", "-U", "-S", "1000", "-G", "1000", "unshare", "-U", "true")).ShouldNotBe(0);
        (await RunAsync("unshare", "-U", "true")).ShouldBe(0);
    }

    [SandboxFact]
    public async Task A_file_the_server_holds_open_is_not_inherited()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var file = File.OpenHandle(path);
            // dup gives what a careless launcher would have left: a descriptor that passes on to children.
            var leaked = Duplicate((int)file.DangerousGetHandle());
            leaked.ShouldBeGreaterThan(2);
            await using var host = TestHost.Create();
            var function = await host.DeployAsync("Deno.serve(() => new Response('ok'));");
            (await function.CallAsync()).Body.ShouldBe("ok");

            SandboxedDenos().ShouldNotBeEmpty();
            foreach (var pid in SandboxedDenos())
                foreach (var descriptor in Directory.GetFiles($"/proc/{pid}/fd"))
                    (new FileInfo(descriptor).LinkTarget ?? "").ShouldNotBe(path);
            Close(leaked).ShouldBe(0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "dup"), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "close"), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    // The table above would prove nothing if its attempts could not succeed anywhere.
    [Theory]
    [InlineData("return Deno.readTextFileSync('{0}');")]
    [InlineData("return (await import('node:fs')).readFileSync('{0}', 'utf8');")]
    [InlineData("return await (await fetch('file://{0}')).text();")]
    [InlineData("const at = '{0}'; return (await import(at, {{ with: {{ type: 'text' }} }})).default;")]
    [InlineData("const at = `data:text/javascript,import x from 'file://{0}' with {{ type: 'text' }}; export default x`; return (await import(at)).default;")]
    [InlineData("return Deno.readTextFileSync('/proc/self/root{0}');")]
    [InlineData("return new TextDecoder().decode(new Deno.Command('/bin/cat', {{ args: ['{0}'] }}).outputSync().stdout);")]
    [InlineData("return (await import('node:child_process')).spawnSync('/bin/cat', ['{0}']).stdout.toString();")]
    public async Task Without_walls_the_attempts_succeed(string attempt)
    {
        var folder = Directory.CreateTempSubdirectory("pbfn-control-");
        try
        {
            var path = Path.Combine(folder.FullName, "secret.json");
            await File.WriteAllTextAsync(path, "\"MARKER_OF_THE_MACHINE\"");
            var script = Path.Combine(folder.FullName, "attempt.js");
            var body = string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, path);
            await File.WriteAllTextAsync(script, $"const got = await (async () => {{ {body} }})(); Deno.exit(got.includes('MARKER_OF_THE_MACHINE') ? 42 : 1);");

            (await RunAsync("env", "DENO_NO_UPDATE_CHECK=1", $"DENO_DIR={folder.FullName}/cache", RuntimeFiles.In(TestHost.RuntimeDirectory).Deno, "run", "-A", "--no-config", script)).ShouldBe(42);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync(), process.WaitForExitAsync());
        return process.ExitCode;
    }

    private static List<int> SandboxedDenos() =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(n => int.Parse(n!, System.Globalization.CultureInfo.InvariantCulture))
            .Where(pid => IsOurs(pid)),
    ];

    // Deno processes whose chain of parents ends at this test run.
    private static bool IsOurs(int pid)
    {
        try
        {
            if (!File.ReadAllText($"/proc/{pid}/cmdline").StartsWith("/bin/deno\0", StringComparison.Ordinal)) return false;
            for (var at = pid; at > 1;)
            {
                if (at == Environment.ProcessId) return true;
                var stat = File.ReadAllText($"/proc/{at}/stat");
                at = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // It has just ended.
        }

        return false;
    }
}
