using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Configuration;
using Patchbay.Server.Hosting;

namespace Patchbay.Server.Tests;

/// <summary>A real server on free ports, in a temporary directory, with an owner.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("patchbay-server-").FullName;

    public PatchbayServer Server { get; private set; } = null!;

    public Teammate Owner { get; private set; } = null!;

    public Uri Url => Server.Addresses.PublicUrl;

    public WorkspaceService Workspaces => Server.Services.GetRequiredService<WorkspaceService>();

    public async Task InitializeAsync()
    {
        Server = await PatchbayServer.StartAsync(new ServerOptions
        {
            Port = 0, SandboxPort = null, Data = Path.Combine(_directory, "data"), KeyFile = Path.Combine(_directory, "test.key"),
        }, CancellationToken.None);
        Owner = await Workspaces.CreateOwnerUnattendedAsync("Ada", "ada@example.com", "Test", CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A client that no one is signed in with; it follows no redirect.</summary>
    public HttpClient Anonymous() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };

    /// <summary>A browser signed in as a teammate of that role.</summary>
    public async Task<HttpClient> SignedInAsync(Role role)
    {
        var teammate = Owner;
        if (role != Role.Owner)
            (teammate, _) = await Workspaces.InviteAsync(Owner, role.ToString(), $"{Guid.NewGuid():N}@example.com", role, CancellationToken.None);
        var client = Anonymous();
        var token = await Workspaces.CreateSignInLinkAsync(teammate.Id, CancellationToken.None);
        using var answer = await client.SendAsync(Change(HttpMethod.Post, "/api/v1/sign-in/link", new JsonObject { ["token"] = token }));
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>A change as the dashboard's own page sends it.</summary>
    public static HttpRequestMessage Change(HttpMethod method, string path, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body ?? new JsonObject()) };
        request.Headers.Add("X-Patchbay", "1");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return request;
    }
}
