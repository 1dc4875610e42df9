using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Commands;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Tests;

/// <summary>Connectors of an operator's own, from a folder outside the repository.</summary>
public sealed class OwnConnectorsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("patchbay-own-").FullName;

    private string Own => Path.Combine(_directory, "own");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private const string Harbour = """
        id: harbour
        name: Harbour
        vendor: harbour
        proof: shapes
        description: Knows which ships lie in the harbour.
        category: Logistics
        words: [harbour]
        hosts: [api.harbour.example]
        slot: { header: X-Harbour-Key, format: "{token}" }
        apiKey:
          fields: [{ name: key, label: Harbour key, secret: true }]
          compose: "{key}"
          foundAt: the harbour master's office, second floor
        identity: { method: GET, url: "https://api.harbour.example/me", labelPaths: [name], idPaths: [id] }
        scopes:
          - { id: read, plain: "See ships", class: read }
        operations:
          - { id: harbour.list_ships, name: List ships, summary: list the ships, call: GET api.harbour.example/ships, scopes: [read], idempotent: true }
        examples:
          - Show the ships in the harbour
          - Tell me when a ship comes in
          - List ships that leave tomorrow
          - Count the ships each morning
          - Keep a table of ships and berths
        """;

    private void Write(string id, string yaml)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Own, id)).FullName;
        File.WriteAllText(Path.Combine(folder, "connector.yaml"), yaml);
        File.WriteAllText(Path.Combine(folder, "README.md"), "# Harbour\n");
        File.WriteAllText(Path.Combine(folder, "icon.svg"), """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 16h16"/></svg>""");
    }

    private static async Task<(int Exit, string Said, string Errors)> CheckAsync(params string[] args)
    {
        using var said = new StringWriter();
        using var errors = new StringWriter();
        return (await CommandLine.RunAsync(["connector", "check", .. args], said, errors), said.ToString(), errors.ToString());
    }

    [Fact]
    public async Task A_folder_is_all_it_takes()
    {
        Write("harbour", Harbour);
        var (exit, said, errors) = await CheckAsync(Own);
        (exit, errors).ShouldBe((0, ""));
        said.ShouldContain("all good");

        await using var server = await PatchbayServer.StartAsync(new ServerOptions { Port = 0, SandboxPort = null, Data = Path.Combine(_directory, "data"), KeyFile = Path.Combine(_directory, "test.key"), Connectors = Own }, CancellationToken.None);
        var workspaces = (WorkspaceService)server.Services.GetService(typeof(WorkspaceService))!;
        var owner = await workspaces.CreateOwnerUnattendedAsync("Ada", "ada@example.com", "Test", CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = new System.Net.CookieContainer() }) { BaseAddress = server.Addresses.PublicUrl };
        (await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in/link", new JsonObject { ["token"] = await workspaces.CreateSignInLinkAsync(owner.Id, CancellationToken.None) }))).EnsureSuccessStatusCode();
        var harbour = (await client.GetFromJsonAsync<JsonObject>("/api/v1/connectors/harbour"))!;
        harbour["category"]!.GetValue<string>().ShouldBe("Logistics");
        (await client.GetStringAsync(new Uri("/api/v1/connectors/harbour/icon.svg", UriKind.Relative))).ShouldContain("M4 16h16");
    }

    [Fact]
    public async Task Every_fault_of_every_file_is_told_at_once_with_its_line()
    {
        Write("harbour", Harbour.Replace("plain: \"See ships\"", "plain: \"see ships.\"", StringComparison.Ordinal).Replace("hosts: [api.harbour.example]", "hosts: [api.harbour.example, slack.com]", StringComparison.Ordinal));
        Write("gmail", Harbour.Replace("harbour.list_ships", "gmail.list_ships", StringComparison.Ordinal).Replace("id: harbour", "id: gmail", StringComparison.Ordinal).Replace("class: read", "class: reed", StringComparison.Ordinal));
        Write("pier", Harbour.Replace("id: harbour\n", "id: pier\n", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(Own, "empty"));
        var (exit, _, errors) = await CheckAsync(Own);
        exit.ShouldBe(1);
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldContain(l => l.StartsWith(Path.Combine(Own, "harbour") + "/connector.yaml:16: ") && l.Contains("capital verb"), errors);
        lines.ShouldContain(l => l.StartsWith(Path.Combine(Own, "harbour") + "/connector.yaml:8: ") && l.Contains("vendor 'slack'"), errors);
        lines.ShouldContain(l => l.StartsWith(Path.Combine(Own, "gmail") + "/connector.yaml:16: ") && l.Contains("identity, read, write, admin"), errors);
        lines.ShouldContain(l => l.StartsWith(Path.Combine(Own, "pier") + "/connector.yaml:18: ") && l.Contains("pier."), errors);
        lines.ShouldContain(l => l.StartsWith(Path.Combine(Own, "empty") + "/connector.yaml: "), errors);
        lines[^1].ShouldEndWith("faults.");
    }

    [Fact]
    public async Task A_taken_id_and_a_vendor_with_another_token_address_are_refused()
    {
        Write("stripe", Harbour.Replace("harbour.list_ships", "stripe.list_ships", StringComparison.Ordinal).Replace("id: harbour", "id: stripe", StringComparison.Ordinal));
        var (_, _, taken) = await CheckAsync(Own);
        taken.ShouldContain("stripe/connector.yaml:1: 'stripe' is the id of");

        Directory.Delete(Own, recursive: true);
        // Whoever claims a vendor gets its clients: their secret must not go elsewhere.
        Write("harbour", Harbour.Replace("vendor: harbour", "vendor: google", StringComparison.Ordinal)
            .Replace("apiKey:", "oAuth:\n  authorizeUrl: https://login.harbour.example/authorize\n  tokenUrl: https://login.harbour.example/token\n  clientAuthentication: post\n#", StringComparison.Ordinal)
            .Replace("  fields:", "#", StringComparison.Ordinal).Replace("  compose:", "#", StringComparison.Ordinal).Replace("  foundAt:", "#", StringComparison.Ordinal));
        var (exit, _, errors) = await CheckAsync("--connectors", Own);
        exit.ShouldBe(1);
        errors.ShouldContain("another tokenUrl");
    }

    [Fact]
    public async Task A_server_does_not_start_with_a_fault_and_tells_all_of_them()
    {
        Write("harbour", Harbour.Replace("plain: \"See ships\"", "plain: \"see ships.\"", StringComparison.Ordinal).Replace("class: read", "class: write", StringComparison.Ordinal));
        Write("mole", "id: mole");
        var refused = await Should.ThrowAsync<StartException>(() => PatchbayServer.StartAsync(new ServerOptions { Port = 0, SandboxPort = null, Data = Path.Combine(_directory, "data"), KeyFile = Path.Combine(_directory, "test.key"), Connectors = Own }, CancellationToken.None));
        refused.Message.ShouldContain("harbour/connector.yaml:16");
        refused.Message.ShouldContain("mole/connector.yaml:1");
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("--connectors")]
    [InlineData("--colour", "blue")]
    public async Task Words_that_mean_nothing_are_refused(params string[] args) => (await CheckAsync(args)).Exit.ShouldBe(2);

    [Fact]
    public async Task The_shipped_connectors_have_no_fault()
    {
        var (exit, said, errors) = await CheckAsync();
        (exit, errors).ShouldBe((0, ""));
        said.ShouldContain("connectors, ");
    }
}
