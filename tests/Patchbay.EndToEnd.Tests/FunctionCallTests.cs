using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>A function written by hand and called by HTTP: what gets in and what gets out.</summary>
public sealed class FunctionCallTests : IAsyncLifetime
{
    private static readonly string[] Never = ["Set-Cookie", "Strict-Transport-Security", "Clear-Site-Data", "Service-Worker-Allowed"];
    private Bench _bench = null!;

    public async Task InitializeAsync() => _bench = await Bench.StartAsync();

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task On_the_dashboards_host_a_page_of_a_function_can_neither_run_nor_plant_anything()
    {
        await _bench.SaveFunctionAsync("foreign", Functions.Foreign);

        using var answer = await _bench.CallAsync(HttpMethod.Post, "functions/foreign", new JsonObject());

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var name in Never.Concat(["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Refresh"]))
            Values(answer, name).ShouldBeEmpty(name);
        Values(answer, "Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        Values(answer, "Content-Disposition").ShouldBe(["attachment"]);
        Values(answer, "X-Content-Type-Options").ShouldBe(["nosniff"]);
        Values(answer, "X-Frame-Options").ShouldBe(["DENY"]);
        Values(answer, "Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
        Values(answer, "X-Kept").ShouldBe(["yes"]);
    }

    [Fact]
    public async Task On_the_apps_own_host_it_is_a_page_but_plants_no_cookie_and_nothing_lasting()
    {
        await _bench.SaveFunctionAsync("foreign", Functions.Foreign);

        using var answer = await OnAppHostAsync(HttpMethod.Get, "foreign");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var name in Never)
            Values(answer, name).ShouldBeEmpty(name);
        Values(answer, "Content-Disposition").ShouldBeEmpty();
        Values(answer, "Access-Control-Allow-Origin").ShouldBe(["*"]);
        Values(answer, "X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_cannot_speak_in_the_platforms_name(bool onAppHost)
    {
        await _bench.SaveFunctionAsync("mirror", Functions.Mirror);
        (string Name, string Value)[] forged =
        [
            ("Base44-App-Id", "forged"), ("Base44-Api-Url", "http://forged.example"), ("Base44-Service-Authorization", "Bearer forged"), ("base44-idempotency-key", "forged"),
            ("BASE44-STATE", "forged"), ("Base44-Functions-Version", "forged"), ("Base44-Anything-New", "forged"), ("X-Patchbay-Run", "forged"), ("Cookie", "pb_session=forged"), ("X-Own", "mine"),
        ];

        using var answer = onAppHost ? await OnAppHostAsync(HttpMethod.Post, "mirror", forged) : await _bench.CallAsync(HttpMethod.Post, "functions/mirror", new JsonObject(), forged);

        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        body.ShouldNotContain("forged");
        body.ShouldNotContain(_bench.Key);
        var headers = JsonNode.Parse(body)!["headers"]!;
        ((string)headers["x-own"]!).ShouldBe("mine");
        ((string)headers["base44-app-id"]!).ShouldBe(_bench.App);
    }

    [Fact]
    public async Task Without_the_key_the_apps_api_calls_nothing()
    {
        await _bench.SaveFunctionAsync("mirror", Functions.Mirror);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_bench.Server.Address, $"/api/apps/{_bench.App}/functions/mirror"));

        using var answer = await _bench.Owner.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_function_that_does_not_exist_is_404()
    {
        using var answer = await _bench.CallAsync(HttpMethod.Post, "functions/nothing", new JsonObject());

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Values(answer, "Content-Type").Single().ShouldStartWith("application/json");
    }

    private async Task<HttpResponseMessage> OnAppHostAsync(HttpMethod method, string function, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_bench.Server.Address, $"/functions/{function}"));
        request.Headers.Host = $"{_bench.App}.localhost:{_bench.Server.Address.Port}";
        if (method != HttpMethod.Get)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}")) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _bench.Owner.SendAsync(request);
    }

    private static string[] Values(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? [.. values] : [];
}
