using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>A method's arguments, however they came: query, form (nested values as JSON text) or JSON body.</summary>
internal sealed class SlackArguments
{
    private readonly IQueryCollection query;
    private readonly IFormCollection form;
    private readonly JsonObject? body;

    private SlackArguments(IQueryCollection query, IFormCollection form, JsonObject? body) =>
        (this.query, this.form, this.body) = (query, form, body);

    /// <summary>Null when the body claims to be JSON and is not an object.</summary>
    public static async Task<SlackArguments?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return new SlackArguments(context.Request.Query, await Forms.ReadAsync(context), null);
        return await Json.ReadObjectAsync(context) is { } body ? new SlackArguments(context.Request.Query, FormCollection.Empty, body) : null;
    }

    public IFormCollection Form => form;

    /// <summary>A text, number or flag as text; null when absent or empty.</summary>
    public string? Text(string name)
    {
        if (body is not null && Member(name) is JsonValue value)
            return value.TryGetValue<string>(out var text) ? NullIfEmpty(text) : value.ToJsonString();
        return NullIfEmpty(form[name].ToString()) ?? NullIfEmpty(query[name].ToString());
    }

    public bool Flag(string name) => Text(name) is "true" or "1";

    /// <summary>A whole number within bounds; the default when absent or not a number.</summary>
    public int Number(string name, int fallback, int most) =>
        int.TryParse(Text(name), out var number) && number > 0 ? Math.Min(number, most) : fallback;

    /// <summary>A nested value; null when absent or not JSON.</summary>
    public JsonNode? Nested(string name) =>
        body is not null && Member(name) is { } node and not JsonValue ? node.DeepClone() : Text(name) is { } text ? Json.TryParse(text) : null;

    private JsonNode? Member(string name)
    {
        try
        {
            return body![name];
        }
        catch (ArgumentException)
        {
            return null; // a key stands twice in the object
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
