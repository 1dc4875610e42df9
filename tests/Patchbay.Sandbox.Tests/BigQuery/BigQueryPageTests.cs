using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.BigQuery;

public sealed class BigQueryPageTests
{
    private const string Nasty = "<script>alert('x')</script><img src=x onerror=alert(1)> \"'&";

    [Fact]
    public async Task A_person_asks_in_the_box_and_sees_rows_errors_and_jobs_as_text()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        await app.QueryAsync("INSERT INTO items (id, name) VALUES (66, @n)", ("queryParameters", new JsonArray(new JsonObject
        {
            ["name"] = "n", ["parameterType"] = new JsonObject { ["type"] = "STRING" }, ["parameterValue"] = new JsonObject { ["value"] = Nasty },
        })));
        var page = await GetAsync($"/world/bigquery?project={app.Project}&table={BigQueryApp.Dataset}.items");
        page.ShouldContain("4 rows");
        Clean(page);
        var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;

        var shown = await RunAsync($"SELECT name, COUNT(*) AS n FROM {BigQueryApp.Dataset}.items WHERE id = 66 GROUP BY name");
        shown.ShouldContain("1 rows");
        shown.ShouldContain("&lt;script&gt;");
        Clean(shown);
        var refused = await RunAsync($"SELECT '{Nasty.Replace("'", "", StringComparison.Ordinal)}' FROM nowhere.t");
        refused.ShouldContain("role=\"alert\"");
        Clean(refused);
        (await RunAsync($"DELETE FROM {BigQueryApp.Dataset}.items WHERE id = 66")).ShouldContain("This statement changed 1 rows.");
        (await app.RowsAsync("SELECT COUNT(*) FROM items")).ShouldBe("3");

        (await PostAsync("SELECT 1", "")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        Task<string> GetAsync(string address) => app.Sandbox.Http.GetStringAsync(new Uri(address, UriKind.RelativeOrAbsolute));

        Task<HttpResponseMessage> PostAsync(string query, string with) => app.Sandbox.Http.PostAsync(new Uri("/world/bigquery/run", UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["guard"] = with, ["project"] = app.Project, ["query"] = query }));

        async Task<string> RunAsync(string query)
        {
            using var response = await PostAsync(query, guard);
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
            return await GetAsync(response.Headers.Location!.ToString());
        }

        static void Clean(string page)
        {
            var own = page.Replace("<script src=\"/_assets/sandbox.js\" defer></script>", "", StringComparison.Ordinal);
            own.ShouldNotContain("<script");
            own.ShouldNotContain("<img");
            own.ShouldNotContain("style=\"");
            Regex.IsMatch(Regex.Replace(own, "=\"[^\"]*\"", ""), "<[^>]*\\son\\w+").ShouldBeFalse();
            Regex.Count(page, "<h1").ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_page_stands_up_to_any_address()
    {
        await using var sandbox = await Playground.StartAsync();
        foreach (var query in (string[])["", "?project=none", "?table=x", "?table=a.b", "?job=none", "?project=none&table=%3Cscript%3E.x&job=1"])
        {
            using var response = await sandbox.Http.GetAsync(new Uri("/world/bigquery" + query, UriKind.Relative));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }
}
