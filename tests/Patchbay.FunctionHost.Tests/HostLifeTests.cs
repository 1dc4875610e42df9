using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

/// <summary>Start and end of a host and of its processes.</summary>
[Collection(nameof(SharedHost))]
public sealed class HostLifeTests
{
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
