using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Catalog;
using Patchbay.FunctionHost;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions.Internal;
using Patchbay.Vault;

namespace Patchbay.Platform.Functions;

/// <summary>What somebody wants to save.</summary>
/// <param name="Files">Path to text; relative, forward slashes.</param>
/// <param name="Entry">Null: <c>functions/NAME/entry.ts</c>, <c>entry.ts</c>, <c>index.ts</c>, or the only file.</param>
/// <param name="Operations">Operations that are known to be used beside those that the source shows (a plan's).</param>
public sealed record FunctionDraft(IReadOnlyDictionary<string, string> Files, string? Entry = null, string? Message = null, IReadOnlyList<string>? Operations = null);

/// <summary>It cannot be saved as it is; the message says why and may be shown.</summary>
public sealed class FunctionInvalidException(string field, string message) : Exception(message)
{
    /// <summary>name, files or entry.</summary>
    public string Field { get; } = field;
}

/// <summary>What people do with functions.</summary>
public sealed partial class FunctionService(IFunctionStore functions, IFlowStore flows, IFunctionHost host, ConnectorCatalog catalog, TimeProvider time)
{
    private const int MostFiles = 100;
    private const int MostBytes = 1 << 20;
    private const int MostTries = 10;

    /// <summary>Builds it and saves it as the newest version, which runs from then on.</summary>
    /// <param name="author">Teammate id, or "chat".</param>
    /// <exception cref="FunctionInvalidException">Name, files or entry.</exception>
    /// <exception cref="FunctionBuildException">It does not build: file, line, reason.</exception>
    public async Task<FunctionVersion> SaveAsync(AppId app, string name, FunctionDraft draft, string author, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var entry = Demand(name, draft);
        var bundle = await host.BuildAsync(new FunctionSource(entry, draft.Files), cancellationToken);
        var operations = OperationScan.Of(catalog, draft.Files.Values).Union(draft.Operations ?? []).Where(o => catalog.FindOperation(o) is not null);
        return await InsertAsync(new FunctionVersion
        {
            App = app,
            Name = name,
            Version = 0,
            Entry = entry,
            Files = draft.Files,
            Bundle = bundle.Code,
            SourceMap = bundle.SourceMap,
            Operations = [.. operations.Order(StringComparer.Ordinal)],
            Author = author,
            Message = draft.Message,
            CreatedAt = time.GetUtcNow(),
        }, cancellationToken);
    }

    /// <summary>Makes an old version the newest again, as a version of its own. Null if there is no such version.</summary>
    public async Task<FunctionVersion?> RollBackAsync(AppId app, string name, int version, string author, CancellationToken cancellationToken) =>
        await functions.FindAsync(app, name, version, cancellationToken) is { } old
            ? await InsertAsync(old with { Author = author, Message = $"Back to version {version}", CreatedAt = time.GetUtcNow() }, cancellationToken)
            : null;

    public Task<IReadOnlyList<FunctionSummary>> ListAsync(AppId app, CancellationToken cancellationToken) => functions.ListAsync(app, cancellationToken);

    /// <param name="version">Null for the newest.</param>
    public Task<FunctionVersion?> FindAsync(AppId app, string name, int? version, CancellationToken cancellationToken) =>
        version is { } number ? functions.FindAsync(app, name, number, cancellationToken) : functions.FindAsync(app, name, cancellationToken);

    public Task<IReadOnlyList<FunctionVersionSummary>> ListVersionsAsync(AppId app, string name, CancellationToken cancellationToken) => functions.ListVersionsAsync(app, name, cancellationToken);

    /// <summary>With its versions and its processes. False if there is none.</summary>
    public async Task<bool> DeleteAsync(AppId app, string name, CancellationToken cancellationToken)
    {
        if (!await functions.DeleteAsync(app, name, cancellationToken))
            return false;
        await host.EvictAsync(app.Value, name, cancellationToken);
        return true;
    }

    /// <summary>Connectors of the operations, sorted.</summary>
    public IReadOnlyList<string> ConnectorsOf(IEnumerable<string> operations) => [.. RequiredScopes(operations).Keys];

    /// <summary>The least scopes that the operations need, by connector.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredScopes(IEnumerable<string> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        var used = operations.Select(catalog.FindOperation).OfType<Operation>().ToList();
        var scopes = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var connector in catalog.Connectors)
            if (used.Any(connector.Operations.Contains))
                scopes[connector.Id] = ScopeRules.LeastScopes(connector, used);
        return scopes;
    }

    private async Task<FunctionVersion> InsertAsync(FunctionVersion version, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostTries; i++)
        {
            var newest = await functions.ListVersionsAsync(version.App, version.Name, cancellationToken);
            var numbered = version with { Version = newest.Select(v => v.Version).DefaultIfEmpty(0).Max() + 1 };
            if (!await functions.TryInsertAsync(numbered, cancellationToken))
                continue;
            await TellFlowsAsync(numbered, cancellationToken);
            return numbered;
        }
        throw new FunctionInvalidException("name", "Others are saving this function at the same time. Try again.");
    }

    /// <summary>Flows say which accounts they need; that follows from the newest version of their function.</summary>
    private async Task TellFlowsAsync(FunctionVersion version, CancellationToken cancellationToken)
    {
        var connectors = ConnectorsOf(version.Operations);
        foreach (var flow in await flows.ListAsync(version.App, cancellationToken))
            if (flow.Function == version.Name && !connectors.ToHashSet().SetEquals(flow.Connectors))
                await flows.UpdateAsync(flow with { Connectors = connectors }, cancellationToken);
    }

    private static string Demand(string name, FunctionDraft draft)
    {
        if (name is not { Length: <= 100 } || !Name().IsMatch(name))
            throw new FunctionInvalidException("name", "A function's name has letters, digits, - and _, at most 100, with / only between them.");
        if (draft.Files.Count is 0 or > MostFiles || draft.Files.Sum(f => (long)Encoding.UTF8.GetByteCount(f.Value) + f.Key.Length) > MostBytes)
            throw new FunctionInvalidException("files", $"A function has 1 to {MostFiles} files, together at most 1 MiB.");
        if (draft.Files.Keys.FirstOrDefault(p => p.Length > 200 || !FilePath().IsMatch(p) || p.Split('/').Any(s => s is "." or "..")) is { } wrong)
            throw new FunctionInvalidException("files", $"'{(wrong.Length > 60 ? wrong[..60] : wrong)}' is no relative path with forward slashes.");
        if (draft.Entry is not null)
            return draft.Files.ContainsKey(draft.Entry) ? draft.Entry : throw new FunctionInvalidException("entry", "The entry is none of the files.");
        string[] usual = [$"functions/{name}/entry.ts", $"{name}/entry.ts", "entry.ts", "index.ts"];
        return usual.FirstOrDefault(draft.Files.ContainsKey)
            ?? (draft.Files.Count == 1 ? draft.Files.Keys.First() : throw new FunctionInvalidException("entry", "Say which file is the entry: the one that calls Deno.serve."));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9_.@\[\]-]+(?:/[A-Za-z0-9_.@\[\]-]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex FilePath();
}
