using Patchbay.Storage.Engines;
using Patchbay.Storage.Logs;

namespace Patchbay.Storage;

internal sealed class Storage(Databases databases, CallLog calls, RunLog runs) : IStorage
{
    public Task OpenAsync(CancellationToken cancellationToken) => databases.OpenAsync(cancellationToken);

    // The logs first: they still have rows to write.
    public async ValueTask DisposeAsync()
    {
        await calls.DisposeAsync();
        await runs.DisposeAsync();
        await databases.DisposeAsync();
    }
}
