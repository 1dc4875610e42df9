namespace Patchbay.Storage.Engines;

/// <summary>One database of either engine.</summary>
internal interface IDatabase
{
    Dialect Dialect { get; }

    /// <summary>One statement, or several that need no common snapshot.</summary>
    Task<T> ReadAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken);

    /// <summary>One transaction: durable when the task completes, without effect when it fails. The body awaits nothing but the
    /// session, since others queue behind it, and may run again after a deadlock.</summary>
    Task<T> WriteAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken);
}

internal static class DatabaseExtensions
{
    public static Task WriteAsync(this IDatabase database, Func<DbSession, Task> body, CancellationToken cancellationToken) =>
        database.WriteAsync(async s =>
        {
            await body(s);
            return 0;
        }, cancellationToken);

    public static Task<int> ExecuteAsync(this IDatabase database, string sql, Args args, CancellationToken cancellationToken) =>
        database.WriteAsync(s => s.ExecuteAsync(sql, args), cancellationToken);

    public static Task InsertAsync(this IDatabase database, string table, Args row, CancellationToken cancellationToken) =>
        database.WriteAsync(s => s.InsertAsync(table, [row]), cancellationToken);

    public static Task<IReadOnlyList<T>> ListAsync<T>(this IDatabase database, string sql, Args args, Func<Row, T> map, CancellationToken cancellationToken) =>
        database.ReadAsync(s => s.ListAsync(sql, args, map), cancellationToken);

    public static Task<T?> FirstAsync<T>(this IDatabase database, string sql, Args args, Func<Row, T> map, CancellationToken cancellationToken)
        where T : class => database.ReadAsync(s => s.FirstAsync(sql, args, map), cancellationToken);
}
