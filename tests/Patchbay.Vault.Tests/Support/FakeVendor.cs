using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Patchbay.Vault.Tests.Support;

/// <summary>What reached a vendor.</summary>
internal sealed record VendorCall(Realm Realm, string Host, string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Target.Split('?')[0];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string> Form => Body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => WebUtility.UrlDecode(p[1]));

    /// <summary>Everything it carried, for canary searches.</summary>
    public string All => $"{Method} {Target}\n{string.Join('\n', Headers.Select(h => $"{h.Key}: {h.Value}"))}\n\n{Body}";
}

/// <summary>All vendors of both realms over real HTTP: plain on one loopback port as the sandbox, TLS on another as the
/// live ones. It records what arrives and answers as the test says.</summary>
internal sealed class FakeVendor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeVendor(WebApplication app, string certificateHash) => (_app, CertificateHash) = (app, certificateHash);

    public string CertificateHash { get; }

    public ConcurrentQueue<VendorCall> Calls { get; } = new();
    public int SandboxPort { get; private set; }
    public int LivePort { get; private set; }

    /// <summary>Default: 200 and <c>{"ok":true}</c>.</summary>
    public Func<VendorCall, HttpContext, Task> Answer { get; set; } = (_, http) => Json(http, 200, """{"ok":true}""");

    public static async Task<FakeVendor> StartAsync()
    {
        var certificate = Certificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate));
        });
        var app = builder.Build();
        var vendor = new FakeVendor(app, certificate.GetCertHashString());
        app.Run(vendor.HandleAsync);
        await app.StartAsync();
        foreach (var url in app.Urls.Select(u => new Uri(u)))
        {
            if (url.Scheme == "http")
                vendor.SandboxPort = url.Port;
            else
                vendor.LivePort = url.Port;
        }
        return vendor;
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body);
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var live = http.Connection.LocalPort == LivePort;
        var (host, target) = live ? (http.Request.Host.Value ?? "", raw) : (raw.Split('/')[1], raw[(raw.Split('/')[1].Length + 1)..]);
        var call = new VendorCall(live ? Realm.Live : Realm.Sandbox, host, http.Request.Method, target,
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await body.ReadToEndAsync());
        Calls.Enqueue(call);
        await Answer(call, http);
    }

    public static Task Json(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fake vendor", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
