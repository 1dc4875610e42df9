using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Tests.Control;

public sealed class CommandTests
{
    [Fact]
    public async Task The_executable_says_where_it_listens_and_ends_with_its_parent()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-command-");
        try
        {
            using var process = Start("--port", "0", "--data", folder.FullName, "--parent");
            var line = await process.StandardOutput.ReadLineAsync();
            var address = Regex.Match(line ?? "", "^sandbox listening on (http://127\\.0\\.0\\.1:[0-9]+)$").Groups[1].Value;
            using (var http = new HttpClient())
                (await http.GetStringAsync(new Uri(address + "/healthz"))).ShouldBe("ok\n");

            process.StandardInput.Close();

            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await process.WaitForExitAsync(deadline.Token);
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_message()
    {
        await using var taken = await Support.Playground.StartAsync();
        var folder = Directory.CreateTempSubdirectory("sandbox-command-");
        try
        {
            using var process = Start("--port", $"{taken.Server.BaseAddress.Port}", "--data", folder.FullName);
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            process.ExitCode.ShouldBe(1);
            error.ShouldContain("could not start");
            error.ShouldContain("--port");
            error.ShouldNotContain("   at ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--port", "seventy")]
    [InlineData("--port", "70000")]
    [InlineData("--data")]
    public void A_wrong_option_is_named(params string[] args)
    {
        var (options, _, problem) = SandboxCommand.Parse(args);

        options.ShouldBeNull();
        problem!.ShouldContain(args[0]);
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(SandboxServer).Assembly.Location);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }
}
