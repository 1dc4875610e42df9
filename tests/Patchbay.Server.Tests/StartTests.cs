using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Tests;

public sealed class StartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("patchbay-start-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private ServerOptions Options => new() { Port = 0, SandboxPort = null, Data = Path.Combine(_directory, "data"), KeyFile = Path.Combine(_directory, "test.key") };

    [Fact]
    public async Task A_start_that_is_refused_says_the_code_under_which_documents_explain_it()
    {
        File.WriteAllText(Options.KeyFile!, "not a key");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Options.KeyFile!, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var damaged = await Should.ThrowAsync<StartException>(() => PatchbayServer.StartAsync(Options, CancellationToken.None));
        damaged.Message.ShouldEndWith("(PB2002)");
    }

    [Fact]
    public async Task A_second_server_on_one_data_directory_is_refused_and_the_first_goes_on()
    {
        await using var first = await PatchbayServer.StartAsync(Options, CancellationToken.None);
        var second = await Should.ThrowAsync<StartException>(() => PatchbayServer.StartAsync(Options, CancellationToken.None));
        second.Message.ShouldEndWith("(PB3002)");
        using var client = new HttpClient { BaseAddress = first.Addresses.PublicUrl };
        (await client.GetAsync(new Uri("/health", UriKind.Relative))).EnsureSuccessStatusCode();
    }
}
