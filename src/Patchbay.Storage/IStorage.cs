namespace Patchbay.Storage;

/// <summary>The databases behind the stores. Open it before any store is used; disposing flushes what the logs have buffered.</summary>
public interface IStorage : IAsyncDisposable
{
    /// <summary>Opens the databases and brings them to this program's schema.</summary>
    /// <exception cref="StorageStartException">It cannot; nothing was changed beyond migrations that completed.</exception>
    Task OpenAsync(CancellationToken cancellationToken);
}
