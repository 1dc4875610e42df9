namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>Who calls.</summary>
/// <param name="Org">Id of the organisation.</param>
/// <param name="UserId">Id of the person.</param>
internal sealed record SalesforceActor(string Org, string UserId);
