using System.Web;
using Patchbay.Catalog;
using Patchbay.Vault.OAuth;

namespace Patchbay.Vault.Tests.OAuth.Rules;

/// <summary>The rules that every connector of the catalog keeps (O1, O2).</summary>
public sealed class CatalogRulesTests
{
    /// <summary>Vendors that have no PKCE for confidential clients; each says why in its README.</summary>
    private static readonly string[] WithoutPkce = ["atlassian", "box", "linkedin", "notion", "typeform"];

    private static readonly ConnectorCatalog Catalog = CatalogLoader.Load(Path.Combine(RulesTableTests.FindTests(), "..", "connectors")).Catalog!;

    private static IEnumerable<Connector> SigningIn => Catalog.Connectors.Where(c => c.UsesOAuth);

    [Fact]
    public void Every_connector_asks_for_a_code_and_nothing_else()
    {
        foreach (var connector in SigningIn)
        {
            var query = Query(connector, "verifier");
            query["response_type"].ShouldBe("code", connector.Id);
            query["state"].ShouldBe("state", connector.Id);
            query["redirect_uri"].ShouldBe("https://patchbay.example/oauth/callback/x", connector.Id);
            query[connector.OAuth.ClientIdParameter].ShouldBe("client", connector.Id);
            new Uri(connector.OAuth.AuthorizeUrl).Scheme.ShouldBe("https", connector.Id);
            new Uri(connector.OAuth.TokenUrl).Scheme.ShouldBe("https", connector.Id);
        }
    }

    [Fact]
    public void Every_connector_sends_a_challenge_but_those_whose_vendor_has_none()
    {
        SigningIn.Where(c => !c.OAuth.Pkce).Select(c => c.Vendor).Distinct().ShouldBe(WithoutPkce, ignoreOrder: true);
        var verifiers = Enumerable.Range(0, 100).Select(_ => Nonce.New()).ToList();
        verifiers.Distinct().Count().ShouldBe(100);
        verifiers.ShouldAllBe(v => v.Length >= 43);
        foreach (var connector in SigningIn.Where(c => c.OAuth.Pkce))
        {
            var query = Query(connector, verifiers[0]);
            query["code_challenge_method"].ShouldBe("S256", connector.Id);
            query["code_challenge"].ShouldBe(Nonce.Challenge(verifiers[0], connector.OAuth.ChallengeEncoding), connector.Id);
        }
    }

    private static System.Collections.Specialized.NameValueCollection Query(Connector connector, string verifier) =>
        HttpUtility.ParseQueryString(AuthorizeUrl.Build(connector.OAuth, "client", "https://patchbay.example/oauth/callback/x", ["a"], "state", connector.OAuth.Pkce ? verifier : null, switchAccount: true).Query);
}
