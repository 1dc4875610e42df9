using Patchbay.FunctionHost;
using Patchbay.Platform.Functions;
using Patchbay.Vault;

namespace Patchbay.Platform.Tests.Functions;

/// <summary>Versions in memory.</summary>
internal sealed class MemoryFunctions : IFunctionStore
{
    private readonly Lock _gate = new();

    public List<FunctionVersion> Versions { get; } = [];

    /// <summary>Somebody else saves in between, this many times.</summary>
    public int Rivals { get; set; }

    public Task<bool> TryInsertAsync(FunctionVersion version, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Rivals-- > 0)
                Versions.Add(version with { Author = "rival" });
            if (Versions.Any(v => v.App == version.App && v.Name == version.Name && v.Version == version.Version))
                return Task.FromResult(false);
            Versions.Add(version);
            return Task.FromResult(true);
        }
    }

    public Task<FunctionVersion?> FindAsync(AppId app, string name, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Of(app, name).MaxBy(v => v.Version));
    }

    public Task<FunctionVersion?> FindAsync(AppId app, string name, int version, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Of(app, name).FirstOrDefault(v => v.Version == version));
    }

    public Task<IReadOnlyList<FunctionSummary>> ListAsync(AppId app, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<FunctionSummary>>([.. Versions.Where(v => v.App == app).GroupBy(v => v.Name)
                .Select(g => g.MaxBy(v => v.Version)!).Select(v => new FunctionSummary(v.Name, v.Version, v.CreatedAt, v.Author, v.Operations))]);
        }
    }

    public Task<IReadOnlyList<FunctionVersionSummary>> ListVersionsAsync(AppId app, string name, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<FunctionVersionSummary>>([.. Of(app, name).Select(v => new FunctionVersionSummary(v.Version, v.Author, v.Message, v.CreatedAt))]);
    }

    public Task<bool> DeleteAsync(AppId app, string name, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Versions.RemoveAll(v => v.App == app && v.Name == name) > 0);
    }

    private IEnumerable<FunctionVersion> Of(AppId app, string name) => Versions.Where(v => v.App == app && v.Name == name);
}

/// <summary>A host that answers as the test says; nothing is executed.</summary>
internal sealed class FakeHost : IFunctionHost
{
    public Func<FunctionInvocation, CancellationToken, Task<FunctionReply>> Answer { get; set; } = (_, _) => Task.FromResult(Reply(200, "ok"));

    public FunctionBuildException? BuildFails { get; set; }

    public List<string> Evicted { get; } = [];

    public static FunctionReply Reply(int status, string body, params (string Name, string Value)[] headers) =>
        new(status, [.. headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value))], new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)), threw: false, () => ValueTask.CompletedTask);

    public static FunctionReply Failed(FunctionFailure failure, string message) => new(new FunctionFailed(failure, message));

    public Task<FunctionHostStatus> GetStatusAsync(CancellationToken cancellationToken) => Task.FromResult(new FunctionHostStatus(true, FunctionIsolation.Unsafe, []));

    public Task<FunctionBundle> BuildAsync(FunctionSource source, CancellationToken cancellationToken) =>
        BuildFails is { } fault ? throw fault : Task.FromResult(new FunctionBundle($"bundle of {source.Files[source.Entry]}", null, ""));

    public Task<FunctionReply> InvokeAsync(FunctionInvocation invocation, CancellationToken cancellationToken) => Answer(invocation, cancellationToken);

    public Task EvictAsync(string app, string function, CancellationToken cancellationToken)
    {
        Evicted.Add(function);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
