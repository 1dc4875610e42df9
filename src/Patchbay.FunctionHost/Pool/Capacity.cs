namespace Patchbay.FunctionHost.Pool;

/// <summary>The room of one node for bound processes. Who finds none waits in turn, while an idle process is ended for each.</summary>
/// <param name="room">Most processes at once.</param>
/// <param name="evictOne">Ends the longest idle process; false where none is idle. Called under this object's lock: it must not call back.</param>
internal sealed class Capacity(int room, Func<bool> evictOne)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _free = room;
    private int _evicting;

    /// <summary>Takes a place; false when <paramref name="limit"/> came first.</summary>
    public async Task<bool> TakeAsync(CancellationToken limit)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            EvictForTheWaiting();
        }

        try
        {
            await place.Value.Task.WaitAsync(limit);
            return true;
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                // The place was given in the same instant.
                if (place.List is null) return true;
                _waiting.Remove(place);
                return false;
            }
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="evicted">Its process was ended by <c>evictOne</c>.</param>
    public void Free(bool evicted)
    {
        lock (_gate)
        {
            if (evicted) _evicting--;
            if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                first.Value.SetResult();
            }
            else
            {
                _free++;
            }

            EvictForTheWaiting();
        }
    }

    /// <summary>A process has become idle: it makes room for one who waits.</summary>
    public void HasIdle()
    {
        lock (_gate) EvictForTheWaiting();
    }

    private void EvictForTheWaiting()
    {
        while (_waiting.Count > _evicting && evictOne()) _evicting++;
    }
}
