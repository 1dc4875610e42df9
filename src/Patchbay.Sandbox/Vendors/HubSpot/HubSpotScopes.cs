using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.HubSpot;

internal sealed record HubSpotScope(string Name, string Sentence, ScopeClass Class);

/// <summary>The scopes this look-alike knows. Anything else stops at the consent page.</summary>
internal static class HubSpotScopes
{
    public const string Base = "oauth";

    private static readonly Dictionary<string, HubSpotScope> Known = new HubSpotScope[]
    {
        new(Base, "Know which account and which user it is", ScopeClass.Identity),
        new("crm.objects.contacts.read", "See contacts, and notes and tasks", ScopeClass.Read),
        new("crm.objects.contacts.write", "Create, change and delete contacts, notes and tasks", ScopeClass.Write),
        new("crm.objects.companies.read", "See companies", ScopeClass.Read),
        new("crm.objects.companies.write", "Create, change and delete companies", ScopeClass.Write),
        new("crm.objects.deals.read", "See deals and their pipelines", ScopeClass.Read),
        new("crm.objects.deals.write", "Create, change and delete deals", ScopeClass.Write),
        new("crm.objects.owners.read", "See the people who own records", ScopeClass.Read),
        new("crm.objects.quotes.read", "See quotes", ScopeClass.Read),
        new("crm.objects.quotes.write", "Create, change and delete quotes", ScopeClass.Write),
        new("crm.objects.tickets.read", "See tickets", ScopeClass.Read),
        new("crm.objects.tickets.write", "Create, change and delete tickets", ScopeClass.Write),
        new("crm.objects.products.read", "See products", ScopeClass.Read),
        new("crm.objects.products.write", "Create, change and delete products", ScopeClass.Write),
        new("crm.objects.line_items.read", "See line items", ScopeClass.Read),
        new("crm.objects.line_items.write", "Create, change and delete line items", ScopeClass.Write),
        new("crm.lists.read", "See lists and who is on them", ScopeClass.Read),
        new("crm.lists.write", "Make lists and change who is on them", ScopeClass.Write),
        new("crm.schemas.contacts.read", "See which properties contacts have", ScopeClass.Read),
        new("crm.schemas.contacts.write", "Make and change properties of contacts", ScopeClass.Broad),
        new("crm.schemas.companies.read", "See which properties companies have", ScopeClass.Read),
        new("crm.schemas.companies.write", "Make and change properties of companies", ScopeClass.Broad),
        new("crm.schemas.deals.read", "See deal properties and pipelines", ScopeClass.Read),
        new("crm.schemas.deals.write", "Make and change deal properties and pipelines", ScopeClass.Broad),
        new("tickets", "See and change tickets and their pipelines", ScopeClass.Write),
        new("e-commerce", "See and change products and line items", ScopeClass.Write),
        new("automation", "See workflows and enrol records in them", ScopeClass.Broad),
        new("forms", "See and change forms and what was sent through them", ScopeClass.Write),
        new("files", "See, upload and delete files", ScopeClass.Write),
        new("content", "Change pages, blog posts and other content", ScopeClass.Broad),
        new("social", "See and publish social posts", ScopeClass.Write),
        new("analytics.read", "See traffic and other reports", ScopeClass.Read),
        new("business-intelligence", "See traffic and other reports", ScopeClass.Read),
    }.ToDictionary(scope => scope.Name);

    public static HubSpotScope? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Separated by spaces; a plus sign is one in some hand-written addresses.</summary>
    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split([' ', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
}
