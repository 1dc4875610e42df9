using Patchbay.Storage.Engines;
using Patchbay.Vault;
using Patchbay.Vault.Keys;

namespace Patchbay.Storage.Stores;

internal sealed class InstanceStore(Databases databases, TimeProvider time) : IInstanceStore
{
    private const string Insert = "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO ";
    private const string Read = "SELECT value FROM settings WHERE name = @name";

    private IDatabase Db => databases.Main;

    public Task<string> GetOrCreateInstanceIdAsync(CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        await s.ExecuteAsync(Insert + "NOTHING", new() { { "name", "instance" }, { "value", Ids.New(time) } });
        return (await s.FirstAsync(Read, new() { { "name", "instance" } }, r => r.Text("value")))!;
    }, cancellationToken);

    public Task<KeyCheck?> GetKeyCheckAsync(CancellationToken cancellationToken) =>
        Db.FirstAsync(Read, new() { { "name", "key-check" } }, r => JsonText.Read<KeyCheck>(r.Text("value")), cancellationToken);

    public Task SaveKeyCheckAsync(KeyCheck check, CancellationToken cancellationToken) =>
        Db.ExecuteAsync(Insert + "UPDATE SET value = excluded.value", new() { { "name", "key-check" }, { "value", JsonText.Of(check) } }, cancellationToken);
}
