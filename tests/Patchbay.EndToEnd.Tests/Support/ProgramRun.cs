using System.Diagnostics;
using System.Text;

namespace Patchbay.EndToEnd.Tests.Support;

/// <summary>A program that ran to its end.</summary>
internal sealed record ProgramRun(int Code, string Output, string Errors)
{
    public string All => Output + Errors;

    /// <summary>A command of the built server.</summary>
    public static Task<ProgramRun> ServerAsync(IEnumerable<string> arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string?>? environment = null) =>
        RunAsync(Clone.Dotnet, [Clone.Server + ".dll", .. arguments], workingDirectory, environment);

    /// <exception cref="TimeoutException">It did not end in time, and was killed.</exception>
    public static async Task<ProgramRun> RunAsync(string program, IEnumerable<string> arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        process.OutputDataReceived += (_, e) => output.AppendLine(e.Data);
        process.ErrorDataReceived += (_, e) => errors.AppendLine(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Wait.Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end. It said: {output}{errors}");
        }
        return new(process.ExitCode, output.ToString().Trim(), errors.ToString().Trim());
    }
}
