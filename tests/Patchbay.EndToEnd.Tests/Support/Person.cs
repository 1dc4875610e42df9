using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Patchbay.EndToEnd.Tests.Support;

/// <summary>A person at a browser, as far as these tests need one: cookies, the dashboard's calls, a vendor's consent page.</summary>
internal sealed partial class Person : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new CookieContainer() });
    private readonly Uri _dashboard;

    public Person(Uri dashboard) => _dashboard = dashboard;

    /// <summary>Everything any of our own addresses answered, headers included.</summary>
    public ConcurrentQueue<string> Answers { get; } = new();

    /// <summary>Authorization codes that vendors' pages sent through this browser.</summary>
    public ConcurrentQueue<string> Codes { get; } = new();

    public Task<JsonNode> GetAsync(string path) => DoAsync(HttpMethod.Get, path, null);

    public Task<JsonNode> PostAsync(string path, JsonNode? body = null) => DoAsync(HttpMethod.Post, path, body);

    public async Task<JsonNode> DoAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(_dashboard, path));
        if (method != HttpMethod.Get)
        {
            request.Content = JsonContent.Create(body ?? new JsonObject());
            request.Headers.Add("X-Patchbay", "1");
            request.Headers.Add("Origin", _dashboard.GetLeftPart(UriPartial.Authority));
        }
        using var response = await SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path} answered {(int)response.StatusCode}: {text}", null, response.StatusCode);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Sends anything and keeps the answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var response = await _http.SendAsync(request);
        await response.Content.LoadIntoBufferAsync();
        Answers.Enqueue($"{request.Method} {request.RequestUri!.AbsolutePath} {(int)response.StatusCode}\n{response.Headers}{response.Content.Headers}{await response.Content.ReadAsStringAsync()}");
        return response;
    }

    /// <summary>Chooses the first account, allows all that is asked, and comes back.</summary>
    /// <returns>Where the dashboard sent the browser.</returns>
    public async Task<string> ConsentAsync(Uri authorize)
    {
        var html = await _http.GetStringAsync(authorize);
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var input in Input().Matches(html).Select(m => m.Value))
        {
            var (type, name) = (Attribute(input, "type"), Attribute(input, "name"));
            if (name.Length > 0 && type is "hidden" or "radio" or "checkbox" && !(type == "radio" && fields.Exists(f => f.Key == name)))
                fields.Add(KeyValuePair.Create(name, Attribute(input, "value") is { Length: > 0 } value ? value : "on"));
        }
        fields.Add(KeyValuePair.Create("decision", "allow"));
        using var decided = await _http.PostAsync(new Uri(authorize, Form().Match(html).Groups[1].Value), new FormUrlEncodedContent(fields));
        var back = new Uri(authorize, decided.Headers.Location!);
        Codes.Enqueue(Uri.UnescapeDataString(Regex.Match(back.Query, "[?&]code=([^&]+)").Groups[1].Value));
        using var landed = await SendAsync(new HttpRequestMessage(HttpMethod.Get, back));
        return landed.Headers.Location!.ToString();
    }

    public void Dispose() => _http.Dispose();

    private static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form[^>]*\\baction=\"([^\"]*)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*>")]
    private static partial Regex Input();
}
