using Patchbay.Catalog;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Commands;

/// <summary><c>plan</c>: the embedded planner over a file of requests.</summary>
internal static class PlanCommand
{
    private static readonly IReadOnlyList<(string Name, string? Value, string Help)> Known = [("schema", "FILE", ""), ("in", "FILE", ""), ("out", "FILE", "")];

    private static readonly string[] Inputs = ["schema", "in"];

    public static async Task<int> RunAsync(string[] args, TextWriter errors, CancellationToken cancellationToken)
    {
        var (flags, wrong) = Flags.Parse(args, Known);
        var missing = Known.Where(k => !flags.ContainsKey(k.Name)).Select(k => $"--{k.Name} FILE is missing.").ToList();
        if (wrong.Count + missing.Count > 0)
            return await CommandLine.WrongAsync(errors, [.. wrong, .. missing]);
        foreach (var file in Inputs.Where(f => !File.Exists(flags[f])))
        {
            await errors.WriteLineAsync($"plan: there is no file {flags[file]} (--{file}).");
            return 1;
        }
        try
        {
            var (schema, timeZone) = AppSchemaFile.Parse(await File.ReadAllTextAsync(flags["schema"], cancellationToken));
            var catalog = CatalogLoader.Load(Paths.Find().Connectors).Require();
            using var input = new StreamReader(flags["in"]);
            await using var rows = new StreamWriter(flags["out"]);
            await PlanRows.WriteAsync(new EmbeddedPlanner(catalog), catalog, schema, timeZone, input, rows, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or System.Text.Json.JsonException)
        {
            await errors.WriteLineAsync($"plan: {e.Message}");
            return 1;
        }
    }
}
