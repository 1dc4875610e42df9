using System.Text.RegularExpressions;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Records;

internal sealed partial class SqliteRecordSyntax : RecordSyntax
{
    public override FieldSql Field(string name, Args args)
    {
        string type, value;
        if (PlainName().IsMatch(name))
        {
            var path = Add(args, "$." + name);
            (type, value) = ($"json_type(data, {path})", $"json_extract(data, {path})");
        }
        else
        {
            // A path cannot spell every name; json_each gives names as they are.
            var key = Add(args, name);
            (type, value) = ($"(SELECT type FROM json_each(data) WHERE key = {key})", $"(SELECT value FROM json_each(data) WHERE key = {key})");
        }
        return new($"{type} IS NOT NULL", $"coalesce({type}, 'null') = 'null'", $"{type} IN ('integer', 'real')", $"CAST({value} AS REAL)",
            $"{type} = 'text'", value, $"{type} IN ('true', 'false')", $"{type} = 'true'");
    }

    public override string Number(string parameter) => $"CAST(json_extract({parameter}, '$') AS REAL)";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
