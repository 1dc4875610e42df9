using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Patchbay.Storage.Records;

namespace Patchbay.Storage.Engines.Postgres;

internal sealed class PostgresDialect : Dialect
{
    public override string ForUpdate => " FOR UPDATE";

    public override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    // Not now(): that is the start of the transaction, before any wait for the row's lock.
    public override string LeaseNow => "clock_timestamp()";

    public override string LeaseUntil => "clock_timestamp() + (@until - @now)";

    public override RecordSyntax Records { get; } = new PostgresRecordSyntax();

    public override string Position(string text, string part) => $"strpos({text}, {part})";

    public override string Micros(string column) => $"CAST(extract(epoch FROM {column}) * 1000000 AS bigint)";

    public override string IsoText(string column) => $"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') COLLATE \"C\"";

    public override DbParameter Parameter(string name, object? value) => Plain(value) switch
    {
        null => new NpgsqlParameter(name, DBNull.Value),
        DateTimeOffset time => new NpgsqlParameter(name, NpgsqlDbType.TimestampTz) { Value = Times.FromMicros(Times.ToMicros(time)) },
        QueriedJson json => new NpgsqlParameter(name, NpgsqlDbType.Jsonb) { Value = json.Text },
        var plain => new NpgsqlParameter(name, plain),
    };
}
