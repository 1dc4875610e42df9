using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Commands.Demo;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Commands;

/// <summary>What <c>./patchbay</c> understands. Exit codes: 0 done, 1 failed (the reason is printed), 2 wrong words.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler interrupt = (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            return args switch
            {
                ["help", ..] => await HelpAsync(output),
                _ when args.Any(a => a is "--help" or "-h") => await HelpAsync(output),
                ["demo", .. var rest] => await DemoAsync(rest, output, errors, stop.Token),
                ["connector", "check", .. var rest] => await ConnectorCheckCommand.RunAsync(rest, output, errors),
                ["sign-in-link", [not '-', ..] email, .. var rest] => await SignInLinkCommand.RunAsync(email, rest, output, errors, stop.Token),
                ["sign-in-link", ..] => await WrongAsync(errors, "sign-in-link needs the e-mail address of a teammate."),
                ["oauth-client", ("list" or "set" or "remove") and var act, .. var rest] => await OAuthClientCommand.RunAsync(act, rest, output, errors, stop.Token),
                ["oauth-client", ..] => await WrongAsync(errors, "oauth-client needs list, set or remove."),
                ["plan", .. var rest] => await PlanCommand.RunAsync(rest, errors, stop.Token),
                [] or [['-', ..], ..] => await ServeAsync(args, output, errors, stop.Token),
                _ => await WrongAsync(errors, $"There is no command '{string.Join(' ', args.Take(2))}'."),
            };
        }
        catch (StartException e)
        {
            await errors.WriteLineAsync($"Patchbay did not start. {e.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
        }
    }

    private static async Task<int> ServeAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var (flags, wrong) = Flags.Parse(args, ServerOptionsReader.Flags);
        var (options, mistakes) = ServerOptionsReader.Read(flags, Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory());
        if (options is null || wrong.Count > 0)
            return await WrongAsync(errors, [.. wrong, .. mistakes]);
        await using var server = await PatchbayServer.StartAsync(options, cancellationToken);
        await output.WriteLineAsync($"Patchbay listens on {server.Addresses.PublicUrl.GetLeftPart(UriPartial.Authority)}");
        if (server.Addresses.SandboxUrl is { } sandbox)
            await output.WriteLineAsync($"The sandbox of vendors listens on {new Uri(sandbox, "/world/")}");
        var token = await server.Services.GetRequiredService<WorkspaceService>().CreateFirstOwnerLinkAsync(cancellationToken);
        // Said until there is an owner: an earlier start may have made the key and then failed for another reason.
        if (server.KeyCreated || token is not null)
            await output.WriteLineAsync($"\nThe master key lies in {server.KeyFile}\nSave a copy of it away from this machine now. Without it no connection can be opened again; it is in no backup.");
        if (token is not null)
            await output.WriteLineAsync($"\nMake the first owner with this one-time link (one hour):\n  {new Uri(server.Addresses.PublicUrl, "/welcome")}#{token}");
        await server.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<int> DemoAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Name, string? Value, string Help)> own = [("exit", null, ""), ("say", "TEXT", "")];
        var (flags, wrong) = Flags.Parse(args, [.. ServerOptionsReader.Flags, .. own]);
        var exit = flags.Remove("exit");
        var say = flags.Remove("say", out var text) ? text : DemoCommand.DefaultSentence;
        if (string.IsNullOrWhiteSpace(say))
            return await WrongAsync(errors, [.. wrong, "--say needs a sentence: what the app should do."]);
        // The demo never touches .patchbay, nor what a server of the same person listens on.
        var temporary = flags.ContainsKey("data") ? null : Directory.CreateTempSubdirectory("patchbay-demo-").FullName;
        if (temporary is not null)
        {
            flags["data"] = Path.Combine(temporary, "data");
            flags.TryAdd("key-file", Path.Combine(temporary, "demo.key"));
        }
        flags.TryAdd("port", "0");
        flags.TryAdd("sandbox-port", "0");
        try
        {
            var (options, mistakes) = ServerOptionsReader.Read(flags, _ => null, Directory.GetCurrentDirectory());
            if (options is null || wrong.Count > 0)
                return await WrongAsync(errors, [.. wrong, .. mistakes]);
            return await new DemoCommand(options, say, exit, output, TimeProvider.System).RunAsync(cancellationToken);
        }
        finally
        {
            if (temporary is not null)
                Directory.Delete(temporary, recursive: true);
        }
    }

    internal static async Task<int> WrongAsync(TextWriter errors, params IReadOnlyList<string> mistakes)
    {
        foreach (var mistake in mistakes)
            await errors.WriteLineAsync(mistake);
        await errors.WriteLineAsync("Run `./patchbay --help` for commands and options.");
        return 2;
    }

    private static async Task<int> HelpAsync(TextWriter output)
    {
        await output.WriteLineAsync("""
            Patchbay: a self-hosted connectors platform.

              ./patchbay                      start the server
              ./patchbay demo                 do the main job in front of you, in a fresh temporary directory
                  --say "TEXT"                with your own words
                  --exit                      end afterwards, with 0 or non-zero
              ./patchbay connector check [DIR]
                                              check all connectors, and those of your own in DIR; every fault with its file and line
              ./patchbay sign-in-link EMAIL   a one-time link for a teammate who lost their password (server stopped, unless on PostgreSQL)
              ./patchbay oauth-client list    the OAuth clients of the whole install (server stopped, unless on PostgreSQL)
              ./patchbay oauth-client set --vendor V --name NAME --client-id ID --secret-file FILE
                                              add one, or change the one of that name; FILE - reads the secret from standard input;
                                              --connectors A,B for some of the vendor's connectors only, --default
              ./patchbay oauth-client remove --vendor V --name NAME
              ./patchbay plan --schema FILE --in FILE --out FILE
                                              run the embedded planner over rows {id, prompt}
              ./patchbay sandbox              the vendors' look-alikes alone
              ./patchbay --help               this page

            Options of server and demo (each also in patchbay.json in the data directory; for the server, as PATCHBAY_NAME too):
            """);
        foreach (var (name, value, help) in ServerOptionsReader.Flags)
            await output.WriteLineAsync($"  {$"--{name}{(value is null ? "" : " " + value)}",-28} {help}");
        return 0;
    }
}
