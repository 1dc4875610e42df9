using System.Net;
using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>The form of a consent page, read and posted the way a browser without script would.</summary>
internal sealed partial class ConsentForm
{
    private ConsentForm(string page) => Page = page;

    public string Page { get; }

    public string Action => Attribute(FormTag().Match(Page).Value, "action");

    public IReadOnlyList<string> Accounts => Inputs("account");

    /// <summary>Scopes that can be unticked.</summary>
    public IReadOnlyList<string> TickableScopes => Inputs("scope");

    /// <summary>What can be picked besides the account.</summary>
    public IReadOnlyList<string> Choices => Inputs("choice");

    /// <summary>Which of them are posted; null posts the page as it is without its list.</summary>
    public IReadOnlyList<string>? Picked { get; set; }

    public static async Task<ConsentForm> OpenAsync(HttpClient http, string address)
    {
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, page);
        return new ConsentForm(page);
    }

    public Task<HttpResponseMessage> AllowAsync(HttpClient http, string accountPart = "", params string[] untick) =>
        PostAsync(http, "allow", accountPart, untick);

    public Task<HttpResponseMessage> PostAsync(HttpClient http, string decision, string accountPart = "", params string[] untick)
    {
        var account = AccountBlock().Matches(Page).Select(match => match.Value).First(block => block.Contains(accountPart, StringComparison.Ordinal));
        var fields = new List<KeyValuePair<string, string>>
        {
            new("request", Inputs("request").Single()),
            new("account", Attribute(InputTag().Match(account).Value, "value")),
            new("decision", decision),
        };
        fields.AddRange(TickableScopes.Except(untick).Select(scope => KeyValuePair.Create("scope", scope)));
        if (Picked is not null)
            fields.AddRange(Picked.Select(choice => KeyValuePair.Create("choice", choice)).Append(new("choosing", "1")));
        return http.PostAsync(new Uri(Action, UriKind.Relative), new FormUrlEncodedContent(fields));
    }

    private List<string> Inputs(string name) =>
        [.. InputTag().Matches(Page).Select(match => match.Value).Where(tag => Attribute(tag, "name") == name).Select(tag => Attribute(tag, "value"))];

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form[^>]*>")]
    private static partial Regex FormTag();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex InputTag();

    [GeneratedRegex("<label class=\"account\">.*?</label>", RegexOptions.Singleline)]
    private static partial Regex AccountBlock();
}
