using System.Text.Json.Nodes;
using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>The operator's OAuth clients, set on the machine for every workspace.</summary>
public sealed class OAuthClientCommandTests : IDisposable
{
    private readonly TempDirectory _place = new();

    private string[] Flags => ["--port", Clone.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture), "--sandbox", "off", "--data", _place["data"], "--key-file", _place["master.key"]];

    public void Dispose() => _place.Dispose();

    private Task<ProgramRun> RunAsync(params string[] words) => ProgramRun.ServerAsync(["oauth-client", .. words, .. Flags], _place.Path);

    [Fact]
    public async Task A_client_set_on_the_machine_serves_every_workspace_and_its_secret_is_said_nowhere()
    {
        await using (var server = await ServerProcess.StartAsync(Flags, _place.Path))
        {
            using var first = new Person(server.Address);
            await first.PostAsync("/api/v1/first-owner", new JsonObject
            {
                ["token"] = await server.WelcomeAsync(), ["name"] = "Iva Brandt", ["email"] = "iva@tinsmith.example", ["password"] = "a long enough pass phrase", ["workspace"] = "Tinsmith",
            });
            (await RunAsync("list")).Errors.ShouldContain("Another Patchbay server uses the data directory");
            (await server.StopAsync()).ShouldBe(0, server.Said);
        }
        await File.WriteAllTextAsync(_place["secret"], "CANARY-secret\n");
        string[] google = ["--vendor", "google", "--name", "Production"];

        var added = await RunAsync(["set", .. google, "--client-id", "id-1", "--secret-file", _place["secret"]]);
        added.Code.ShouldBe(0, added.All);
        added.Output.ShouldContain("/oauth/callback/google");
        var changed = await RunAsync(["set", .. google, "--connectors", "gmail,googledrive"]);
        changed.Code.ShouldBe(0, changed.All);
        var list = await RunAsync("list");
        list.Output.ShouldContain("gmail, googledrive, default, secret kept");
        (added.All + changed.All + list.All).ShouldNotContain("CANARY");
        foreach (var file in Directory.EnumerateFiles(_place["data"], "main.db*"))
            System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).ShouldNotContain("CANARY");

        await using (var again = await ServerProcess.StartAsync(Flags, _place.Path))
        {
            using var owner = new Person(again.Address);
            await owner.PostAsync("/api/v1/sign-in", new JsonObject { ["email"] = "iva@tinsmith.example", ["password"] = "a long enough pass phrase" });
            var seen = (await owner.GetAsync("/api/v1/oauth-clients"))["items"]!.AsArray().ShouldHaveSingleItem()!;
            ((string)seen["name"]!, (bool)seen["instance"]!, (bool)seen["hasSecret"]!).ShouldBe(("Production", true, true));
            (await owner.GetAsync("/api/v1/audit"))["items"]!.AsArray().Count(e => (string)e!["actor"]! == "operator" && ((string)e["action"]!).StartsWith("oauth-client.", StringComparison.Ordinal)).ShouldBe(2);
            (await again.StopAsync()).ShouldBe(0, again.Said);
        }
        (await RunAsync(["remove", .. google])).Code.ShouldBe(0);
        (await RunAsync("list")).Output.ShouldContain("No OAuth client");
    }

    [Fact]
    public async Task A_secret_is_never_an_argument_and_what_is_missing_is_told_at_once()
    {
        var argument = await RunAsync("set", "--vendor", "google", "--name", "P", "--client-id", "i", "--secret", "x");
        argument.Code.ShouldBe(2, argument.All);
        argument.Errors.ShouldContain("There is no option --secret");
        var bare = await RunAsync("set", "--client-id", "i");
        bare.Code.ShouldBe(2, bare.All);
        bare.Errors.ShouldContain("--vendor");
        bare.Errors.ShouldContain("--name");
        (await RunAsync("list")).Errors.ShouldContain("--data");
        (await RunAsync("show")).Code.ShouldBe(2);
        Directory.Exists(_place["data"]).ShouldBeFalse();
    }
}
