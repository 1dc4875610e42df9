using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>The account itself and the people who own records.</summary>
internal sealed class AccountMethods(CrmWorld world) : IHubSpotMethods
{
    private static readonly string[] Owners = ["crm.objects.owners.read"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", "/account-info/v3/details", [HubSpotScopes.Base], Details),
        new("GET", "/crm/v3/owners", Owners, List),
        new("GET", "/crm/v3/owners/{id}", Owners, Get),
    ];

    private HubSpotAnswer Details(HubSpotCall call)
    {
        var offset = TimeZoneInfo.FindSystemTimeZoneById(call.Portal.TimeZone).GetUtcOffset(world.Now);
        return HubSpotAnswer.Ok(new JsonObject
        {
            ["portalId"] = long.Parse(call.Portal.Id, CultureInfo.InvariantCulture),
            ["accountType"] = "STANDARD",
            ["timeZone"] = call.Portal.TimeZone,
            ["companyCurrency"] = call.Portal.Currency,
            ["additionalCurrencies"] = new JsonArray(),
            ["utcOffset"] = (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
            ["utcOffsetMilliseconds"] = (long)offset.TotalMilliseconds,
            ["uiDomain"] = "app.hubspot.com",
            ["dataHostingLocation"] = "na1",
        });
    }

    private HubSpotAnswer List(HubSpotCall call)
    {
        var limit = call.Limit(100, 500);
        var all = call.QueryFlag("archived") ? [] : world.Users(call.Portal.Id)
            .Where(user => call.Query("email") is not { } email || string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase))
            .SkipWhile(user => call.Query("after") is { } after && user.OwnerId != after).ToList();
        var body = new JsonObject { ["results"] = new JsonArray([.. all.Take(limit).Select(user => (JsonNode)Shape(user))]) };
        if (all.Count > limit)
            body["paging"] = RecordShapes.Next(call, all[limit].OwnerId);
        return HubSpotAnswer.Ok(body);
    }

    private HubSpotAnswer Get(HubSpotCall call)
    {
        var byUser = string.Equals(call.Query("idProperty"), "userId", StringComparison.OrdinalIgnoreCase);
        return world.Users(call.Portal.Id).FirstOrDefault(user => (byUser ? user.Id : user.OwnerId) == call.Route("id")) is { } user ? HubSpotAnswer.Ok(Shape(user)) : HubSpotAnswer.NotFound();
    }

    private static JsonObject Shape(HubUser user) => new()
    {
        ["id"] = user.OwnerId,
        ["email"] = user.Email,
        ["type"] = "PERSON",
        ["firstName"] = user.FirstName,
        ["lastName"] = user.LastName,
        ["userId"] = long.Parse(user.Id, CultureInfo.InvariantCulture),
        ["userIdIncludingInactive"] = long.Parse(user.Id, CultureInfo.InvariantCulture),
        ["createdAt"] = HubTime.Text(user.CreatedAt),
        ["updatedAt"] = HubTime.Text(user.CreatedAt),
        ["archived"] = false,
    };
}
