using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>composite, composite/graph and composite/batch: calls that carry calls.</summary>
internal sealed class CompositeMethods(SalesforceRouter router, RecordStore records) : ISalesforceMethods
{
    private const int Most = 25, MostInGraph = 500;

    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("POST", "composite", call => SalesforceAnswer.Ok(new JsonObject { ["compositeResponse"] = Run(call, call.Json(), Most, allOrNone: null).Responses })),
        new("POST", "composite/graph", Graph),
        new("POST", "composite/batch", Batch),
        new("GET", "composite", call => SalesforceAnswer.Ok(new JsonObject(((string[])["tree", "batch", "sobjects", "graph"]).Select(name => KeyValuePair.Create(name, (JsonNode?)$"{call.Root}/composite/{name}"))))),
    ];

    private SalesforceAnswer Graph(SalesforceCall call) => SalesforceAnswer.Ok(new JsonObject
    {
        ["graphs"] = new JsonArray([.. SalesforceJson.Objects(call.Json(), "graphs").Select(graph =>
        {
            var (responses, failed) = Run(call, graph, MostInGraph, allOrNone: true);
            return (JsonNode)new JsonObject
            {
                ["graphId"] = graph["graphId"]?.DeepClone(),
                ["graphResponse"] = new JsonObject { ["compositeResponse"] = responses },
                ["isSuccessful"] = !failed,
            };
        })]),
    });

    private (JsonArray Responses, bool Failed) Run(SalesforceCall call, JsonObject body, int most, bool? allOrNone)
    {
        var parts = SalesforceJson.Objects(body, "compositeRequest");
        if (call.Part)
            throw new SalesforceRefusal("INVALID_REQUEST", "A composite request cannot stand inside another");
        if (parts.Count > most)
            throw new SalesforceRefusal("LIMIT_EXCEEDED", $"Limit of {most} subrequests exceeded");
        var ids = parts.Select(part => SalesforceJson.Text(part["referenceId"]) ?? throw new SalesforceRefusal("MISSING_ARGUMENT", "Every subrequest needs a referenceId")).ToList();
        if (ids.Distinct().Count() < ids.Count)
            throw new SalesforceRefusal("INVALID_INPUT", "Duplicate reference ids are not allowed");
        var together = allOrNone ?? (body["allOrNone"] is JsonValue flag && flag.TryGetValue<bool>(out var value) && value);

        var answers = new List<(string Id, SalesforceAnswer Answer)>();
        try
        {
            records.AllOrNothing(() =>
            {
                var known = new Dictionary<string, JsonNode?>();
                foreach (var (part, id) in parts.Zip(ids))
                {
                    var answer = One(call, part, known);
                    answers.Add((id, answer));
                    if (answer.Failed && together)
                        throw new SalesforceRefusal("PROCESSING_HALTED", "");
                    if (!answer.Failed)
                        known[id] = answer.Body;
                }

                return true;
            });
        }
        catch (SalesforceRefusal)
        {
            var halted = SalesforceAnswer.Error(new SalesforceError("PROCESSING_HALTED", "The transaction was rolled back since another operation in the same transaction failed."));
            answers = [.. ids.Select(id => answers.FirstOrDefault(answer => answer.Id == id && answer.Answer.Failed) is { Answer: not null } failed ? failed : (id, halted))];
        }

        return (new JsonArray([.. answers.Select(answer => (JsonNode)new JsonObject
        {
            ["body"] = answer.Answer.Body?.DeepClone(),
            ["httpHeaders"] = new JsonObject(answer.Answer.Headers.Select(header => KeyValuePair.Create(header.Name, (JsonNode?)header.Value))),
            ["httpStatusCode"] = answer.Answer.Status,
            ["referenceId"] = answer.Id,
        })]), answers.Exists(answer => answer.Answer.Failed));
    }

    private SalesforceAnswer One(SalesforceCall call, JsonObject part, Dictionary<string, JsonNode?> known)
    {
        try
        {
            var address = References.Fill(SalesforceJson.Text(part["url"]) ?? "", known);
            var headers = part["httpHeaders"] as JsonObject;
            return SalesforceRouter.Part(call, SalesforceJson.Text(part["method"]) ?? "", address,
                part["body"] is { } body ? References.Fill(body, known)!.ToJsonString() : "",
                name => SalesforceJson.Text(headers?[name])) is { } inner
                ? records.AllOrNothing(() => Settled(router.Run(inner)))
                : SalesforceAnswer.Error(SalesforceError.NotFound);
        }
        catch (SalesforceRefusal refusal)
        {
            return SalesforceAnswer.Error(refusal.Error);
        }
        catch (FailedPart failed)
        {
            return failed.Answer;
        }
    }

    private SalesforceAnswer Batch(SalesforceCall call)
    {
        var body = call.Json();
        var parts = SalesforceJson.Objects(body, "batchRequests");
        if (call.Part)
            throw new SalesforceRefusal("INVALID_REQUEST", "A batch cannot stand inside another");
        if (parts.Count > Most)
            throw new SalesforceRefusal("LIMIT_EXCEEDED", $"Limit of {Most} subrequests exceeded");
        var halt = body["haltOnError"] is JsonValue flag && flag.TryGetValue<bool>(out var value) && value;
        var (results, failed) = (new JsonArray(), false);
        foreach (var part in parts)
        {
            var answer = halt && failed
                ? new SalesforceAnswer(StatusCodes.Status412PreconditionFailed, new JsonArray(new SalesforceError("BATCH_PROCESSING_HALTED", "Batch processing halted per request").ToJson()))
                : One(call, new JsonObject { ["method"] = part["method"]?.DeepClone(), ["url"] = part["url"]?.DeepClone(), ["body"] = part["richInput"]?.DeepClone() }, []);
            failed |= answer.Failed;
            results.Add((JsonNode)new JsonObject { ["statusCode"] = answer.Status, ["result"] = answer.Body?.DeepClone() });
        }

        return SalesforceAnswer.Ok(new JsonObject { ["hasErrors"] = failed, ["results"] = results });
    }

    /// <summary>A part that failed leaves nothing behind: its answer travels out through the undoing.</summary>
    private static SalesforceAnswer Settled(SalesforceAnswer answer) => answer.Failed ? throw new FailedPart(answer) : answer;

    private sealed class FailedPart(SalesforceAnswer answer) : Exception
    {
        public SalesforceAnswer Answer => answer;
    }
}
