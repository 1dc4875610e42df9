using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Salesforce.Api;

/// <summary>An answer of the REST API.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Null sends none (204).</param>
internal sealed record SalesforceAnswer(int Status, JsonNode? Body)
{
    /// <summary>Instead of JSON.</summary>
    public string? Csv { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public bool Failed => Status >= StatusCodes.Status400BadRequest;

    public static SalesforceAnswer NoContent { get; } = new(StatusCodes.Status204NoContent, null);

    public static SalesforceAnswer Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    public static SalesforceAnswer Error(SalesforceError error) => new(error.Status, new JsonArray(error.ToJson()));

    public async Task WriteAsync(HttpContext context)
    {
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;
        if (Csv is not null)
        {
            context.Response.StatusCode = Status;
            context.Response.ContentType = "text/csv; charset=utf-8";
            await context.Response.WriteAsync(Csv, Encoding.UTF8, context.RequestAborted);
        }
        else if (Body is null)
        {
            context.Response.StatusCode = Status;
        }
        else
        {
            await Json.WriteAsync(context, Status, Body);
        }
    }
}
