namespace Patchbay.Storage.Engines;

/// <summary>The database of what must not be lost, and the one of big logs. With PostgreSQL both are the same.</summary>
internal abstract class Databases : IAsyncDisposable
{
    public abstract IDatabase Main { get; }

    public abstract IDatabase Logs { get; }

    public abstract Task OpenAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected static InvalidOperationException NotOpen() => new($"Storage is not open: call {nameof(IStorage)}.{nameof(IStorage.OpenAsync)} first.");
}
