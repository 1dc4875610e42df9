using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Content;

/// <summary>/automation: which workflows there are, and putting contacts into them. They do nothing here.</summary>
internal sealed class WorkflowMethods(HubContent content, CrmRecords records) : IHubSpotMethods
{
    private const string Enrolment = "/automation/v2/workflows/{id}/enrollments/contacts/{email}";
    private static readonly string[] Scope = ["automation"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", "/automation/v4/flows", Scope, call => DocumentPages.Of(call, content.All(HubContent.Workflows, call.Portal.Id), flow => Shape(flow, whole: false), usual: 100)),
        new("GET", "/automation/v4/flows/{id}", Scope, call => HubSpotAnswer.Ok(Shape(Flow(call), whole: true))),
        new("POST", Enrolment, Scope, call => Enrol(call, inside: true)),
        new("DELETE", Enrolment, Scope, call => Enrol(call, inside: false)),
    ];

    private HubSpotAnswer Enrol(HubSpotCall call, bool inside)
    {
        var flow = Flow(call);
        if (records.Find(call.Portal.Id, ObjectTypes.Contacts, call.Route("email"), "email") is not { } contact)
            return HubSpotAnswer.NotFound("No contact has that email address");
        var enrolled = flow.Body.Texts("enrolled").Where(id => id != contact.Id);
        content.Change(HubContent.Workflows, flow, new JsonObject { ["enrolled"] = Json.Array(inside ? enrolled.Append(contact.Id) : enrolled) });
        return HubSpotAnswer.NoContent;
    }

    private static JsonObject Shape(HubDocument flow, bool whole)
    {
        var body = DocumentPages.Shape(flow);
        body.Remove("archived");
        if (whole)
            body["actions"] = new JsonArray();
        body["contactCount"] = flow.Body.Texts("enrolled").Count;
        body.Remove("enrolled");
        return body;
    }

    private HubDocument Flow(HubSpotCall call) => content.Get(HubContent.Workflows, call.Portal.Id, call.Route("id")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());
}
