using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Patchbay.FunctionHost.Logs;

/// <summary>One line from the bootstrap: <c>NONCE{"t":"log","i":"7","l":"info","m":"text"}</c>; t is ready, loaded, loadFailed or log.</summary>
internal sealed record ProcessMessage(string Kind, string? Invocation, FunctionLogLevel Level, string Text)
{
    /// <summary>Null for anything that does not begin with the nonce or is not of that shape: output of foreign code is never trusted to be.</summary>
    public static ProcessMessage? Parse(ReadOnlySequence<byte> line, ReadOnlySpan<byte> nonce)
    {
        if (line.Length <= nonce.Length) return null;
        Span<byte> head = stackalloc byte[64];
        head = head[..nonce.Length];
        line.Slice(0, nonce.Length).CopyTo(head);
        if (!head.SequenceEqual(nonce)) return null;
        try
        {
            using var json = JsonDocument.Parse(line.Slice(nonce.Length));
            if (json.RootElement.ValueKind != JsonValueKind.Object || Field(json, "t") is not { } kind) return null;
            return new ProcessMessage(kind, Field(json, "i"), LevelOf(Field(json, "l")), Field(json, "m") ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // A string with a lone surrogate cannot be read.
        }
    }

    /// <summary>A nonce: 32 hex characters of randomness, as the bytes that begin a line.</summary>
    public static byte[] NewNonce() => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));

    private static string? Field(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static FunctionLogLevel LevelOf(string? name) => name switch
    {
        "debug" => FunctionLogLevel.Debug,
        "warn" => FunctionLogLevel.Warn,
        "error" => FunctionLogLevel.Error,
        _ => FunctionLogLevel.Info,
    };
}
