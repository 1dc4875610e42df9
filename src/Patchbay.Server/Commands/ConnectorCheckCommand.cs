using Patchbay.Catalog;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Commands;

/// <summary><c>connector check [DIR]</c>: every fault of the shipped connectors, and of an operator's own beside them.</summary>
internal static class ConnectorCheckCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var named = args is [[not '-', ..], ..] ? args[0] : null;
        var (flags, wrong) = Flags.Parse(args[(named is null ? 0 : 1)..], [.. ServerOptionsReader.Flags.Where(f => f.Name == "connectors")]);
        if (wrong.Count > 0 || (named is not null && flags.Count > 0))
            return await CommandLine.WrongAsync(errors, wrong.Count > 0 ? wrong : ["connector check takes one folder."]);
        var own = named ?? flags.GetValueOrDefault("connectors") ?? Environment.GetEnvironmentVariable(ServerOptionsReader.Variable("connectors"));

        var result = Load(string.IsNullOrEmpty(own) ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(own)));
        foreach (var error in result.Errors)
            await errors.WriteLineAsync(error.ToString());
        if (result.Errors.Count > 0)
        {
            await errors.WriteLineAsync(result.Errors.Count == 1 ? "1 fault." : $"{result.Errors.Count} faults.");
            return 1;
        }

        var connectors = result.Require().Connectors;
        await output.WriteLineAsync($"{connectors.Count} connectors, {connectors.Sum(c => c.Operations.Count)} operations: all good.");
        return 0;
    }

    private static CatalogLoadResult Load(string? own)
    {
        var shipped = Paths.Find().Connectors;
        // A folder with a schema of its own is a whole catalog; the shipped one, or a folder within it, is checked anyway.
        return own is not null && File.Exists(Path.Combine(own, "connector.schema.json")) ? CatalogLoader.Load(own)
            : own is not null && (own + Path.DirectorySeparatorChar).StartsWith(shipped + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? CatalogLoader.Load(shipped)
            : CatalogLoader.Load(shipped, own);
    }
}
