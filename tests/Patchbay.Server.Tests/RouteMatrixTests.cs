using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;

namespace Patchbay.Server.Tests;

/// <summary>Who may use which route. The table is reviewed: a new route fails until it stands in Routes.txt.</summary>
public sealed partial class RouteMatrixTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string Reviewed = Path.Combine(AppContext.BaseDirectory, "Routes.txt");

    private IReadOnlyList<(string Method, string Pattern, Access? Access)> Routes() =>
    [
        .. server.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => (m, "/" + e.RoutePattern.RawText!.TrimStart('/'), e.Metadata.GetMetadata<Access>())))
            .OrderBy(r => r.Item2, StringComparer.Ordinal).ThenBy(r => r.m, StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_route_stands_in_the_reviewed_table_with_its_access()
    {
        var table = Routes().Select(r => $"{r.Method,-7} {r.Pattern,-70} {r.Access?.ToString() ?? "CLOSED"}").ToList();
        var reviewed = File.ReadAllLines(Reviewed);
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Routes.actual.txt"), table);
        table.Except(reviewed).ShouldBeEmpty("These routes are new or changed: review them and put them into Routes.txt.");
        reviewed.Except(table).ShouldBeEmpty("These routes are gone: take them out of Routes.txt.");
    }

    [Fact]
    public void Every_route_of_the_dashboards_api_names_a_role_but_those_that_make_a_session_or_say_whether_one_can()
    {
        var open = Routes().Where(r => r.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal) && r.Access is not { Kind: AccessKind.Teammate, Least: not null });
        open.Select(r => $"{r.Method} {r.Pattern}").ShouldBe(
            ["POST /api/v1/first-owner", "GET /api/v1/sign-in", "POST /api/v1/sign-in", "POST /api/v1/sign-in/link"], ignoreOrder: true);
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in()
    {
        using var client = server.Anonymous();
        foreach (var (method, path) in TeammateRoutes().Select(r => (r.Method, Concrete(r.Pattern))))
        {
            using var answer = await client.SendAsync(TestServer.Change(new HttpMethod(method), path));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
        }
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Editor)]
    [InlineData(Role.Admin)]
    public async Task A_role_below_the_least_one_is_refused_and_changes_nothing(Role role)
    {
        using var client = await server.SignedInAsync(role);
        foreach (var route in TeammateRoutes().Where(r => r.Access!.Least > role))
        {
            using var answer = await client.SendAsync(TestServer.Change(new HttpMethod(route.Method), Concrete(route.Pattern)));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role}: {route.Method} {route.Pattern}");
            (await answer.Content.ReadAsStringAsync()).ShouldContain("PB1203");
        }
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Editor)]
    [InlineData(Role.Admin)]
    [InlineData(Role.Owner)]
    public async Task A_sufficient_role_is_never_stopped_for_its_role(Role role)
    {
        using var client = await server.SignedInAsync(role);
        // Signing out last, or the rest would be anonymous; live streams do not end by themselves.
        foreach (var route in TeammateRoutes().Where(r => r.Access!.Least <= role && r.Pattern is not "/api/v1/sign-out" && !r.Pattern.EndsWith("/live", StringComparison.Ordinal)))
        {
            using var answer = await client.SendAsync(TestServer.Change(new HttpMethod(route.Method), Concrete(route.Pattern)));
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldNotContain("PB1202", customMessage: $"{role}: {route.Method} {route.Pattern}");
            text.ShouldNotContain("PB1203", customMessage: $"{role}: {route.Method} {route.Pattern}");
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"{role}: {route.Method} {route.Pattern}");
        }
    }

    [Fact]
    public async Task A_session_cookie_opens_nothing_of_the_apps_public_api()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        foreach (var route in Routes().Where(r => r.Access is { Kind: AccessKind.AppCredential }))
        {
            using var answer = await client.SendAsync(TestServer.Change(new HttpMethod(route.Method == "*" ? "GET" : route.Method), Concrete(route.Pattern)));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{route.Method} {route.Pattern}");
        }
    }

    [Fact]
    public async Task Addresses_for_visitors_do_not_exist_on_the_dashboards_host()
    {
        using var client = server.Anonymous();
        foreach (var route in Routes().Where(r => r.Access is { Kind: AccessKind.Visitor }))
        {
            using var answer = await client.GetAsync(new Uri(Concrete(route.Pattern), UriKind.Relative));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, route.Pattern);
        }
    }

    private IEnumerable<(string Method, string Pattern, Access? Access)> TeammateRoutes() => Routes().Where(r => r.Access is { Kind: AccessKind.Teammate });

    private static string Concrete(string pattern) => Parameter().Replace(pattern, m => m.Groups[1].Value is "version" ? "1" : "000000000000000000000000");

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
