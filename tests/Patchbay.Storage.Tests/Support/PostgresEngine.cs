using Npgsql;

namespace Patchbay.Storage.Tests.Support;

public sealed class PostgresEngine(PostgresServer server) : TestEngine
{
    private string? _database;

    public override bool ManyNodes => true;

    public async Task<string> ConnectionStringAsync() => server.ConnectionString(_database ??= await server.CreateDatabaseAsync());

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await server.DropDatabaseAsync(_database);
    }

    protected override async Task<StorageOptions> OptionsAsync() => new() { DataDirectory = Path.GetTempPath(), ConnectionString = await ConnectionStringAsync() };
}
