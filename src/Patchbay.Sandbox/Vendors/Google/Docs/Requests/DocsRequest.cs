using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Requests;

/// <param name="Name">As in a batch: insertText.</param>
/// <param name="Members">What it may carry; anything else is an unknown name.</param>
/// <param name="Apply">Changes the document.</param>
internal sealed record DocsRequest(string Name, string[] Members, Func<DocsEdit, JsonObject, DocsOutcome> Apply);

/// <summary>A family of requests of a batch.</summary>
internal interface IDocsRequests
{
    IEnumerable<DocsRequest> Requests { get; }
}

/// <summary>The reply of one request, or why it is refused.</summary>
internal readonly record struct DocsOutcome(JsonObject? Reply, string? Refusal)
{
    public static DocsOutcome Done { get; }

    public static DocsOutcome With(JsonObject reply) => new(reply, null);

    public static DocsOutcome No(string refusal) => new(null, refusal);
}
