using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>/_sandbox/hubspot/records: what is in the CRM, for tests of the whole product.</summary>
internal sealed class HubSpotControl(CrmWorld world, CrmRecords records)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/_sandbox/hubspot/records", (RequestDelegate)RecordsAsync);

    /// <summary>?type= &amp; portal= → [{id, portal, properties, createdAt, updatedAt}], oldest first; without a portal those of every one; 404 for an unknown type.</summary>
    private async Task RecordsAsync(HttpContext context)
    {
        var portal = context.Request.Query["portal"].ToString();
        if (ObjectTypes.Find(context.Request.Query["type"]) is not { } type)
        {
            await ControlApi.RefuseAsync(context, StatusCodes.Status404NotFound, $"type must be one of: {string.Join(", ", ObjectTypes.All.Select(known => known.Name))}.");
            return;
        }

        var found = world.Portals().Where(candidate => portal.Length == 0 || candidate.Id == portal).SelectMany(candidate => records.List(candidate.Id, type));
        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. found.Select(record => (JsonNode)new JsonObject
        {
            ["id"] = record.Id,
            ["portal"] = record.Portal,
            ["properties"] = new JsonObject(record.Properties.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["createdAt"] = HubTime.Text(record.CreatedAt),
            ["updatedAt"] = HubTime.Text(record.UpdatedAt),
        })]));
    }
}
