using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Patchbay.FunctionHost.Building;

/// <summary>What the bundler says: code and map, or an error.</summary>
internal sealed record BundlerAnswer(long Id, string? Code, string? Map, BundlerError? Error);

/// <summary>Where and why a bundle failed.</summary>
internal sealed record BundlerError(string Message, string? File, int? Line, string? Specifier);

/// <summary>One running <c>bundler.mjs</c>: questions and answers matched by number.</summary>
internal sealed class BundlerProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<BundlerAnswer>> _asked = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Task _ended;
    private long _next;

    public BundlerProcess(Process process)
    {
        _process = process;
        _ended = Task.Run(ReadAsync);
    }

    public bool IsAlive => !_ended.IsCompleted;

    public async Task<BundlerAnswer> AskAsync(FunctionSource source, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _next);
        var answer = new TaskCompletionSource<BundlerAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        var question = JsonSerializer.SerializeToUtf8Bytes(new { id, source.Entry, source.Files }, Json);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // Not cancellable from here on: half a line would spoil the next question.
            await _process.StandardInput.BaseStream.WriteAsync(question, CancellationToken.None);
            await _process.StandardInput.BaseStream.WriteAsync("\n"u8.ToArray(), CancellationToken.None);
            await _process.StandardInput.BaseStream.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            answer.TrySetException(Died());
        }
        finally
        {
            _writing.Release();
        }

        if (_ended.IsCompleted) answer.TrySetException(Died());
        return await answer.Task;
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _ended;
        _process.Dispose();
        _writing.Dispose();
    }

    private static FunctionBuildException Died() => new("The bundler ended while it worked on this function: try again; if it happens again, make the function smaller.");

    private async Task ReadAsync()
    {
        var errors = _process.StandardError.ReadToEndAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (JsonSerializer.Deserialize<BundlerAnswer>(line, Json) is { } answer && _asked.TryRemove(answer.Id, out var asked))
                asked.TrySetResult(answer);
        await errors;
        await _process.WaitForExitAsync();
        foreach (var asked in _asked.Values) asked.TrySetException(Died());
    }
}
