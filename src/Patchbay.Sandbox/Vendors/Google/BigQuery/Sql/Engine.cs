using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>
/// The SQLite database behind the dialect. Only SQL that the binder wrote reaches it, with every foreign text as a
/// bound value. Not safe for use by several threads at once: whoever owns it holds a lock.
/// </summary>
internal sealed class Engine : IDisposable
{
    private const int MaxRows = 200_000;

    /// <summary>Of one value, in bytes.</summary>
    private const int MaxValue = 64 << 20;

    /// <summary>Of all the text of one result, in characters.</summary>
    private const long MaxText = 32 << 20;

    /// <summary>That SQLite may take for one query, in bytes: what collects rows into one value is measured only when it is done.</summary>
    private const long MaxHeap = 256 << 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private readonly SqliteConnection connection;
    private readonly FunctionLibrary library = new();
    private long deadline = long.MaxValue;
    private long mostHeap = long.MaxValue;

    /// <param name="file">A path, or ":memory:".</param>
    public Engine(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        library.Register(connection);
        // Ends a query that would never end, and one that would take the machine's memory: ARRAY_AGG of long texts took nine gigabytes.
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle!, 1_000, _ => Stopwatch.GetTimestamp() > deadline || Heavy() ? 1 : 0, null);
        _ = SQLitePCL.raw.sqlite3_limit(connection.Handle!, SQLitePCL.raw.SQLITE_LIMIT_LENGTH, MaxValue);
        Execute("pragma temp_store = memory"); // where it is counted
        Execute("pragma journal_mode = wal");
        Execute("pragma synchronous = normal");
    }

    public List<object?[]> Query(string sql, IReadOnlyDictionary<object, string> values)
    {
        using var command = Prepare(sql, values);
        return Guarded(() =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<object?[]>();
            var characters = 0L;
            while (reader.Read())
            {
                var row = new object?[reader.FieldCount];
                for (var index = 0; index < row.Length; index++)
                {
                    row[index] = reader.IsDBNull(index) ? null : reader.GetValue(index);
                    characters += row[index] is string text ? text.Length : 0;
                }

                rows.Add(row);
                if (rows.Count > MaxRows || characters > MaxText)
                    throw new SqlError("Response too large to return. Consider specifying a destination table in your job configuration.", "responseTooLarge");
            }

            return rows;
        });
    }

    public List<object?[]> Query(string sql) => Query(sql, new Dictionary<object, string>());

    public void Execute(string sql)
    {
        using var command = Prepare(sql, new Dictionary<object, string>());
        Guarded(command.ExecuteNonQuery);
    }

    /// <summary>Runs a statement once for every row, with its values as $0, $1, ...</summary>
    public void Each(string sql, IEnumerable<object?[]> rows)
    {
        using var command = Prepare(sql, new Dictionary<object, string>());
        foreach (var row in rows)
        {
            for (var index = 0; index < row.Length; index++)
            {
                if (command.Parameters.Count <= index)
                    command.Parameters.Add(new SqliteParameter("$" + index.ToString(CultureInfo.InvariantCulture), null));
                command.Parameters[index].Value = row[index] ?? DBNull.Value;
                command.Parameters[index].ResetSqliteType();
            }

            Guarded(command.ExecuteNonQuery);
        }
    }

    public T Atomic<T>(Func<T> work)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        current = transaction;
        try
        {
            var result = work();
            transaction.Commit();
            return result;
        }
        finally
        {
            current = null;
        }
    }

    private SqliteTransaction? current;

    public void Dispose() => connection.Dispose();

    private SqliteCommand Prepare(string sql, IReadOnlyDictionary<object, string> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written by the binder; foreign text travels as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (value, name) in values)
            command.Parameters.AddWithValue(name, value);
        command.Transaction = current;
        return command;
    }

    private T Guarded<T>(Func<T> run)
    {
        library.Thrown = null;
        deadline = Stopwatch.GetTimestamp() + (long)(MaxTime.TotalSeconds * Stopwatch.Frequency);
        mostHeap = SQLitePCL.raw.sqlite3_memory_used() + MaxHeap;
        try
        {
            return run();
        }
        catch (SqliteException exception)
        {
            if (library.Thrown is SqlError error)
                throw error;
            throw exception.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_NOMEM or SQLitePCL.raw.SQLITE_TOOBIG => TooMuch(),
                SQLitePCL.raw.SQLITE_INTERRUPT when Stopwatch.GetTimestamp() <= deadline => TooMuch(),
                SQLitePCL.raw.SQLITE_INTERRUPT => new SqlError("Query exceeded resource limits: the Patchbay sandbox stops a query after 10 seconds.", "resourcesExceeded"),
                _ when exception.Message.Contains("integer overflow", StringComparison.Ordinal) => new SqlError("int64 overflow in SUM"),
                _ => new SqlError($"The Patchbay sandbox cannot run this query: {exception.Message}"),
            };
        }
        finally
        {
            deadline = long.MaxValue;
        }
    }

    private bool Heavy() => SQLitePCL.raw.sqlite3_memory_used() > mostHeap;

    private static SqlError TooMuch() =>
        new("Resources exceeded during query execution: The query could not be executed in the allotted memory.", "resourcesExceeded");
}
