using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>A method's answer: always HTTP 200, with <c>ok</c> and either the members or an <c>error</c>.</summary>
internal sealed class SlackAnswer
{
    private SlackAnswer(JsonObject body) => Body = body;

    public JsonObject Body { get; }

    public static SlackAnswer Ok(params ReadOnlySpan<(string Name, JsonNode? Value)> members) => Of(true, members);

    public static SlackAnswer Fail(string error, params ReadOnlySpan<(string Name, JsonNode? Value)> members) => Of(false, [("error", error), .. members]);

    private static SlackAnswer Of(bool ok, ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var body = new JsonObject { ["ok"] = ok };
        foreach (var (name, value) in members)
        {
            if (value is not null)
                body[name] = value;
        }

        return new SlackAnswer(body);
    }
}
