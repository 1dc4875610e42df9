using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>Drive's refusals. It keeps the older shape of Google's errors: reasons with a location, no status.</summary>
internal static class DriveErrors
{
    public static GoogleAnswer FileNotFound(string id) => Of(404, $"File not found: {id}.", "notFound", "fileId");

    public static GoogleAnswer NoPermission { get; } = Of(403, "The user does not have sufficient permissions for this file.", "insufficientFilePermissions");

    public static GoogleAnswer NoParentPermission { get; } = Of(403, "Insufficient permissions for the specified parent.", "insufficientParentPermissions");

    public static GoogleAnswer Invalid(string location, string message = "Invalid Value") => Of(400, message, "invalid", location);

    public static GoogleAnswer Required(string location, string message) => Of(400, message, "required", location);

    public static GoogleAnswer NotWritable(string message = "The resource body includes fields which are not directly writable.") => Of(403, message, "fieldNotWritable");

    public static GoogleAnswer ParseError { get; } = Of(400, "Parse Error", "parseError");

    public static GoogleAnswer Of(int code, string message, string reason, string? location = null)
    {
        var first = new JsonObject { ["message"] = message, ["domain"] = "global", ["reason"] = reason };
        if (location is not null)
            (first["location"], first["locationType"]) = (location, "parameter");
        return new GoogleAnswer(code, new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["errors"] = new JsonArray(first) },
        });
    }
}
