using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Patchbay.FunctionHost.Logs;

/// <summary>Turns positions in a bundle into positions in the author's files (source map version 3).</summary>
internal sealed partial class SourceMap
{
    private readonly string[] _sources;

    // For each line of the bundle: where it came from, by its first mapped column and those after it.
    private readonly List<List<(int Column, int Source, int Line)>> _lines;

    private SourceMap(string[] sources, List<List<(int, int, int)>> lines) => (_sources, _lines) = (sources, lines);

    public static SourceMap Empty { get; } = new([], []);

    /// <summary>Never throws: a map that cannot be read maps nothing.</summary>
    public static SourceMap Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var sources = document.RootElement.GetProperty("sources").EnumerateArray().Select(s => s.GetString() ?? "").ToArray();
            return new SourceMap(sources, Decode(document.RootElement.GetProperty("mappings").GetString() ?? "", sources.Length));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Empty;
        }
    }

    /// <summary>
    /// Replaces every <c>blob:null/ID:LINE:COLUMN</c> in a stack trace by <c>file:line</c>, and drops the frames of the
    /// runtime below them.
    /// </summary>
    public string MapStack(string text) => Position().Replace(RuntimeFrame().Replace(text, ""), match =>
        int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
        && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
        && Find(line, column) is var (file, original)
            ? $"{file}:{original}"
            : "function");

    /// <summary>Author's file and one-based line of a one-based position in the bundle.</summary>
    internal (string File, int Line)? Find(int line, int column)
    {
        if (line < 1 || line > _lines.Count) return null;
        (int Column, int Source, int Line)? best = null;
        foreach (var segment in _lines[line - 1])
        {
            if (best is not null && segment.Column > column - 1) break;
            best = segment;
        }

        return best is { } found ? (_sources[found.Source], found.Line + 1) : null;
    }

    private static List<List<(int, int, int)>> Decode(string mappings, int sourceCount)
    {
        var lines = new List<List<(int, int, int)>>();
        int source = 0, original = 0;
        foreach (var line in mappings.Split(';'))
        {
            var segments = new List<(int, int, int)>();
            var column = 0;
            foreach (var segment in line.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var at = 0;
                column = unchecked(column + Number(segment, ref at));
                if (at >= segment.Length) continue;
                source = unchecked(source + Number(segment, ref at));
                original = unchecked(original + Number(segment, ref at));
                if (source >= 0 && source < sourceCount && original >= 0) segments.Add((column, source, original));
            }

            lines.Add(segments);
        }

        return lines;
    }

    // Base64 VLQ: five bits a digit, the sixth says that more follow, the lowest bit of the value is the sign.
    private static int Number(string text, ref int at)
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var value = 0;
        for (var shift = 0; shift < 32; shift += 5)
        {
            if (at >= text.Length) throw new FormatException("A mapping ends in the middle of a number.");
            var digit = Digits.IndexOf(text[at++], StringComparison.Ordinal);
            if (digit < 0) throw new FormatException("A mapping holds a character that is no digit.");
            value |= (digit & 31) << shift;
            if ((digit & 32) == 0) return (value & 1) == 0 ? value >>> 1 : -(value >>> 1);
        }

        throw new FormatException("A mapping holds a number that is too long.");
    }

    [GeneratedRegex(@"\n    at [^\n]*(?:/boot/main\.js|/dist/boot\.js|ext:deno[a-z_]*/)[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex RuntimeFrame();

    [GeneratedRegex(@"blob:null/[0-9a-f-]{36}:(\d+):(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
