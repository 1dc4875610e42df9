using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Text in lines and fields: CSV and TSV, with quotes as RFC 4180 has them.</summary>
internal static class Delimited
{
    /// <summary>Lines of fields; a last empty line is none.</summary>
    public static List<List<string>> Read(string text, char delimiter)
    {
        var lines = new List<List<string>>();
        var (line, field, quoted, any) = (new List<string>(), new StringBuilder(), false, false);
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            any = true;
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (index + 1 < text.Length && text[index + 1] == '"')
                    field.Append(text[++index]);
                else
                    quoted = false;
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == delimiter)
            {
                line.Add(field.ToString());
                field.Clear();
            }
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && index + 1 < text.Length && text[index + 1] == '\n')
                    index++;
                line.Add(field.ToString());
                lines.Add(line);
                (line, any) = ([], false);
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        if (any)
        {
            line.Add(field.ToString());
            lines.Add(line);
        }

        return lines;
    }

    public static string Write(IEnumerable<IEnumerable<string>> lines, char delimiter) =>
        string.Join("\r\n", lines.Select(line => string.Join(delimiter, line.Select(field =>
            field.AsSpan().IndexOfAny(delimiter, '"', '\n') >= 0 || field.Contains('\r', StringComparison.Ordinal) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field))));
}
