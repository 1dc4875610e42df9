namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>Overwrites a secret in a stream with asterisks, byte for byte (lengths stay what the vendor announced), in
/// every form it may be echoed in and wherever the stream is cut. Every byte that belongs to an occurrence of any form
/// in the whole text is overwritten, and no other. Holds back only what may be the beginning of an occurrence.</summary>
internal sealed class Scrubber(IReadOnlyList<byte[]> forms)
{
    private readonly byte[][] _forms = [.. forms.Where(f => f.Length > 0)];
    private readonly int _longest = forms.Count == 0 ? 0 : forms.Max(f => f.Length);

    // The undecided tail of what came so far: the bytes as they came, and which of them an occurrence already covers.
    private byte[] _tail = [];
    private bool[] _covered = [];

    /// <summary>What may go out now. The result is a new array, or <paramref name="chunk"/>'s own bytes untouched.</summary>
    public ReadOnlyMemory<byte> Push(ReadOnlyMemory<byte> chunk)
    {
        if (_longest == 0)
            return chunk;
        if (_tail.Length == 0 && !HasAny(chunk.Span) && TailStart(chunk.Span) == chunk.Length)
            return chunk;
        byte[] text = [.. _tail, .. chunk.Span];
        var covered = new bool[text.Length];
        _covered.CopyTo(covered, 0);
        Cover(text, covered);
        var keep = TailStart(text);
        var output = Overwritten(text, covered, keep);
        _tail = text[keep..];
        _covered = covered[keep..];
        return output;
    }

    /// <summary>The rest: call once, at the end.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        var rest = Overwritten(_tail, _covered, _tail.Length);
        _tail = [];
        _covered = [];
        return rest;
    }

    private bool HasAny(ReadOnlySpan<byte> text)
    {
        foreach (var form in _forms)
        {
            if (text.IndexOf(form) >= 0)
                return true;
        }
        return false;
    }

    private void Cover(byte[] text, bool[] covered)
    {
        foreach (var form in _forms)
        {
            // One step on after each hit: occurrences may overlap themselves.
            for (var from = 0; from <= text.Length - form.Length; from++)
            {
                var hit = text.AsSpan(from).IndexOf(form);
                if (hit < 0)
                    break;
                from += hit;
                covered.AsSpan(from, form.Length).Fill(true);
            }
        }
    }

    /// <summary>The earliest place from which the rest is a proper beginning of a form; the length if there is none.</summary>
    private int TailStart(ReadOnlySpan<byte> text)
    {
        for (var start = Math.Max(0, text.Length - _longest + 1); start < text.Length; start++)
        {
            var rest = text[start..];
            foreach (var form in _forms)
            {
                if (form.Length > rest.Length && form.AsSpan().StartsWith(rest))
                    return start;
            }
        }
        return text.Length;
    }

    private static byte[] Overwritten(byte[] text, bool[] covered, int length)
    {
        var output = text[..length];
        for (var i = 0; i < length; i++)
        {
            if (covered[i])
                output[i] = (byte)'*';
        }
        return output;
    }
}
