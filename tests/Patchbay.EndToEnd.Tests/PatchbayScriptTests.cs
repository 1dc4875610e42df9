using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary><c>./patchbay</c> on a machine that lacks something: one message that says what to install.</summary>
public sealed class PatchbayScriptTests : IDisposable
{
    private readonly TempDirectory _path = new();

    [Fact]
    public Task Without_dotnet() => SaysAsync("dotnet-sdk-10.0", "node", "npm");

    [Fact]
    public async Task With_an_old_dotnet()
    {
        Program("dotnet", "echo 8.0.404");
        await SaysAsync(".NET 10", "node", "npm");
    }

    [Fact]
    public async Task Without_node()
    {
        Program("dotnet", "echo 10.0.100");
        await SaysAsync("Install Node 20.19");
    }

    [Fact]
    public async Task Without_npm()
    {
        Program("dotnet", "echo 10.0.100");
        await SaysAsync("npm is missing", "node");
    }

    [Theory]
    [InlineData("v18.20.4")]
    [InlineData("v20.11.1")]
    [InlineData("v22.3.0")]
    public async Task With_an_old_node(string version)
    {
        Program("dotnet", "echo 10.0.100");
        // The real node judges, told that it is the old one.
        Program("node", $"[ \"$1\" = --version ] && echo {version} && exit\nexec '{Clone.InPath("node")}' -e \"Object.defineProperty(process.versions, 'node', {{ value: '{version[1..]}' }}); $2\"");
        await SaysAsync($"Node {version} is too old", "npm");
    }

    public void Dispose() => _path.Dispose();

    private async Task SaysAsync(string what, params string[] present)
    {
        foreach (var program in present)
            File.CreateSymbolicLink(_path[program], Clone.InPath(program));
        foreach (var tool in new[] { "bash", "env", "dirname", "id", "find", "mkdir", "tail", "sh" })
            File.CreateSymbolicLink(_path[tool], Clone.InPath(tool));

        var run = await ProgramRun.RunAsync(Path.Combine(Clone.Root, "patchbay"), ["connector", "check"], _path.Path, new Dictionary<string, string?> { ["PATH"] = _path.Path });

        run.Code.ShouldBe(1, run.All);
        run.Output.ShouldBe("");
        run.Errors.ShouldStartWith("patchbay: ");
        run.Errors.ShouldContain(what);
        run.Errors.ShouldContain("run ./patchbay again");
        run.Errors.Split('\n').Length.ShouldBe(1, run.Errors);
    }

    private void Program(string name, string script)
    {
        File.WriteAllText(_path[name], $"#!/bin/sh\n{script}\n");
        Executable.Make(_path[name]);
    }
}
