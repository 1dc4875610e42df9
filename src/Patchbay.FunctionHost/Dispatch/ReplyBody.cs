namespace Patchbay.FunctionHost.Dispatch;

/// <summary>A reply as it arrives; a failure of the function while reading becomes a <see cref="FunctionFailedException"/>.</summary>
internal sealed class ReplyBody(Stream inner, long limit, Func<Exception, Task<FunctionFailed>> explain, CancellationToken lifetime) : Stream
{
    private long _read;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime);
        try
        {
            var count = await inner.ReadAsync(buffer, either.Token);
            _read += count;
            if (_read <= limit) return count;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new FunctionFailedException(await explain(e));
        }

        throw new FunctionFailedException(new FunctionFailed(FunctionFailure.TooLarge, $"The reply is larger than {limit} bytes."));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read a function's reply asynchronously.");
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
