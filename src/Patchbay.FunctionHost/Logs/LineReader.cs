using System.Buffers;
using System.IO.Pipelines;

namespace Patchbay.FunctionHost.Logs;

/// <summary>Splits foreign output into lines of bounded length.</summary>
internal static class LineReader
{
    /// <summary>
    /// Calls <paramref name="onLine"/> for every line; what is longer than <paramref name="longest"/> bytes is skipped up
    /// to the next line end. Returns at the end of the stream.
    /// </summary>
    public static async Task ReadAsync(Stream stream, int longest, Action<ReadOnlySequence<byte>> onLine)
    {
        var reader = PipeReader.Create(stream);
        var skipping = false;
        for (; ; )
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (!skipping && buffer.Slice(0, end).Length <= longest) onLine(buffer.Slice(0, end));
                skipping = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (buffer.Length > longest || skipping)
            {
                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (!read.IsCompleted) continue;
            if (!skipping && buffer.Length > 0) onLine(buffer);
            await reader.CompleteAsync();
            return;
        }
    }
}
