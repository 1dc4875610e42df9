using System.Text;

namespace Patchbay.Sandbox.Vendors.Salesforce.Bulk;

/// <summary>RFC 4180, with the delimiters that Bulk API jobs may choose.</summary>
internal static class Csv
{
    /// <summary>Null for a delimiter by an unknown name.</summary>
    public static char? Delimiter(string name) => name switch
    {
        "COMMA" => ',',
        "SEMICOLON" => ';',
        "TAB" => '\t',
        "PIPE" => '|',
        "CARET" => '^',
        "BACKQUOTE" => '`',
        _ => null,
    };

    /// <summary>Rows of cells; empty lines are passed over. Null when a quote does not end.</summary>
    public static List<List<string>>? Read(string text, char delimiter)
    {
        var rows = new List<List<string>>();
        var (row, cell) = (new List<string>(), new StringBuilder());
        var (quoted, wasQuoted) = (false, false);
        for (var at = text.StartsWith('\ufeff') ? 1 : 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quoted)
            {
                if (c != '"')
                    cell.Append(c);
                else if (at + 1 < text.Length && text[at + 1] == '"')
                    cell.Append(text[++at]);
                else
                    quoted = false;
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = wasQuoted = true;
            }
            else if (c == delimiter)
            {
                EndCell();
            }
            else if (c == '\n')
            {
                EndRow();
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (quoted)
            return null;
        EndRow();
        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
            wasQuoted = false;
        }

        void EndRow()
        {
            if (row.Count == 0 && cell.Length == 0 && !wasQuoted)
                return;
            EndCell();
            rows.Add(row);
            row = [];
        }
    }

    public static string Write(IEnumerable<IEnumerable<string>> rows, char delimiter, string lineEnd)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(delimiter, row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append(lineEnd);
        return text.ToString();
    }
}
