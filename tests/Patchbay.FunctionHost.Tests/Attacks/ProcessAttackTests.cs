using Patchbay.FunctionHost.Isolation;
using Patchbay.FunctionHost.Tests.Support;
using static Patchbay.FunctionHost.Tests.Support.MachineProcesses;

namespace Patchbay.FunctionHost.Tests.Attacks;

/// <summary>The machine, its processes, its names and its privileges.</summary>
[Collection(nameof(SharedHost))]
public sealed class ProcessAttackTests(SharedHost shared) : AttackTest(shared)
{
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
    public async Task The_process_holds_no_capability_no_privilege_and_no_way_to_a_further_namespace()
    {
        var function = await Host.DeployAsync("Deno.serve(() => { console.log('in'); return new Promise(() => {}); });");
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
        var function = await Host.DeployAsync("Deno.serve(() => new Response('ok'));");
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
}
