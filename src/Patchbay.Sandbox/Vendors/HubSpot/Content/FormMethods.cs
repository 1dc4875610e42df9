using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Content;

/// <summary>/marketing/v3/forms, and what people send through them.</summary>
internal sealed class FormMethods(HubContent content, CrmWorld world, CrmRecords records, HubSpotApi api) : IHubSpotMethods
{
    public const string SubmitHost = "api.hsforms.com";
    public const string SubmitPath = "/submissions/v3/integration/submit/{portal}/{form}";
    private const string Many = "/marketing/v3/forms";
    private const string One = Many + "/{id}";
    private static readonly string[] Scope = ["forms"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", Many, Scope, List),
        new("POST", Many, Scope, Create),
        new("GET", One, Scope, call => HubSpotAnswer.Ok(DocumentPages.Shape(Form(call)))),
        new("PATCH", One, Scope, call => HubSpotAnswer.Ok(DocumentPages.Shape(content.Change(HubContent.Forms, Form(call), call.Object)))),
        new("DELETE", One, Scope, Delete),
        new("GET", "/form-integrations/v1/submissions/forms/{id}", Scope, Submissions),
    ];

    private HubSpotAnswer List(HubSpotCall call)
    {
        var kinds = call.QueryList("formTypes");
        return DocumentPages.Of(call, call.QueryFlag("archived") ? [] : content.All(HubContent.Forms, call.Portal.Id)
            .Where(form => kinds.Count == 0 || kinds.Contains("all") || kinds.Contains(form.Body.Text("formType") ?? "")), form => DocumentPages.Shape(form));
    }

    private HubSpotAnswer Create(HubSpotCall call)
    {
        if (call.Object.Text("name") is not { Length: > 0 } name)
            return HubSpotAnswer.Invalid("Some required fields were not set: [name]");
        var body = Blank(name, []);
        foreach (var (member, value) in call.Object.Where(member => member.Key is not ("id" or "createdAt" or "updatedAt" or "archived")))
            body[member] = value?.DeepClone();
        return HubSpotAnswer.Created(DocumentPages.Shape(content.Add(HubContent.Forms, call.Portal.Id, Guid.NewGuid().ToString(), body)));
    }

    private HubSpotAnswer Delete(HubSpotCall call)
    {
        content.Delete(HubContent.Forms, Form(call));
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Submissions(HubSpotCall call)
    {
        var (limit, all) = (call.Limit(20, 50), content.Submissions(call.Portal.Id, Form(call).Id));
        _ = int.TryParse(call.Query("after"), out var start);
        var body = new JsonObject
        {
            ["results"] = new JsonArray([.. all.Skip(Math.Max(start, 0)).Take(limit).Select(submission => (JsonNode)new JsonObject
            {
                ["submittedAt"] = submission.At.ToUnixTimeMilliseconds(),
                ["values"] = new JsonArray([.. submission.Values.Select(pair => (JsonNode)new JsonObject { ["name"] = pair.Key, ["value"] = pair.Value, ["objectTypeId"] = "0-1" })]),
                ["pageUrl"] = submission.PageUrl,
            })]),
        };
        if (start + limit < all.Count)
            body["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = $"{start + limit}" } };
        return HubSpotAnswer.Ok(body);
    }

    /// <summary>Anybody may send a form: no token. A contact with that address is changed or made.</summary>
    public async Task SubmitAsync(HttpContext context)
    {
        var (portal, form) = ((string?)context.Request.RouteValues["portal"] ?? "", (string?)context.Request.RouteValues["form"] ?? "");
        var body = await Json.ReadObjectAsync(context);
        var answer = body is null ? HubSpotAnswer.Invalid("The request body is not valid JSON") : api.Run(() => Submit(portal, form, body));
        await answer.WriteAsync(context);
    }

    private HubSpotAnswer Submit(string portal, string formId, JsonObject body)
    {
        if (content.Get(HubContent.Forms, portal, formId) is null)
            return HubSpotAnswer.NotFound("The form does not exist");
        if (body["fields"] is not JsonArray fields)
            return HubSpotAnswer.Invalid("The request is not valid: fields is missing");
        var values = new Dictionary<string, string>();
        foreach (var field in fields.OfType<JsonObject>())
            values[field.Text("name") ?? ""] = PropertyValues.Text(field["value"]) ?? "";
        content.Submit(new HubSubmission(portal, formId, world.Now, (body["context"] as JsonObject).Text("pageUri") ?? "", values));

        // Fields that are no contact properties stay with the submission.
        var sent = new JsonObject(values.Where(pair => world.Property(portal, ObjectTypes.Contacts, pair.Key) is { ReadOnly: false }).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        if (values.GetValueOrDefault("email") is { Length: > 0 } email)
        {
            if (records.Find(portal, ObjectTypes.Contacts, email, "email") is { } contact)
                records.Update(contact, sent, "FORM");
            else
                records.Create(portal, ObjectTypes.Contacts, sent, "FORM");
        }

        return HubSpotAnswer.Ok(new JsonObject { ["inlineMessage"] = "Thanks for submitting the form." });
    }

    /// <summary>A form with some text fields.</summary>
    public static JsonObject Blank(string name, IEnumerable<(string Name, string Label, bool Required)> fields) => new()
    {
        ["name"] = name,
        ["formType"] = "hubspot",
        ["fieldGroups"] = new JsonArray([.. fields.Select(field => (JsonNode)new JsonObject
        {
            ["groupType"] = "default_group",
            ["richTextType"] = "text",
            ["fields"] = new JsonArray(new JsonObject
            {
                ["objectTypeId"] = "0-1", ["name"] = field.Name, ["label"] = field.Label, ["required"] = field.Required, ["hidden"] = false, ["fieldType"] = field.Name == "email" ? "email" : "single_line_text",
            }),
        })]),
        ["configuration"] = new JsonObject { ["language"] = "en", ["cloneable"] = true, ["postSubmitAction"] = new JsonObject { ["type"] = "thank_you", ["value"] = "Thanks for submitting the form." }, ["editable"] = true, ["archivable"] = true, ["allowLinkToResetKnownValues"] = false },
        ["displayOptions"] = new JsonObject { ["renderRawHtml"] = false, ["theme"] = "default_style", ["submitButtonText"] = "Submit" },
        ["legalConsentOptions"] = new JsonObject { ["type"] = "none" },
    };

    private HubDocument Form(HubSpotCall call) => content.Get(HubContent.Forms, call.Portal.Id, call.Route("id")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());
}
