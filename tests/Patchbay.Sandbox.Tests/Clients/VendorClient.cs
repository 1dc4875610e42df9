using System.Diagnostics;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Clients;

/// <summary>A script of tests/clients: a vendor's own client, unmodified and pinned there, against a running sandbox.</summary>
internal static class VendorClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <returns>What the script found, its last line.</returns>
    public static async Task<JsonNode> RunAsync(string script, string vendor)
    {
        await using var sandbox = await Playground.WithClientAsync(vendor);
        var start = new ProcessStartInfo("node", [script, sandbox.Server.BaseAddress.ToString().TrimEnd('/'), Playground.ClientId, Playground.ClientSecret, Playground.Redirect])
        {
            WorkingDirectory = Folder(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{script} did not end.");
        }
        process.ExitCode.ShouldBe(0, await errors + await output);
        return JsonNode.Parse((await output).Trim().Split('\n')[^1])!;
    }

    public static void ShouldHold(this JsonNode found, params string[] names)
    {
        foreach (var name in names)
            found.Text(name).ShouldBe("true", $"{name} in {found.ToJsonString()}");
    }

    private static string Folder()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var clients = Path.Combine(directory.FullName, "tests", "clients");
            if (!File.Exists(Path.Combine(clients, "package.json")))
                continue;
            return Directory.Exists(Path.Combine(clients, "node_modules")) ? clients
                : throw new InvalidOperationException($"The clients are not installed. Run ./test, or npm ci in {clients}.");
        }
        throw new InvalidOperationException("These tests run inside a clone.");
    }
}
