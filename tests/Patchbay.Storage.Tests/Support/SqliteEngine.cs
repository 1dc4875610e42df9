namespace Patchbay.Storage.Tests.Support;

public sealed class SqliteEngine : TestEngine
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("patchbay-storage-").FullName;

    public override bool ManyNodes => false;

    public override ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        return default;
    }

    protected override Task<StorageOptions> OptionsAsync() => Task.FromResult(new StorageOptions { DataDirectory = Directory });
}
