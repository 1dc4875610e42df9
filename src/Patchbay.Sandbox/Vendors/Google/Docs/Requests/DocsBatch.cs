using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Requests;

/// <summary>Runs the requests of a batch in order; the first refusal refuses them all.</summary>
internal static class DocsBatch
{
    private static readonly Dictionary<string, DocsRequest> Known =
        new IDocsRequests[] { new TextRequests(), new StyleRequests(), new TableRequests(), new ObjectRequests() }.SelectMany(family => family.Requests).ToDictionary(request => request.Name);

    /// <summary>Requests of Docs that need more than one tab per document.</summary>
    private static readonly string[] TabRequests = ["addDocumentTab", "deleteTab", "updateDocumentTabProperties"];

    public static (JsonArray? Replies, GoogleAnswer? Refusal) Run(DocsEdit edit, JsonArray requests)
    {
        var replies = new JsonArray();
        for (var number = 0; number < requests.Count; number++)
        {
            if (requests[number] is not JsonObject request || request.Count == 0)
                return (null, GoogleAnswer.Invalid($"Invalid requests[{number}]: No request set."));
            if (request.Count > 1)
                return (null, GoogleAnswer.Invalid($"Invalid value at 'requests[{number}]' (oneof), oneof field 'request' is already set. Cannot set '{request.Last().Key}'"));
            var (name, value) = request.First();
            if (TabRequests.Contains(name))
                return (null, GoogleAnswer.Invalid($"Invalid requests[{number}].{name}: This sandbox keeps one tab per document."));
            if (!Known.TryGetValue(name, out var known))
                return (null, Unknown(name, $"requests[{number}]"));
            var body = value as JsonObject ?? [];
            if (body.Select(member => member.Key).FirstOrDefault(member => !known.Members.Contains(member)) is { } stray)
                return (null, Unknown(stray, $"requests[{number}].{Snake(name)}"));
            var outcome = known.Apply(edit, body);
            if (outcome.Refusal is { } refusal)
                return (null, GoogleAnswer.Invalid($"Invalid requests[{number}].{name}: {refusal}"));
            replies.Add(outcome.Reply ?? []);
        }

        return (replies, null);
    }

    private static GoogleAnswer Unknown(string name, string at)
    {
        var message = $"Invalid JSON payload received. Unknown name \"{name}\" at '{at}': Cannot find field.";
        return GoogleAnswer.Error(400, message, "invalid", "INVALID_ARGUMENT", null, new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
            ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = at, ["description"] = message }),
        });
    }

    private static string Snake(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}
