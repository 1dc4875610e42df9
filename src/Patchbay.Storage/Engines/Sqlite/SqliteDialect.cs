using System.Data.Common;
using Microsoft.Data.Sqlite;
using Patchbay.Storage.Records;

namespace Patchbay.Storage.Engines.Sqlite;

internal sealed class SqliteDialect : Dialect
{
    // The one writer is the lock.
    public override string ForUpdate => "";

    public override string SkipLocked => "";

    public override string LeaseNow => "@now";

    public override string LeaseUntil => "@until";

    public override RecordSyntax Records { get; } = new SqliteRecordSyntax();

    public override string Position(string text, string part) => $"instr({text}, {part})";

    public override string Micros(string column) => column;

    public override string IsoText(string column) =>
        $"strftime('%Y-%m-%dT%H:%M:%S', {column} / 1000000, 'unixepoch') || printf('.%06dZ', {column} % 1000000)";

    public override DbParameter Parameter(string name, object? value) => new SqliteParameter("@" + name, Plain(value) switch
    {
        null => DBNull.Value,
        bool b => b ? 1L : 0L,
        DateTimeOffset time => Times.ToMicros(time),
        QueriedJson json => json.Text,
        var plain => plain,
    });
}
