using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>One complaint in Salesforce's shape.</summary>
/// <param name="Code">Such as REQUIRED_FIELD_MISSING.</param>
/// <param name="Message">In words.</param>
/// <param name="Fields">What it is about.</param>
internal sealed record SalesforceError(string Code, string Message, params IReadOnlyList<string> Fields)
{
    public static SalesforceError NotFound { get; } = new("NOT_FOUND", "The requested resource does not exist");

    public static SalesforceError Deleted { get; } = new("ENTITY_IS_DELETED", "entity is deleted");

    public static SalesforceError BadJson(string message) => new("JSON_PARSER_ERROR", message);

    public int Status => Code switch
    {
        "NOT_FOUND" or "ENTITY_IS_DELETED" => StatusCodes.Status404NotFound,
        "INVALID_SESSION_ID" => StatusCodes.Status401Unauthorized,
        "REQUEST_LIMIT_EXCEEDED" or "INSUFFICIENT_ACCESS" => StatusCodes.Status403Forbidden,
        "METHOD_NOT_ALLOWED" => StatusCodes.Status405MethodNotAllowed,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>As an answer of its own lists it.</summary>
    public JsonObject ToJson()
    {
        var error = new JsonObject { ["message"] = Message, ["errorCode"] = Code };
        if (Fields.Count > 0)
            error["fields"] = Json.Array(Fields);
        return error;
    }

    /// <summary>As the result of one record among many says it: with statusCode, and always with fields.</summary>
    public JsonObject ToRowJson() => new() { ["statusCode"] = Code, ["message"] = Message, ["fields"] = Json.Array(Fields) };
}

/// <summary>Ends the work on a call with a refusal.</summary>
/// <remarks>
/// An exception although it is expected: queries are read by recursive descent, and a composite call must undo what its
/// part began. It never leaves <see cref="Api.SalesforceApi"/>.
/// </remarks>
internal sealed class SalesforceRefusal(SalesforceError error) : Exception(error.Message)
{
    public SalesforceRefusal(string code, string message, params IReadOnlyList<string> fields)
        : this(new SalesforceError(code, message, fields))
    {
    }

    public SalesforceError Error { get; } = error;
}
