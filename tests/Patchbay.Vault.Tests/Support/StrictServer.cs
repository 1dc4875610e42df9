using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Vault.Tests.Support;

/// <summary>
/// oidc-provider (npm), the strict referee: it requires PKCE, compares redirect addresses to the letter, rotates refresh
/// tokens and ends the whole family when one comes twice. It runs in <c>tests/authorization-server</c>; the Vault reaches
/// it through <see cref="FakeVendor"/>'s TLS as <see cref="Host"/>.
/// </summary>
internal sealed class StrictServer : IAsyncDisposable
{
    public const string Host = "login.strict.example";
    public const string Issuer = $"https://{Host}";

    private readonly Process _process;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private StrictServer(Process process, int port)
    {
        _process = process;
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
    }

    /// <param name="clients">As oidc-provider's <c>clients</c>.</param>
    public static async Task<StrictServer> StartAsync(params object[] clients)
    {
        var folder = FindFolder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new DirectoryNotFoundException("oidc-provider is not installed: run `npm ci` in tests/authorization-server, or ./test.");
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "server.mjs"), JsonSerializer.Serialize(new { issuer = Issuer, clients })])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_NO_WARNINGS"] = "1";
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var first = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await errors);
        return new StrictServer(process, int.Parse(first, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Requests at the token endpoint so far.</summary>
    public async Task<int> TokenRequestsAsync()
    {
        using var counts = JsonDocument.Parse(await _http.GetStringAsync("/_counts"));
        return counts.RootElement.GetProperty("token").GetInt32();
    }

    /// <summary>Answers for the fake vendor: what is asked of the referee's host goes to it.</summary>
    public async Task AnswerAsync(VendorCall call, HttpContext http)
    {
        using var request = Request(new HttpMethod(call.Method), call.Target);
        if (call.Body.Length > 0) request.Content = new StringContent(call.Body, System.Text.Encoding.UTF8, call.Header("Content-Type")?.Split(';')[0] ?? "text/plain");
        if (call.Header("Authorization") is { } authorization) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var reply = await _http.SendAsync(request);
        await FakeVendor.Json(http, (int)reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    /// <summary>A person's browser: follows the authorisation to its end.</summary>
    /// <param name="account">Who is signed in.</param>
    /// <param name="ticked">Scopes that the person allows, "none" for a no; null for all.</param>
    /// <returns>The callback's address, or null where the referee sends nobody back.</returns>
    public async Task<Uri?> AuthorizeAsync(Uri address, string account, string? ticked = null)
    {
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = address.PathAndQuery;
        for (var step = 0; step < 10; step++)
        {
            using var request = Request(HttpMethod.Get, at);
            request.Headers.Add("x-account", account);
            if (ticked is not null) request.Headers.Add("x-scopes", ticked);
            if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            using var reply = await _http.SendAsync(request);
            if (reply.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set.Select(c => c.Split(';')[0].Split('=', 2))) cookies[cookie[0]] = cookie[1];
            if (reply.StatusCode is not (HttpStatusCode.SeeOther or HttpStatusCode.Found)) return null;
            var next = new Uri(new Uri(Issuer), reply.Headers.Location!);
            if (next.Host != Host) return next;
            at = next.PathAndQuery;
        }

        throw new InvalidOperationException("The referee redirects in circles.");
    }

    /// <summary>The query of a callback as the server hands it on.</summary>
    public static List<KeyValuePair<string, string>> Query(Uri callback)
    {
        var query = HttpUtility.ParseQueryString(callback.Query);
        return [.. query.AllKeys.Select(k => KeyValuePair.Create(k!, query[k]!))];
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private static HttpRequestMessage Request(HttpMethod method, string target)
    {
        var request = new HttpRequestMessage(method, target);
        request.Headers.Host = Host;
        request.Headers.Add("X-Forwarded-Proto", "https");
        return request;
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var server = Path.Combine(folder.FullName, "tests", "authorization-server");
            if (Directory.Exists(server)) return server;
        }

        throw new DirectoryNotFoundException("tests/authorization-server is not above the tests.");
    }
}
