using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery;

/// <summary>Refusals in BigQuery's words; thrown, since the query engine throws them too.</summary>
internal static class BigQueryErrors
{
    public static GoogleAnswer Answer(SqlError error)
    {
        var (code, status) = error.Reason switch
        {
            "notFound" => (404, "NOT_FOUND"),
            "duplicate" => (409, "ALREADY_EXISTS"),
            "accessDenied" or "responseTooLarge" or "quotaExceeded" => (403, "PERMISSION_DENIED"),
            "conditionNotMet" => (412, "FAILED_PRECONDITION"),
            "resourceInUse" => (400, "FAILED_PRECONDITION"),
            _ => (400, "INVALID_ARGUMENT"),
        };
        var place = error.Reason is "invalidQuery" ? new JsonObject { ["location"] = "q", ["locationType"] = "parameter" } : null;
        return GoogleAnswer.Error(code, error.Message, error.Reason, status, place);
    }

    /// <summary>As a job shows it.</summary>
    public static JsonObject Proto(string reason, string message)
    {
        var proto = new JsonObject { ["reason"] = reason, ["message"] = message };
        if (reason == "invalidQuery")
            proto["location"] = "query";
        return proto;
    }

    public static SqlError Invalid(string message) => new(message, "invalid");

    public static SqlError Required(string what) => new($"Required parameter is missing: {what}", "required");

    public static SqlError NotFound(string what) => new($"Not found: {what}", "notFound");

    public static SqlError Exists(string what) => new($"Already Exists: {what}", "duplicate");

    public static SqlError Denied(string what) => new($"Access Denied: {what}", "accessDenied");
}
