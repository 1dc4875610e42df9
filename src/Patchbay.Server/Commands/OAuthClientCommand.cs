using Patchbay.Catalog;
using Patchbay.Platform;
using Patchbay.Platform.Connections;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;
using Patchbay.Storage;
using Patchbay.Vault;
using Patchbay.Vault.Keys;
using Patchbay.Vault.OAuth;

namespace Patchbay.Server.Commands;

/// <summary><c>oauth-client list|set|remove</c>: the operator's OAuth clients, for every workspace of the install. The secret
/// comes from a file or standard input and never from an argument, which every process of the machine can read.</summary>
internal static class OAuthClientCommand
{
    private static readonly (string Name, string? Value, string Help)[] Own =
        [("vendor", "VENDOR", ""), ("name", "NAME", ""), ("client-id", "ID", ""), ("secret-file", "FILE", ""), ("connectors", "A,B", ""), ("default", null, "")];

    private static readonly string[] Needed = ["vendor", "name"];

    public static async Task<int> RunAsync(string act, string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var (flags, wrong) = Flags.Parse(args, [.. ServerOptionsReader.Flags, .. Own]);
        var own = Own.Where(o => flags.ContainsKey(o.Name)).ToDictionary(o => o.Name, o => flags[o.Name], StringComparer.Ordinal);
        foreach (var name in own.Keys)
            flags.Remove(name);
        var (options, mistakes) = ServerOptionsReader.Read(flags, Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory());
        List<string> all = [.. wrong, .. mistakes];
        if (act != "list")
            all.AddRange(Needed.Where(n => !own.ContainsKey(n)).Select(n => $"oauth-client {act} needs --{n}."));
        if (options is null || all.Count > 0)
            return await CommandLine.WrongAsync(errors, all);
        if (options.Database is null && !File.Exists(Path.Combine(options.Data, "main.db")))
            throw new StartException($"There is no Patchbay in {options.Data}. Name its data directory with --data.");
        var secret = own.TryGetValue("secret-file", out var file) ? await ReadAsync(file, cancellationToken) : null;

        await using var services = Services(options);
        try
        {
            await services.GetRequiredService<IStorage>().OpenAsync(cancellationToken);
            await OpenKeyAsync(services, options, cancellationToken);
            var clients = services.GetRequiredService<OAuthClientService>();
            switch (act)
            {
                case "set":
                    var (client, added) = await clients.SetInstallAsync(own["vendor"], own["name"], own.GetValueOrDefault("client-id"), secret,
                        own.TryGetValue("connectors", out var names) ? names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null, own.ContainsKey("default"), cancellationToken);
                    await output.WriteLineAsync($"{(added ? "Added" : "Changed")}: {Line(client)}\nIts callback address, to be registered at the vendor letter by letter:\n  {services.GetRequiredService<IOAuthClients>().CallbackAddress(client.Vendor)}");
                    return 0;
                case "remove":
                    await output.WriteLineAsync($"Removed: {Line(await clients.RemoveInstallAsync(own["vendor"], own["name"], cancellationToken))}");
                    return 0;
                default:
                    var list = (await clients.ListInstallAsync(cancellationToken)).Where(c => !own.TryGetValue("vendor", out var vendor) || c.Vendor == vendor).ToList();
                    await output.WriteLineAsync(list.Count == 0 ? "No OAuth client is set for the whole install." : string.Join('\n', list.Select(Line)));
                    return 0;
            }
        }
        catch (Exception e) when (e is StorageStartException or VaultStartException)
        {
            throw new StartException($"{e.Message} ({(e as StorageStartException)?.Code ?? (e as VaultStartException)?.Code})", e);
        }
        catch (Exception e) when (e is UserVisibleException or VaultRefusedException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static ServiceProvider Services(ServerOptions options) => new ServiceCollection()
        .AddLogging().AddSingleton(TimeProvider.System)
        .AddSingleton(_ => CatalogLoader.Load(Paths.Find().Connectors).Require())
        .AddStorage(new StorageOptions { DataDirectory = options.Data, ConnectionString = options.Database })
        .AddVault(v => v.PublicUrl = options.PublicUrl ?? new Uri($"http://localhost:{options.Port}"))
        .AddPlatform()
        .BuildServiceProvider();

    private static async Task OpenKeyAsync(ServiceProvider services, ServerOptions options, CancellationToken cancellationToken)
    {
        var instances = services.GetRequiredService<IInstanceStore>();
        var path = options.KeyFile ?? VaultKey.DefaultPath(await instances.GetOrCreateInstanceIdAsync(cancellationToken));
        services.GetRequiredService<VaultOptions>().Key = VaultKey.OpenOrCreate(path, options.Data, await instances.GetKeyCheckAsync(cancellationToken)
            ?? throw new StartException("No server ran on this database yet. Start ./patchbay once: it makes the master key that secrets are sealed with."));
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var text = file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
            return text.Trim() is { Length: > 0 } secret ? secret : throw new StartException("The client secret is empty. Put it into the file that --secret-file names, or pipe it in with --secret-file -.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The file {file} of --secret-file cannot be read.", e);
        }
    }

    private static string Line(OAuthClientView c) =>
        $"{c.Vendor,-12} {c.Name,-20} {c.ClientId}  ({(c.Connectors.Count == 0 ? "every connector of the vendor" : string.Join(", ", c.Connectors))}{(c.IsDefault ? ", default" : "")}, {(c.HasSecret ? "secret kept" : "no secret")})";
}
