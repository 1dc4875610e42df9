namespace Patchbay.Storage;

/// <summary>Where data lives.</summary>
public sealed record StorageOptions
{
    /// <summary>Made with mode 0700 if it is missing. Without a <see cref="ConnectionString"/> it holds <c>main.db</c> and <c>logs.db</c>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>An Npgsql connection string: PostgreSQL instead of SQLite.</summary>
    public string? ConnectionString { get; init; }
}
