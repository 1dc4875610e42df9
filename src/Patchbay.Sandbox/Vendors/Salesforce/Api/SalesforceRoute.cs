namespace Patchbay.Sandbox.Vendors.Salesforce.Api;

/// <summary>One resource of the REST API with one method.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">Below the version: <c>sobjects/{type}/{id}</c>.</param>
/// <param name="Run">Does it; a <see cref="SalesforceRefusal"/> says no.</param>
/// <param name="Scope">What the token must hold.</param>
internal sealed record SalesforceRoute(string Method, string Template, Func<SalesforceCall, SalesforceAnswer> Run, string Scope = SalesforceScopes.Api)
{
    private readonly string[] parts = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The more of it is literal, the earlier it is tried.</summary>
    public int Placeholders => parts.Count(part => part[0] == '{');

    /// <summary>Values of the placeholders; null when the path is another.</summary>
    public Dictionary<string, string>? Match(IReadOnlyList<string> segments)
    {
        if (segments.Count != parts.Length)
            return null;
        var values = new Dictionary<string, string>();
        for (var index = 0; index < parts.Length; index++)
        {
            if (parts[index][0] == '{')
                values[parts[index][1..^1]] = segments[index];
            else if (!parts[index].Equals(segments[index], StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return values;
    }
}

/// <summary>A family of resources, found by <see cref="SalesforceVendor"/>.</summary>
internal interface ISalesforceMethods
{
    IEnumerable<SalesforceRoute> Routes { get; }
}
