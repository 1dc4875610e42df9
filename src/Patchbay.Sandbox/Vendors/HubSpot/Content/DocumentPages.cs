using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Content;

/// <summary>Lists of documents, a page at a time.</summary>
internal static class DocumentPages
{
    public static HubSpotAnswer Of(HubSpotCall call, IEnumerable<HubDocument> documents, Func<HubDocument, JsonNode> shape, int usual = 20, bool total = false)
    {
        var limit = call.Limit(usual, 100);
        var all = documents.ToList();
        var rest = all.SkipWhile(document => call.Query("after") is { } after && document.Id != after).ToList();
        var body = new JsonObject();
        if (total)
            body["total"] = all.Count;
        body["results"] = new JsonArray([.. rest.Take(limit).Select(shape)]);
        if (rest.Count > limit)
            body["paging"] = RecordShapes.Next(call, rest[limit].Id);
        return HubSpotAnswer.Ok(body);
    }

    /// <summary>Id and dates before and after the members that are kept.</summary>
    public static JsonObject Shape(HubDocument document, string created = "createdAt", string updated = "updatedAt")
    {
        var body = new JsonObject { ["id"] = document.Id, [created] = HubTime.Text(document.CreatedAt), [updated] = HubTime.Text(document.UpdatedAt), ["archived"] = false };
        foreach (var (name, value) in document.Body)
            body[name] = value?.DeepClone();
        return body;
    }
}
