using Patchbay.Platform;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;
using Patchbay.Storage;

namespace Patchbay.Server.Commands;

/// <summary><c>sign-in-link EMAIL</c>: the operator's way to let somebody in again, the only owner too. Forgets their password.
/// On SQLite the server must be stopped: it holds the data directory.</summary>
internal static class SignInLinkCommand
{
    public static async Task<int> RunAsync(string email, string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var (flags, wrong) = Flags.Parse(args, ServerOptionsReader.Flags);
        var (options, mistakes) = ServerOptionsReader.Read(flags, Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory());
        if (options is null || wrong.Count > 0)
            return await CommandLine.WrongAsync(errors, [.. wrong, .. mistakes]);
        if (options.Database is null && !File.Exists(Path.Combine(options.Data, "main.db")))
            throw new StartException($"There is no Patchbay in {options.Data}. Name its data directory with --data.");
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System)
            .AddStorage(new StorageOptions { DataDirectory = options.Data, ConnectionString = options.Database })
            .AddPlatform()
            .BuildServiceProvider();
        try
        {
            await services.GetRequiredService<IStorage>().OpenAsync(cancellationToken);
            var token = await services.GetRequiredService<WorkspaceService>().ResetByOperatorAsync(email, cancellationToken);
            var origin = options.PublicUrl ?? new Uri($"http://localhost:{options.Port}");
            await output.WriteLineAsync($"Their password is forgotten. This link signs them in once, within an hour:\n  {new Uri(origin, "/sign-in/link")}#{token}");
            return 0;
        }
        catch (StorageStartException e)
        {
            throw new StartException($"{e.Message} ({e.Code})", e);
        }
        catch (UserVisibleException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
