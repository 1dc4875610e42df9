namespace Patchbay.FunctionHost.Dispatch;

/// <summary>A request body that fails once it passes its limit. Read-only; does not own the inner stream.</summary>
internal sealed class BoundedBody(Stream inner, long limit) : Stream
{
    private long _read;

    /// <summary>The body was longer than allowed.</summary>
    public bool Exceeded => _read > limit;

    /// <summary>The caller's stream failed: its client went away. Not the function's fault.</summary>
    public bool Broken { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Broken = true;
            throw new IOException("The request body could not be read.", e);
        }

        _read += count;
        return Exceeded ? throw new IOException("The request body is too large.") : count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
