using System.Diagnostics;
using System.Security.Cryptography;

namespace Patchbay.Server.Hosting;

/// <summary>The vendors' look-alikes, a child process that dies with the server: it ends when its standard input closes.</summary>
public sealed class SandboxProcess : IAsyncDisposable
{
    private const string Ready = "sandbox listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Farewell = TimeSpan.FromSeconds(3);
    private readonly Process _process;

    private SandboxProcess(Process process, Uri address, string controlToken)
    {
        (_process, Address, ControlToken) = (process, address, controlToken);
    }

    public Uri Address { get; }

    /// <summary>Opens the control API; known to this server and its child only.</summary>
    public string ControlToken { get; }

    /// <exception cref="StartException">It is not built, its port is taken, or it ended.</exception>
    public static async Task<SandboxProcess> StartAsync(string assembly, string dataDirectory, int port, CancellationToken cancellationToken)
    {
        if (!File.Exists(assembly))
            throw new StartException($"The sandbox is not built ({assembly} is missing). Run ./patchbay once more, or start with --sandbox off.");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { assembly, "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--data", dataDirectory, "--parent" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // The sandbox is told what it needs; the server's settings (a database's password among them) are none of its business.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PATCHBAY_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["PATCHBAY_SANDBOX_CONTROL"] = token;
        var process = Process.Start(start) ?? throw new StartException("The sandbox did not start.");
        try
        {
            var complaint = process.StandardError.ReadToEndAsync(CancellationToken.None);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (!line.StartsWith(Ready, StringComparison.Ordinal))
                    continue;
                // From here on nobody reads what it prints; an unread pipe must not fill up and stop it.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new(process, new Uri(line[Ready.Length..].Trim()), token);
            }
            var why = (await complaint).Trim();
            throw new StartException(why.Contains("in use", StringComparison.Ordinal)
                ? $"Port {port} for the sandbox is in use. Stop the program that has it, choose another with --sandbox-port, or start with --sandbox off."
                : $"The sandbox ended before it was ready: {(why.Length > 400 ? why[..400] : why)} Start with --sandbox off to do without it.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            End(process);
            throw new StartException($"The sandbox was not ready within {Patience.TotalSeconds:0} seconds. Try again, or start with --sandbox off.");
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            using var farewell = new CancellationTokenSource(Farewell);
            await _process.WaitForExitAsync(farewell.Token);
        }
        catch (OperationCanceledException)
        {
            End(_process);
        }
        _process.Dispose();
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }
}
