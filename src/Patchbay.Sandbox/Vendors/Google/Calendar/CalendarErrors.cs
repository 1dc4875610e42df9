using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Calendar's refusals: the older shape of Google's errors, without a "status".</summary>
internal static class CalendarErrors
{
    public static GoogleAnswer NotFound => Of(404, "notFound", "Not Found");

    public static GoogleAnswer BadRequest => Of(400, "badRequest", "Bad Request");

    public static GoogleAnswer Deleted => Of(410, "deleted", "Resource has been deleted");

    public static GoogleAnswer Duplicate => Of(409, "duplicate", "The requested identifier already exists.");

    public static GoogleAnswer EtagDiffers => Of(412, "conditionNotMet", "Precondition Failed", at: ("If-Match", "header"));

    public static GoogleAnswer FullSync => Of(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.", at: ("syncToken", "parameter"));

    public static GoogleAnswer EmptyRange => Of(400, "timeRangeEmpty", "The specified time range is empty.", "calendar", ("timeMax", "parameter"));

    public static GoogleAnswer Required(string what) => Of(400, "required", what);

    public static GoogleAnswer Invalid(string what) => Of(400, "invalid", what);

    public static GoogleAnswer NeedsRole(string role) => Of(403, "requiredAccessLevel", $"You need to have {role} access to this calendar.", "calendar");

    public static GoogleAnswer NotOrganizer => Of(403, "forbiddenForNonOrganizer", "Shared properties can only be changed by the organizer of the event.", "calendar");

    public static GoogleAnswer Of(int status, string reason, string message, string domain = "global", (string Name, string Type)? at = null)
    {
        var first = new JsonObject { ["domain"] = domain, ["reason"] = reason, ["message"] = message };
        if (at is { } place)
        {
            first["locationType"] = place.Type;
            first["location"] = place.Name;
        }

        return new GoogleAnswer(status, new JsonObject { ["error"] = new JsonObject { ["errors"] = new JsonArray(first), ["code"] = status, ["message"] = message } });
    }

    /// <summary>To be thrown.</summary>
    public static GoogleRefusalException Refuse(this GoogleAnswer answer) => new(answer);
}
