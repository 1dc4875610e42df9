using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>A running sandbox with a clock of its own, a control token and a browser-like client that follows nothing.</summary>
internal sealed class Playground : IAsyncDisposable
{
    public const string ControlToken = "control-for-tests";
    public const string Redirect = "http://localhost:4400/oauth/callback/play";
    public const string ClientId = "client-1";
    public const string ClientSecret = "sbx-secret-of-client-1";

    private readonly bool ownsDirectory;

    private Playground(SandboxServer server, FakeTimeProvider time, string directory, bool ownsDirectory)
    {
        (Server, Time, Directory, this.ownsDirectory) = (server, time, directory, ownsDirectory);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.BaseAddress };
    }

    public SandboxServer Server { get; }
    public FakeTimeProvider Time { get; }
    public string Directory { get; }
    public HttpClient Http { get; }

    public static async Task<Playground> StartAsync(string? directory = null, string? controlToken = ControlToken)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 6, 19, 9, 41, 0, TimeSpan.Zero));
        var folder = directory ?? Path.Combine(Path.GetTempPath(), "sandbox-test-" + Path.GetRandomFileName());
        var server = await SandboxServer.StartAsync(new SandboxOptions { DataDirectory = folder, ControlToken = controlToken, TimeProvider = time });
        return new Playground(server, time, folder, directory is null);
    }

    /// <summary>A sandbox in which <see cref="ClientId"/> is registered at a vendor.</summary>
    public static async Task<Playground> WithClientAsync(string vendor, bool rotateTokens = false, string? directory = null)
    {
        var sandbox = await StartAsync(directory);
        await sandbox.RegisterAsync(vendor, ClientId, rotateTokens);
        return sandbox;
    }

    /// <param name="vendor">Where.</param>
    /// <param name="clientId">As the app calls itself.</param>
    /// <param name="rotateTokens">Slack's opt-in.</param>
    /// <param name="scopes">What it is registered for, at vendors that fix that; null for all.</param>
    public Task RegisterAsync(string vendor, string clientId, bool rotateTokens = false, IEnumerable<string>? scopes = null, bool refreshTokens = false) => ControlAsync("clients", new JsonObject
    {
        ["vendor"] = vendor,
        ["clientId"] = clientId,
        ["clientSecret"] = ClientSecret,
        ["name"] = "Northwind Ops",
        ["redirectUris"] = new JsonArray(Redirect),
        ["rotateTokens"] = rotateTokens,
        ["scopes"] = scopes is null ? null : new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
        ["refreshTokens"] = refreshTokens,
    });

    public async Task<JsonNode> ControlAsync(string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, "/_sandbox/" + path);
        request.Headers.Add("X-Sandbox-Control", ControlToken);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        if (ownsDirectory)
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
