using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Patchbay.Sandbox.State;

/// <summary>
/// Everything the sandbox remembers, in one SQLite file of JSON documents.
/// Documents rather than a table per vendor, so that a new vendor folder brings no migration with it.
/// </summary>
/// <remarks>
/// One connection behind one lock: the sandbox serves one machine, a document operation takes tens of
/// microseconds, and a single writer makes every handler's read-then-write atomic without thought.
/// </remarks>
internal sealed class Store : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = [];
    private readonly Lock gate = new();
    private SqliteTransaction? transaction;

    /// <summary>Opens (or creates) <c>{dataDirectory}/sandbox/sandbox.db</c>.</summary>
    public Store(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, "sandbox");
        Directory.CreateDirectory(folder);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "sandbox.db"),
            Pooling = false,
        }.ToString());
        connection.Open();

        // NORMAL: a made-up world may lose its last moments in a power cut; it never becomes corrupt.
        Execute("pragma journal_mode = wal");
        Execute("pragma synchronous = normal");
        // Deleted rows are overwritten, so that a search of the file finds only what is really kept.
        Execute("pragma secure_delete = on");
        Execute("""
            create table if not exists doc (
                kind text not null, id text not null, parent text not null, sort text not null, body text not null,
                primary key (kind, id)) without rowid
            """);
        Execute("create index if not exists doc_by_parent on doc (kind, parent, sort, id)");
    }

    /// <summary>Runs <paramref name="work"/> as one transaction; nothing else touches the store meanwhile. May be nested.</summary>
    public T Atomic<T>(Func<T> work)
    {
        lock (gate)
        {
            if (transaction is not null)
                return work();

            using var mine = transaction = connection.BeginTransaction(deferred: true);
            try
            {
                var result = work();
                mine.Commit();
                return result;
            }
            finally
            {
                transaction = null;
            }
        }
    }

    /// <inheritdoc cref="Atomic{T}(Func{T})"/>
    public void Atomic(Action work) => Atomic(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs a statement; parameters are bound by position as $0, $1, ...</summary>
    public int Execute(string sql, params ReadOnlySpan<string> values)
    {
        lock (gate)
            return Prepare(sql, values).ExecuteNonQuery();
    }

    /// <summary>The first column of every row.</summary>
    public List<string> Read(string sql, params ReadOnlySpan<string> values)
    {
        lock (gate)
        {
            using var reader = Prepare(sql, values).ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
                rows.Add(reader.GetString(0));
            return rows;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var command in commands.Values)
                command.Dispose();
            connection.Dispose();
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<string> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every caller passes a constant; values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var index = 0; index < values.Length; index++)
                command.Parameters.Add("$" + index.ToString(CultureInfo.InvariantCulture), SqliteType.Text);
            commands[sql] = command;
        }

        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        command.Transaction = transaction;
        return command;
    }
}
