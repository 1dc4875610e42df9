using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>LinkedIn's no. An exception for the same reason as Notion's: it arises deep in a body and undoes the transaction.</summary>
internal sealed class LinkedInRefusal(int status, string? code, string message, int? serviceCode = null) : Exception(message)
{
    public int Status { get; } = status;

    public JsonObject? More { get; init; }

    public JsonObject Body
    {
        get
        {
            var body = new JsonObject { ["status"] = Status };
            if (serviceCode is not null)
                body["serviceErrorCode"] = serviceCode;
            if (code is not null)
                body["code"] = code;
            body["message"] = Message;
            foreach (var (name, value) in More ?? [])
                body[name] = value?.DeepClone();
            return body;
        }
    }

    public static LinkedInRefusal Forbidden(string what) => new(403, "ACCESS_DENIED", $"Not enough permissions to access: {what}", 100);

    /// <summary>The token may do it, but not for that author.</summary>
    public static LinkedInRefusal NotYours(string field) => new(403, "ACCESS_DENIED", $"Data Processing Exception while processing fields [{field}]", 100);

    public static LinkedInRefusal Missing(string path) => Shape($"{path} :: field is required but not found and has no default value");

    public static LinkedInRefusal Wrong(string path, string problem) => Shape($"{path} :: {problem}");

    public static LinkedInRefusal BadQuery(string problem) => new(400, "ILLEGAL_ARGUMENT", problem);

    public static LinkedInRefusal NotFound(string what) => new(404, "NOT_FOUND", what, 100);

    private static LinkedInRefusal Shape(string problem) => new(422, null, $"ERROR :: {problem}\n")
    {
        More = new JsonObject { ["errorDetailType"] = "com.linkedin.common.error.BadRequest" },
    };
}
