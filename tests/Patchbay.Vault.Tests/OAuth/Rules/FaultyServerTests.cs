using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.OAuth.Rules;

/// <summary>Authorization servers that misbehave below HTTP's surface (O9).</summary>
public sealed class FaultyServerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private TestVault _vault = null!;

    public async Task InitializeAsync() => _vault = await TestVault.StartAsync(_time);

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    [Theory]
    [InlineData("slow")]
    [InlineData("cut")]
    [InlineData("elsewhere")]
    public async Task A_reply_that_is_slow_cut_or_somewhere_else_connects_nothing(string fault)
    {
        using var never = new CancellationTokenSource();
        _vault.Vendor.Answer = async (_, http) =>
        {
            switch (fault)
            {
                case "slow":
                    _time.Advance(TokenEndpoint.Timeout + TimeSpan.FromSeconds(1));
                    await Task.Delay(Timeout.InfiniteTimeSpan, CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, never.Token).Token).ContinueWith(_ => { }, TaskScheduler.Default);
                    break;
                case "cut":
                    http.Response.ContentLength = 500;
                    await http.Response.WriteAsync("""{"ok":true,"access_token":"sbxt_half""");
                    await http.Response.Body.FlushAsync();
                    http.Abort();
                    break;
                default:
                    http.Response.Redirect("/elsewhere.example/token", permanent: false, preserveMethod: true);
                    break;
            }
        };
        var start = await _vault.Connections.BeginAsync(new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = "slack", Scopes = ["chat:write"] }, CancellationToken.None);
        var state = System.Web.HttpUtility.ParseQueryString(start.AuthorizeUrl.Query)["state"]!;

        var outcome = await _vault.Connections.CompleteAsync(new CallbackParameters("slack", [new("state", state), new("code", "sbxc_1")]), start.BrowserBinding, "t1", CancellationToken.None);
        await never.CancelAsync();

        outcome.Failure.ShouldBe(ConnectFailure.VendorUnavailable);
        _vault.Vendor.Calls.ShouldHaveSingleItem().Host.ShouldBe("slack.com");
        (await _vault.Connections.ListAsync(TestVault.App, CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("public")]
    public void A_key_that_cannot_sign_is_told_apart(string text)
    {
        using var ec = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var rsa = System.Security.Cryptography.RSA.Create(2048);

        ClientAssertion.IsKey(new SecretText(text == "public" ? ec.ExportSubjectPublicKeyInfoPem() : text)).ShouldBeFalse();

        foreach (var pem in new[] { ec.ExportECPrivateKeyPem(), ec.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem() })
            ClientAssertion.IsKey(new SecretText(pem)).ShouldBeTrue();
    }
}
