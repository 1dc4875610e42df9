using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Meet links: made when a client asks for one with <c>conferenceDataVersion=1</c>.</summary>
internal static class Conference
{
    /// <summary>Carries over what the event had, takes or makes what was sent. Without version 1 the client's word does not count.</summary>
    public static void Apply(JsonObject body, JsonObject? had, JsonObject sent, CalendarCall call)
    {
        var version = call.Query("conferenceDataVersion");
        if (version is not ("" or "0" or "1"))
            throw CalendarErrors.Of(400, "invalidParameter", "Invalid value for conferenceDataVersion.", at: ("conferenceDataVersion", "parameter")).Refuse();
        body.Remove("conferenceData");
        body.Remove("hangoutLink");
        if (version != "1" || !sent.ContainsKey("conferenceData"))
        {
            Keep(body, had);
            return;
        }

        if (sent["conferenceData"] is not JsonObject data)
            return; // null takes it away
        if (data["createRequest"] is not JsonObject request)
        {
            body["conferenceData"] = data.DeepClone();
            Link(body);
            return;
        }

        if (request.Text("requestId") is not { Length: > 0 } requestId)
            throw CalendarErrors.Required("Missing conference request ID.").Refuse();
        if ((had?["conferenceData"]?["createRequest"]).Text("requestId") == requestId)
        {
            Keep(body, had); // the same request twice makes one conference
            return;
        }

        var type = request["conferenceSolutionKey"].Text("type") ?? "hangoutsMeet";
        if (type is not ("hangoutsMeet" or "eventHangout" or "eventNamedHangout"))
            throw CalendarErrors.Invalid("Invalid conference type value.").Refuse();
        var id = MeetingCode();
        body["conferenceData"] = new JsonObject
        {
            ["createRequest"] = new JsonObject
            {
                ["requestId"] = requestId,
                ["conferenceSolutionKey"] = new JsonObject { ["type"] = type },
                ["status"] = new JsonObject { ["statusCode"] = "success" },
            },
            ["entryPoints"] = new JsonArray(new JsonObject { ["entryPointType"] = "video", ["uri"] = "https://meet.google.com/" + id, ["label"] = "meet.google.com/" + id }),
            ["conferenceSolution"] = new JsonObject { ["key"] = new JsonObject { ["type"] = type }, ["name"] = "Google Meet" },
            ["conferenceId"] = id,
        };
        Link(body);
    }

    private static void Keep(JsonObject body, JsonObject? had)
    {
        if (had?["conferenceData"] is not { } old)
            return;
        body["conferenceData"] = old.DeepClone();
        Link(body);
    }

    private static void Link(JsonObject body)
    {
        var video = (body["conferenceData"]?["entryPoints"] as JsonArray)?.FirstOrDefault(entry => entry.Text("entryPointType") == "video").Text("uri");
        if (video is not null)
            body["hangoutLink"] = video;
    }

    private static string MeetingCode()
    {
        var letters = System.Security.Cryptography.RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz", 10);
        return $"{letters[..3]}-{letters[3..7]}-{letters[7..]}";
    }
}
