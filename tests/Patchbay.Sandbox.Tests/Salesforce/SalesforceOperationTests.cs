using System.Net;
using System.Text.Json.Nodes;
using Patchbay.Catalog;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Salesforce;

/// <summary>Every operation of the catalog, once with its least scopes and once for each scope left out that matters.</summary>
public sealed class SalesforceOperationTests
{
    /// <summary>An example of each operation's own call; @lead and the like are ids made beforehand.</summary>
    private static readonly Dictionary<string, (string Path, string? Body)> Examples = new()
    {
        ["salesforce.query"] = ("/query?q=SELECT+Id+FROM+Lead+LIMIT+1", null),
        ["salesforce.search"] = ("/search?q=FIND+%7Bexample%7D", null),
        ["salesforce.create_record"] = ("/sobjects/Lead", """{"LastName":"x","Company":"x"}"""),
        ["salesforce.get_record"] = ("/sobjects/Lead/@lead", null),
        ["salesforce.update_record"] = ("/sobjects/Lead/@lead", """{"Company":"y"}"""),
        ["salesforce.upsert_record"] = ("/sobjects/Lead/External_Id__c/op-1", """{"LastName":"x","Company":"x"}"""),
        ["salesforce.delete_record"] = ("/sobjects/Lead/@lead", null),
        ["salesforce.describe_object"] = ("/sobjects/Lead/describe", null),
        ["salesforce.list_changes"] = ("/sobjects/Lead/updated?start=2026-06-19T09:00:00Z&end=2026-06-19T10:00:00Z", null),
        ["salesforce.run_composite"] = ("/composite", """{"compositeRequest":[{"method":"GET","url":"/services/data/v62.0/limits","referenceId":"l"}]}"""),
        ["salesforce.convert_lead"] = ("/actions/standard/convertLead", """{"inputs":[{"leadId":"@lead","convertedStatus":"Closed - Converted"}]}"""),
        ["salesforce.bulk_query"] = ("/jobs/query", """{"operation":"query","query":"SELECT Id FROM Lead"}"""),
        ["salesforce.bulk_load"] = ("/jobs/ingest", """{"operation":"insert","object":"Lead"}"""),
        ["salesforce.get_limits"] = ("/limits", null),
        ["salesforce.list_recent"] = ("/recent", null),
        ["salesforce.post_chatter"] = ("/chatter/feed-elements", """{"subjectId":"me","feedElementType":"FeedItem","body":{"messageSegments":[{"type":"Text","text":"Hello"}]}}"""),
        ["salesforce.comment_chatter"] = ("/chatter/feed-elements/@post/capabilities/comments/items", """{"body":{"messageSegments":[{"type":"Text","text":"Hello"}]}}"""),
        ["salesforce.read_chatter"] = ("/chatter/feeds/record/@lead/feed-elements", null),
        ["salesforce.delete_chatter"] = ("/chatter/feed-elements/@post", null),
        ["salesforce.check_account"] = ("/services/oauth2/userinfo", null),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("salesforce");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_works_with_its_least_scopes_and_not_without_one_of_them(string id)
    {
        var operation = OperationTable.Operation(id);
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var helper = await sandbox.ClientAsync("api");
        var lead = await helper.CreateAsync("Lead", new JsonObject { ["LastName"] = "Example", ["Company"] = "Example" });
        var (_, post) = await helper.PostAsync("/chatter/feed-elements", JsonNode.Parse(Examples["salesforce.post_chatter"].Body!));

        foreach (var scopes in WithOneMissing(operation))
            (await RunAsync(scopes)).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await RunAsync(operation.Scopes)).ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent);

        async Task<HttpStatusCode> RunAsync(IReadOnlyList<string> scopes)
        {
            // No session exists without any scope: one that allows nothing of this stands in for it.
            var client = await sandbox.ClientAsync(scopes.All(scope => scope is "refresh_token") ? "visualforce " + string.Join(' ', scopes) : string.Join(' ', scopes));
            var (path, body) = Examples[id];
            string Filled(string text) => text.Replace("@lead", lead, StringComparison.Ordinal).Replace("@post", post.Text("id"), StringComparison.Ordinal);
            using var response = await client.SendAsync(new HttpMethod(operation.Call.Method), Filled(path), body is null ? null : new StringContent(Filled(body), null, "application/json"));
            return response.StatusCode;
        }
    }

    [Fact]
    public void Each_operation_has_an_example_and_each_example_is_the_operation_it_stands_for()
    {
        Examples.Keys.ShouldCover("salesforce");
        foreach (var (id, (path, _)) in Examples)
            (OperationTable.Operation(id).Call.Method, "acme.my.salesforce.com" + (path.StartsWith("/services", StringComparison.Ordinal) ? path : SalesforceApp.Data + path)).ShouldBeCallOf(id);
    }

    /// <summary>The least scopes with one left out, unless the vendor takes the rest as well: refresh_token only keeps a connection alive.</summary>
    private static IEnumerable<IReadOnlyList<string>> WithOneMissing(Operation operation) =>
        operation.Scopes.Select(left => (IReadOnlyList<string>)[.. operation.Scopes.Where(scope => scope != left)])
            .Where(rest => !operation.AlternativeScopes.Any(set => set.All(rest.Contains)));
}
