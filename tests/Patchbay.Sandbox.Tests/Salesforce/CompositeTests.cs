using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Salesforce;

public sealed class CompositeTests
{
    private static JsonObject Part(string id, string method, string url, JsonObject? body = null) => new() { ["referenceId"] = id, ["method"] = method, ["url"] = SalesforceApp.Data + url, ["body"] = body };

    private static JsonObject Record(string type, params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value)).Prepend(KeyValuePair.Create("attributes", (JsonNode?)new JsonObject { ["type"] = type })));

    [Fact]
    public async Task A_part_uses_what_an_earlier_part_answered()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (_, body) = await client.PostAsync("/composite", new JsonObject
        {
            ["compositeRequest"] = new JsonArray(
                Part("account", "POST", "/sobjects/Account", new JsonObject { ["Name"] = "Composed" }),
                Part("contact", "POST", "/sobjects/Contact", new JsonObject { ["LastName"] = "Composed", ["AccountId"] = "@{account.id}" }),
                Part("asked", "GET", "/query?q=SELECT+Name+FROM+Account+WHERE+Id='@{account.id}'"),
                Part("read", "GET", "/sobjects/Contact/@{contact.id}?fields=AccountId")),
        });

        body!["compositeResponse"]!.AsArray().Select(part => part.Text("httpStatusCode")).ShouldBe(["201", "201", "200", "200"]);
        body.Text("compositeResponse.2.body.records.0.Name").ShouldBe("Composed");
        body.Text("compositeResponse.3.body.AccountId").ShouldBe(body.Text("compositeResponse.0.body.id"));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task All_or_none_undoes_what_came_before_a_failure(bool allOrNone, int left)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (_, body) = await client.PostAsync("/composite", new JsonObject
        {
            ["allOrNone"] = allOrNone,
            ["compositeRequest"] = new JsonArray(
                Part("good", "POST", "/sobjects/Campaign", new JsonObject { ["Name"] = "Rolled back?" }),
                Part("bad", "POST", "/sobjects/Lead", new JsonObject { ["LastName"] = "x" })),
        });

        body.Text("compositeResponse.0.httpStatusCode").ShouldBe(allOrNone ? "400" : "201");
        body.Text("compositeResponse.1.body.0.errorCode").ShouldBe("REQUIRED_FIELD_MISSING");
        if (allOrNone)
            body.Text("compositeResponse.0.body.0.errorCode").ShouldBe("PROCESSING_HALTED");
        (await client.QueryAsync("SELECT Id FROM Campaign WHERE Name = 'Rolled back?'")).Count.ShouldBe(left);
    }

    [Fact]
    public async Task Graphs_stand_or_fall_each_by_itself()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (_, body) = await client.PostAsync("/composite/graph", new JsonObject
        {
            ["graphs"] = new JsonArray(
                new JsonObject { ["graphId"] = "a", ["compositeRequest"] = new JsonArray(Part("x", "POST", "/sobjects/Campaign", new JsonObject { ["Name"] = "Graph" })) },
                new JsonObject { ["graphId"] = "b", ["compositeRequest"] = new JsonArray(Part("x", "POST", "/sobjects/Campaign", new JsonObject { ["Name"] = "Graph" }), Part("y", "GET", "/nowhere")) }),
        });

        body!["graphs"]!.AsArray().Select(graph => graph.Text("isSuccessful")).ShouldBe(["true", "false"]);
        (await client.QueryAsync("SELECT Id FROM Campaign WHERE Name = 'Graph'")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_runs_its_parts_and_halts_when_told_to()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (_, body) = await client.PostAsync("/composite/batch", new JsonObject
        {
            ["haltOnError"] = true,
            ["batchRequests"] = new JsonArray(
                new JsonObject { ["method"] = "POST", ["url"] = "v62.0/sobjects/Campaign", ["richInput"] = new JsonObject { ["Name"] = "Batch" } },
                new JsonObject { ["method"] = "GET", ["url"] = "v62.0/sobjects/Campaign/nonsense" },
                new JsonObject { ["method"] = "GET", ["url"] = "v62.0/limits" }),
        });

        body.Text("hasErrors").ShouldBe("true");
        body!["results"]!.AsArray().Select(result => result.Text("statusCode")).ShouldBe(["201", "404", "412"]);
    }

    [Fact]
    public async Task A_list_of_records_is_created_changed_read_and_deleted_with_a_result_for_each()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (_, created) = await client.PostAsync("/composite/sobjects", new JsonObject { ["records"] = new JsonArray(Record("Lead", ("LastName", "One"), ("Company", "x")), Record("Lead", ("LastName", "Two")), Record("Campaign", ("Name", "Three"))) });
        var (lead, campaign) = (created.Text("0.id"), created.Text("2.id"));
        var (_, changed) = await client.PatchAsync("/composite/sobjects", new JsonObject { ["records"] = new JsonArray(Record("Lead", ("id", lead), ("Company", "y")), Record("Lead", ("id", campaign), ("Company", "y"))) });
        var (_, read) = await client.PostAsync("/composite/sobjects/Lead", new JsonObject { ["ids"] = new JsonArray(lead, campaign), ["fields"] = new JsonArray("Company") });
        var (_, deleted) = await client.DeleteAsync($"/composite/sobjects?ids={lead},{campaign},00Q000000000001");

        created!.AsArray().Select(row => row.Text("success")).ShouldBe(["true", "false", "true"]);
        created.Text("1.errors.0.statusCode").ShouldBe("REQUIRED_FIELD_MISSING");
        changed!.AsArray().Select(row => row.Text("success")).ShouldBe(["true", "false"]);
        read.Text("0.Company").ShouldBe("y");
        read![1].ShouldBeNull();
        deleted!.AsArray().Select(row => row.Text("success")).ShouldBe(["true", "true", "false"]);
    }

    [Fact]
    public async Task All_or_none_over_a_list_writes_nothing_when_one_fails()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (_, body) = await client.PostAsync("/composite/sobjects", new JsonObject { ["allOrNone"] = true, ["records"] = new JsonArray(Record("Campaign", ("Name", "Together")), Record("Lead", ("LastName", "x"))) });

        body.Text("0.errors.0.statusCode").ShouldBe("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        (await client.QueryAsync("SELECT Id FROM Campaign WHERE Name = 'Together'")).ShouldBeEmpty();
        var (status, _) = await client.PostAsync("/composite/sobjects", new JsonObject { ["records"] = new JsonArray([.. Enumerable.Range(0, 201).Select(_ => (JsonNode)Record("Campaign", ("Name", "x")))]) });
        status.ShouldBe(400);
    }

    [Fact]
    public async Task A_list_is_upserted_by_its_key()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        JsonObject Body(string company) => new() { ["records"] = new JsonArray(Record("Lead", ("External_Id__c", "u-1"), ("LastName", "x"), ("Company", company)), Record("Lead", ("LastName", "x"), ("Company", company))) };

        var (_, first) = await client.PatchAsync("/composite/sobjects/Lead/External_Id__c", Body("a"));
        var (_, second) = await client.PatchAsync("/composite/sobjects/Lead/External_Id__c", Body("b"));

        (first.Text("0.created"), second.Text("0.created"), second.Text("1.success")).ShouldBe(("true", "false", "false"));
        (await client.ValuesAsync("SELECT Company FROM Lead WHERE External_Id__c = 'u-1'", "Company")).ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_tree_is_planted_whole_or_not_at_all()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        static JsonObject Node(string type, string reference, JsonObject fields)
        {
            fields["attributes"] = new JsonObject { ["type"] = type, ["referenceId"] = reference };
            return fields;
        }

        JsonObject Tree(JsonObject contact) => new() { ["records"] = new JsonArray(Node("Account", "a", new JsonObject { ["Name"] = "Tree", ["Contacts"] = new JsonObject { ["records"] = new JsonArray(Node("Contact", "c", contact)) } })) };

        var (status, good) = await client.PostAsync("/composite/tree/Account", Tree(new JsonObject { ["LastName"] = "Leaf" }));
        var (refused, bad) = await client.PostAsync("/composite/tree/Account", Tree(new JsonObject { ["FirstName"] = "Leaf" }));

        status.ShouldBe(201);
        good!["results"]!.AsArray().Select(result => result.Text("referenceId")).ShouldBe(["a", "c"]);
        refused.ShouldBe(400);
        bad.Text("results.0.referenceId").ShouldBe("c");
        (await client.QueryAsync("SELECT Id FROM Account WHERE Name = 'Tree'")).Count.ShouldBe(1);
    }
}
