using System.Globalization;

namespace Patchbay.Sandbox;

/// <summary>The executable: reads flags and the environment, says when it is ready, ends with its parent.</summary>
internal static class SandboxCommand
{
    /// <summary>Where a parent hands over the control token: not visible in a list of processes, as an argument would be.</summary>
    public const string ControlVariable = "PATCHBAY_SANDBOX_CONTROL";

    private const string Usage = """
        usage: Patchbay.Sandbox [--port N] [--data DIRECTORY] [--parent]
          --port N          loopback port (default: any free one)
          --data DIRECTORY  state is kept in DIRECTORY/sandbox (default .patchbay)
          --parent          end when standard input closes
        environment: PATCHBAY_SANDBOX_CONTROL  token for /_sandbox/*; without it that surface is off
        """;

    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter errors)
    {
        var (options, parent, problem) = Parse(args);
        if (problem is not null)
        {
            await errors.WriteLineAsync($"{problem}\n{Usage}");
            return 2;
        }

        try
        {
            await using var server = await SandboxServer.StartAsync(options!);
            await output.WriteLineAsync($"sandbox listening on {server.BaseAddress.ToString().TrimEnd('/')}");
            await output.FlushAsync();
            using var stop = new CancellationTokenSource();
            if (parent)
                _ = Task.Run(async () =>
                {
                    while (await input.ReadLineAsync() is not null)
                    {
                    }

                    await stop.CancelAsync();
                });
            await server.WaitForShutdownAsync(stop.Token);
            return 0;
        }
        catch (IOException exception)
        {
            await errors.WriteLineAsync($"The sandbox could not start: {exception.Message} Choose another --port or --data.");
            return 1;
        }
    }

    internal static (SandboxOptions? Options, bool Parent, string? Problem) Parse(string[] args)
    {
        var (port, data, parent) = (0, ".patchbay", false);
        for (var index = 0; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--parent":
                    parent = true;
                    break;
                case "--port" when index + 1 < args.Length && int.TryParse(args[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535:
                    index++;
                    break;
                case "--data" when index + 1 < args.Length && args[index + 1].Length > 0:
                    data = args[++index];
                    break;
                default:
                    return (null, false, $"'{args[index]}' is not an option of the sandbox, or its value is missing or wrong.");
            }
        }

        return (new SandboxOptions
        {
            Port = port,
            DataDirectory = data,
            ControlToken = Environment.GetEnvironmentVariable(ControlVariable),
            LogToConsole = true,
        }, parent, null);
    }
}
