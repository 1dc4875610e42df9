using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Patchbay.EndToEnd.Tests.Support;

/// <summary>The wire between the server and its sandbox: every exchange is written down, and one can be held where a test wants it.
/// It gets there without a word to the server: the dotnet in PATH that starts the sandbox is a script which tells the server this
/// wire's port instead of the sandbox's.</summary>
internal sealed partial class VendorWire : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = Wait.Patience };
    private readonly ConcurrentQueue<Exchange> _exchanges = new();
    private readonly TempDirectory _scripts = new();
    private volatile Held? _held;

    private VendorWire(WebApplication app) => _app = app;

    public sealed record Exchange(string Path, string Request, string Reply);

    public Uri Address { get; private set; } = null!;

    /// <summary>Where the sandbox itself listens.</summary>
    public int SandboxPort { get; private set; }

    /// <summary>Opens the sandbox's control surface: seen on the wire when the server announced its OAuth clients.</summary>
    public string ControlToken { get; private set; } = "";

    /// <summary>Tokens live this many seconds as far as the server is told; null for what the vendor says.</summary>
    public int? TokenLife { get; set; }

    public IReadOnlyCollection<Exchange> Exchanges => _exchanges;

    public static async Task<VendorWire> OpenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var wire = new VendorWire(app);
        app.Run(wire.PassAsync);
        await app.StartAsync();
        wire.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return wire;
    }

    /// <summary>What a server needs so that its sandbox is behind this wire. Called anew for every start.</summary>
    public (IReadOnlyList<string> Flags, IReadOnlyDictionary<string, string> Environment) Connect()
    {
        SandboxPort = Clone.FreePort();
        var script = _scripts["dotnet"];
        File.WriteAllText(script, $"#!/bin/sh\n'{Clone.Dotnet}' \"$@\" | sed -u 's/:{SandboxPort}$/:{Address.Port}/'\n");
        Executable.Make(script);
        return (["--sandbox-port", SandboxPort.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            new Dictionary<string, string> { ["PATH"] = $"{_scripts.Path}:{Environment.GetEnvironmentVariable("PATH")}" });
    }

    /// <summary>The next request whose path ends so stands still here, before it reaches the vendor or after the vendor answered.</summary>
    public Held Hold(string pathEnd, bool afterAnswer = false) => _held = new Held(pathEnd, afterAnswer);

    public async ValueTask DisposeAsync()
    {
        _held?.Drop();
        await _app.DisposeAsync();
        _http.Dispose();
        _scripts.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var path = context.Request.Path + context.Request.QueryString;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"http://127.0.0.1:{SandboxPort}{path}") { Content = new ByteArrayContent(body.ToArray()) };
        var spoken = new StringBuilder();
        foreach (var (name, values) in context.Request.Headers)
        {
            spoken.Append(name).Append(": ").Append(values.ToString()).Append('\n');
            if (name is "Host" or "Connection" or "Content-Length" or "Transfer-Encoding")
                continue;
            if (name == "X-Sandbox-Control")
                ControlToken = values.ToString();
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        spoken.Append(Encoding.UTF8.GetString(body.ToArray()));

        var held = _held is { } waiting && context.Request.Path.Value!.EndsWith(waiting.PathEnd, StringComparison.Ordinal) && waiting.Take() ? waiting : null;
        if (held is { AfterAnswer: false } && !await held.StandAsync())
        {
            _exchanges.Enqueue(new(path, spoken.ToString(), ""));
            context.Abort();
            return;
        }
        using var reply = await _http.SendAsync(request);
        var answer = await reply.Content.ReadAsByteArrayAsync();
        if (TokenLife is { } life)
            answer = Encoding.UTF8.GetBytes(ExpiresIn().Replace(Encoding.UTF8.GetString(answer), $"\"expires_in\":{life}"));
        _exchanges.Enqueue(new(path, spoken.ToString(), $"{reply.Headers}{Encoding.UTF8.GetString(answer)}"));
        if (held is { AfterAnswer: true } && !await held.StandAsync())
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)reply.StatusCode;
        foreach (var (name, values) in reply.Headers.Concat(reply.Content.Headers))
        {
            if (name is not ("Connection" or "Content-Length" or "Transfer-Encoding" or "Date"))
                context.Response.Headers.Append(name, values.ToArray());
        }
        await context.Response.Body.WriteAsync(answer);
    }

    [GeneratedRegex("\"expires_in\":\\s*\\d+")]
    private static partial Regex ExpiresIn();

    /// <summary>One request that stands still.</summary>
    internal sealed class Held(string pathEnd, bool afterAnswer)
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;

        public string PathEnd => pathEnd;

        public bool AfterAnswer => afterAnswer;

        public Task ArrivedAsync() => _arrived.Task.WaitAsync(Wait.Patience);

        public void Release() => _go.TrySetResult(true);

        /// <summary>Cuts the connection.</summary>
        public void Drop() => _go.TrySetResult(false);

        public bool Take() => Interlocked.Exchange(ref _taken, 1) == 0;

        public Task<bool> StandAsync()
        {
            _arrived.TrySetResult();
            return _go.Task;
        }
    }
}
