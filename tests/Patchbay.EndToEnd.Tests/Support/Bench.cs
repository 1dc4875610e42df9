using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Patchbay.EndToEnd.Tests.Support;

/// <summary>A whole Patchbay with one owner and one app, in a temporary directory, its sandbox behind a wire.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly int _port = Clone.FreePort();
    private readonly string? _database;
    private string _outputOfTheDead = "";

    private Bench(VendorWire wire, string? database) => (Wire, _database) = (wire, database);

    public VendorWire Wire { get; }

    public ServerProcess Server { get; private set; } = null!;

    public Person Owner { get; private set; } = null!;

    public string App { get; private set; } = "";

    /// <summary>The app's key for its public API.</summary>
    public string Key { get; private set; } = "";

    public string Api => $"/api/v1/apps/{App}";

    public string Data => _temp["data"];

    public string KeyFile => _temp["master.key"];

    /// <summary>What all servers of this bench printed.</summary>
    public string Said => _outputOfTheDead + Server.Said;

    public static async Task<Bench> StartAsync(string? database = null)
    {
        var bench = new Bench(await VendorWire.OpenAsync(), database);
        try
        {
            await bench.StartServerAsync();
            bench.Owner = new Person(bench.Server.Address);
            await bench.Owner.PostAsync("/api/v1/first-owner", new JsonObject
            {
                ["token"] = await bench.Server.WelcomeAsync(), ["name"] = "Iva Brandt", ["email"] = "iva@tinsmith.example", ["password"] = "a long enough pass phrase", ["workspace"] = "Tinsmith",
            });
            bench.App = (string)(await bench.Owner.PostAsync("/api/v1/apps", new JsonObject { ["name"] = "Workshop" }))["id"]!;
            await bench.Owner.DoAsync(HttpMethod.Put, $"{bench.Api}/entities/Ticket", new JsonObject { ["schema"] = Ticket });
            bench.Key = (string)(await bench.Owner.PostAsync($"{bench.Api}/api-keys", new JsonObject { ["name"] = "Tests" }))["key"]!;
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public async Task StartServerAsync()
    {
        var (flags, environment) = Wire.Connect();
        string[] all = ["--port", _port.ToString(CultureInfo.InvariantCulture), "--data", Data, "--key-file", KeyFile, .. flags, .. _database is null ? Array.Empty<string>() : ["--database", _database]];
        Server = await ServerProcess.StartAsync(all, _temp.Path, environment);
    }

    /// <summary>kill -9, then a new server on the same data.</summary>
    public async Task KillAndStartAsync()
    {
        await KillAsync();
        await StartServerAsync();
    }

    public async Task KillAsync()
    {
        await Server.KillAsync();
        _outputOfTheDead += Server.Said;
        await Server.DisposeAsync();
    }

    /// <summary>Says it in the chat, connects what the proposal asks for, accepts it.</summary>
    /// <returns>The flow's id.</returns>
    public async Task<string> BuildAsync(string sentence)
    {
        var conversation = await Owner.PostAsync($"{Api}/conversations");
        var reply = await Owner.PostAsync($"{Api}/conversations/{conversation["id"]}/messages", new JsonObject { ["text"] = sentence });
        var proposal = reply["messages"]!.AsArray()[^1]!["proposal"] ?? throw new InvalidOperationException(reply.ToJsonString());
        foreach (var requirement in proposal["requirements"]!.AsArray())
            await ConnectAsync((string)requirement!["connector"]!, [.. requirement["permissions"]!.AsArray().Select(p => (string)p!["scope"]!)], (string)proposal["id"]!);
        return (string)(await Owner.PostAsync($"{Api}/proposals/{proposal["id"]}/accept"))["flowId"]!;
    }

    public async Task ConnectAsync(string connector, string[] scopes, string? proposal = null)
    {
        var start = await Owner.PostAsync($"{Api}/connections/{connector}/connect", new JsonObject { ["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]), ["proposalId"] = proposal });
        var go = await Owner.PostAsync($"/api/v1{new Uri((string)start["connectUrl"]!).AbsolutePath}");
        (await Owner.ConsentAsync(new Uri((string)go["authorizeUrl"]!))).ShouldNotContain("error=");
    }

    public Task SaveFunctionAsync(string name, string source) => Owner.DoAsync(HttpMethod.Put, $"{Api}/functions/{name}", new JsonObject
    {
        ["files"] = new JsonArray(new JsonObject { ["path"] = "entry.ts", ["content"] = source }), ["entry"] = "entry.ts",
    });

    /// <summary>A call to the app's public API with its key.</summary>
    public async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.Address, $"/api/apps/{App}/{path}"));
        request.Headers.Add("api_key", Key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await Owner.SendAsync(request);
    }

    /// <summary>Creates a ticket; returns when the server promised to keep it.</summary>
    public async Task OpenTicketAsync(string subject)
    {
        using var made = await CallAsync(HttpMethod.Post, "entities/Ticket", new JsonObject { ["subject"] = subject });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>Text and idempotency key of all that stands in Slack.</summary>
    public async Task<IReadOnlyList<(string Text, string? Key)>> SlackAsync() =>
        [.. (await ControlAsync(HttpMethod.Get, "slack/messages")).AsArray().Select(m => ((string)m!["text"]!, (string?)m["metadata"]?["event_payload"]?["key"]))];

    public async Task<JsonNode> ControlAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{Wire.SandboxPort}/_sandbox/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Sandbox-Control", Wire.ControlToken);
        using var response = await http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async Task<IReadOnlyList<JsonNode>> RunsAsync(string flow) => [.. (await Owner.GetAsync($"{Api}/runs?flow={flow}&limit=200"))["items"]!.AsArray().Select(r => r!)];

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        Owner?.Dispose();
        await Wire.DisposeAsync();
        _temp.Dispose();
    }

    private static JsonObject Ticket => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["subject"] = new JsonObject { ["type"] = "string" },
            ["priority"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("low", "high") },
        },
        ["required"] = new JsonArray("subject"),
    };
}
