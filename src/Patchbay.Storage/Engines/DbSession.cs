using System.Data.Common;
using System.Text;

namespace Patchbay.Storage.Engines;

/// <summary>Statements on one connection.</summary>
internal sealed class DbSession(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken cancellationToken)
{
    // Below the smallest bound on parameters of a statement (SQLite 32,766, PostgreSQL 65,535).
    private const int MostParameters = 30_000;

    public Dialect Dialect => dialect;

    /// <returns>Rows affected.</returns>
    public async Task<int> ExecuteAsync(string sql, Args args)
    {
        await using var command = Command(sql, args);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Args args, Func<Row, T> map)
    {
        await using var command = Command(sql, args);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new Row(reader);
        var list = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            list.Add(map(row));
        return list;
    }

    public async Task<T?> FirstAsync<T>(string sql, Args args, Func<Row, T> map)
        where T : class => await ListAsync(sql, args, map) is [var first, ..] ? first : null;

    /// <summary>The column <c>n</c> of the only row.</summary>
    public async Task<long> NumberAsync(string sql, Args args) => (await ListAsync(sql, args, r => r.Long("n")))[0];

    /// <summary>Inserts rows that all have the same columns, in few statements.</summary>
    /// <param name="conflict">For example <c>ON CONFLICT DO NOTHING</c>.</param>
    /// <returns>Rows inserted.</returns>
    public async Task<int> InsertAsync(string table, IReadOnlyList<Args> rows, string conflict = "")
    {
        var inserted = 0;
        foreach (var (sql, args) in Inserts(table, rows, conflict))
            inserted += await ExecuteAsync(sql, args);
        return inserted;
    }

    /// <summary>As <see cref="InsertAsync(string, IReadOnlyList{Args}, string)"/>, reading back a column of each row inserted.</summary>
    public async Task<IReadOnlyList<string>> InsertReturningAsync(string table, IReadOnlyList<Args> rows, string conflict, string column)
    {
        var returned = new List<string>();
        foreach (var (sql, args) in Inserts(table, rows, $"{conflict} RETURNING {column}"))
            returned.AddRange(await ListAsync(sql, args, r => r.Text(column)));
        return returned;
    }

    private static IEnumerable<(string Sql, Args Args)> Inserts(string table, IReadOnlyList<Args> rows, string suffix)
    {
        if (rows.Count == 0)
            yield break;
        var columns = rows[0].Select(c => c.Key).ToList();
        foreach (var chunk in rows.Chunk(Math.Min(500, MostParameters / columns.Count)))
        {
            var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
            Args args = [];
            for (var i = 0; i < chunk.Length; i++)
            {
                var number = i;
                sql.Append(i == 0 ? "(" : ", (").AppendJoin(", ", columns.Select(c => $"@{c}{number}")).Append(')');
                foreach (var (name, value) in chunk[i])
                    args.Add($"{name}{i}", value);
            }
            yield return (sql.Append(' ').Append(suffix).ToString(), args);
        }
    }

#pragma warning disable CA2100 // Text comes from constants of this assembly; values are always parameters.
    private DbCommand Command(string sql, Args args)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in args)
            command.Parameters.Add(dialect.Parameter(name, value));
        return command;
    }
#pragma warning restore CA2100
}
