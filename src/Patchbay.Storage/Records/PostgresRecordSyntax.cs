using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Records;

internal sealed class PostgresRecordSyntax : RecordSyntax
{
    public override FieldSql Field(string name, Args args)
    {
        var field = Add(args, name);
        var (json, text) = ($"(data -> {field})", $"(data ->> {field})");
        var type = $"jsonb_typeof{json}";
        return new($"{json} IS NOT NULL", $"coalesce({type}, 'null') = 'null'", $"{type} = 'number'", $"CAST({text} AS double precision)",
            $"{type} = 'string'", $"{text} COLLATE \"C\"", $"{type} = 'boolean'", $"{text} = 'true'");
    }

    public override string Number(string parameter) => $"CAST({parameter} AS double precision)";
}
