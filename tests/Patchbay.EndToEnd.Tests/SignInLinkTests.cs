using System.Net;
using System.Text.Json.Nodes;
using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>The operator lets the only owner in again.</summary>
public sealed class SignInLinkTests : IDisposable
{
    private readonly TempDirectory _place = new();

    private string[] Flags => ["--port", Clone.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture), "--sandbox", "off", "--data", _place["data"], "--key-file", _place["master.key"]];

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task An_owner_who_forgot_the_password_comes_back_with_a_link_made_on_the_machine()
    {
        await using (var server = await ServerProcess.StartAsync(Flags, _place.Path))
        {
            using var owner = new Person(server.Address);
            await owner.PostAsync("/api/v1/first-owner", new JsonObject
            {
                ["token"] = await server.WelcomeAsync(), ["name"] = "Iva Brandt", ["email"] = "iva@tinsmith.example", ["password"] = "a long enough pass phrase", ["workspace"] = "Tinsmith",
            });
            var busy = await RunAsync("iva@tinsmith.example");
            busy.Code.ShouldBe(1, busy.All);
            busy.Errors.ShouldContain("Another Patchbay server uses the data directory");
            (await server.StopAsync()).ShouldBe(0, server.Said);
        }
        var nobody = await RunAsync("nobody@tinsmith.example");
        nobody.Code.ShouldBe(1, nobody.All);
        nobody.Errors.ShouldContain("does not exist");

        var made = await RunAsync("IVA@tinsmith.example");
        made.Code.ShouldBe(0, made.All);

        await using var again = await ServerProcess.StartAsync(Flags, _place.Path);
        using var back = new Person(again.Address);
        var old = await Should.ThrowAsync<HttpRequestException>(() => back.PostAsync("/api/v1/sign-in", new JsonObject { ["email"] = "iva@tinsmith.example", ["password"] = "a long enough pass phrase" }));
        old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var link = made.Output.Split('#')[^1].Trim();
        var me = await back.PostAsync("/api/v1/sign-in/link", new JsonObject { ["token"] = link });
        ((bool)me["hasPassword"]!).ShouldBeFalse();
        (await Should.ThrowAsync<HttpRequestException>(() => back.PostAsync("/api/v1/sign-in/link", new JsonObject { ["token"] = link }))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Where_no_server_ever_ran_there_is_nobody_to_let_in()
    {
        var run = await RunAsync("iva@tinsmith.example");

        run.Code.ShouldBe(1, run.All);
        run.Errors.ShouldContain("--data");
        Directory.Exists(_place["data"]).ShouldBeFalse();
    }

    private Task<ProgramRun> RunAsync(string email) => ProgramRun.ServerAsync(["sign-in-link", email, .. Flags], _place.Path);
}
