using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Patchbay.Server.Commands.Demo;

// Only here the server's own assembly opens connections itself: the demo acts as a person's browser toward this machine's
// loopback, and holds nothing but that person's session cookie. The architecture test names this file as the exception.
#pragma warning disable RS0030

/// <summary>A person's browser, as far as the demo needs one: cookies, JSON calls to the dashboard's API, a vendor's form.</summary>
internal sealed partial class DemoBrowser : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _dashboard;

    public DemoBrowser(Uri dashboard)
    {
        _dashboard = dashboard;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new CookieContainer() });
    }

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonObject> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, new Uri(_dashboard, path));
        if (method != HttpMethod.Get)
        {
            request.Content = JsonContent.Create(body ?? new JsonObject());
            request.Headers.Add("X-Patchbay", "1");
            request.Headers.Add("Origin", _dashboard.GetLeftPart(UriPartial.Authority));
        }
        return JsonAsync(request, cancellationToken);
    }

    /// <summary>A call with a header credential, as a program makes it.</summary>
    public async Task<JsonObject> CallAsync(HttpMethod method, Uri address, string header, string credential, JsonNode? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add(header, credential);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await JsonAsync(request, cancellationToken);
    }

    /// <summary>Lists that come bare are wrapped as <c>{"items": [...]}</c>.</summary>
    private async Task<JsonObject> JsonAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        JsonNode? node = null;
        try
        {
            node = text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Reported below with its status: a reply that is no JSON is a failure either way.
        }
        if (!response.IsSuccessStatusCode || node is null)
        {
            var said = node as JsonObject;
            var message = (string?)(said?["error"] as JsonObject)?["message"] ?? said?["message"]?.ToString() ?? said?["error"]?.ToString() ?? "no readable answer";
            throw new DemoFailure($"{request.Method} {request.RequestUri!.AbsolutePath} answered {(int)response.StatusCode}: {message}");
        }
        return node as JsonObject ?? new JsonObject { ["items"] = node };
    }

    /// <summary>Goes to the vendor's consent page, chooses the first account, ticks everything asked, allows it, and follows
    /// the vendor's redirect back.</summary>
    /// <returns>Where the dashboard sent the browser at the end.</returns>
    public async Task<Uri> ConsentAsync(Uri authorize, CancellationToken cancellationToken)
    {
        using var page = await _http.GetAsync(authorize, cancellationToken);
        var html = await page.Content.ReadAsStringAsync(cancellationToken);
        if (!page.IsSuccessStatusCode || Form().Match(html) is not { Success: true } form)
            throw new DemoFailure($"The vendor's consent page answered {(int)page.StatusCode} without a form.");
        var fields = new List<KeyValuePair<string, string>>();
        var accountChosen = false;
        foreach (Match input in Input().Matches(html))
        {
            var (type, name, value) = (Attribute(input.Value, "type"), Attribute(input.Value, "name"), WebUtility.HtmlDecode(Attribute(input.Value, "value")));
            if (name is null || type == "radio" && accountChosen)
                continue;
            accountChosen |= type == "radio";
            if (type is "hidden" or "radio" or "checkbox")
                fields.Add(KeyValuePair.Create(name, value ?? "on"));
        }
        fields.Add(KeyValuePair.Create("decision", "allow"));
        using var content = new FormUrlEncodedContent(fields);
        using var decided = await _http.PostAsync(new Uri(authorize, WebUtility.HtmlDecode(form.Groups[1].Value)), content, cancellationToken);
        if (decided.Headers.Location is not { } back)
            throw new DemoFailure($"The vendor's consent page answered {(int)decided.StatusCode} and sent nobody back.");
        using var landed = await _http.GetAsync(new Uri(authorize, back), cancellationToken);
        return landed.Headers.Location is { } target ? new Uri(_dashboard, target) : throw new DemoFailure($"The callback answered {(int)landed.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("<form[^>]*\\baction=\"([^\"]*)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*>")]
    private static partial Regex Input();
}

/// <summary>A step of the demo failed; the message is printed as the reason.</summary>
internal sealed class DemoFailure(string message) : Exception(message);
