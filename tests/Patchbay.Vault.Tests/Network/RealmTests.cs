using FsCheck;
using FsCheck.Fluent;
using Patchbay.Vault.Network;
using Patchbay.Vault.Secrets;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.Network;

public sealed class RealmTests : IAsyncLifetime
{
    private TestVault _vault = null!;
    private FunctionProcess _fn = null!;

    public async Task InitializeAsync()
    {
        _vault = await TestVault.StartAsync();
        _fn = await _vault.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _fn.DisposeAsync();
        await _vault.DisposeAsync();
    }

    [Fact]
    public async Task Credentials_of_both_realms_mixed_on_one_tunnel_each_reach_their_own_vendor_only()
    {
        // Two connectors of one vendor, one in each realm, at the same host: only the credential tells them apart.
        await _vault.AddConnectionAsync("gmail", "live_MAIL", realm: Realm.Live);
        await _vault.AddConnectionAsync("googledrive", "sbxt_DRIVE");
        var (live, sandbox) = ((await _fn.PhantomAsync("gmail"))!, (await _fn.PhantomAsync("googledrive"))!);
        var orders = Gen.Elements(true, false).ArrayOf(12).Sample(8);
        foreach (var order in orders)
        {
            _vault.Vendor.Calls.Clear();
            var requests = string.Concat(order.Select((isLive, i) => FunctionProcess.Request($"GET /n/{i}", "www.googleapis.com", $"Authorization: Bearer {(isLive ? live : sandbox)}")
                .Replace("Connection: close\r\n", i == order.Length - 1 ? "Connection: close\r\n" : "", StringComparison.Ordinal)));
            var (_, inside) = await _fn.TunnelAsync("www.googleapis.com:443", requests);
            inside!.Split("HTTP/1.1 200").Length.ShouldBe(order.Length + 1);
            _vault.Vendor.Calls.Select(c => (c.Realm, c.Header("Authorization"))).ShouldBe(order.Select(isLive => isLive ? (Realm.Live, "Bearer live_MAIL") : (Realm.Sandbox, (string?)"Bearer sbxt_DRIVE")));
        }
    }

    [Fact]
    public void No_secret_passes_the_client_of_the_other_realm()
    {
        using var live = new LiveClient(new LiveNetwork { Dial = (_, _) => throw new InvalidOperationException("dialled") });
        using var sandbox = new SandboxClient(() => throw new InvalidOperationException("asked for its port"));
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, "https://slack.com/x");
            var marked = new SecretText("sbx" + text.Get);
            Should.Throw<RealmViolationException>(() => live.SendAsync(new VendorRequest(message, marked), CancellationToken.None));
            if (!text.Get.StartsWith("sbx", StringComparison.Ordinal))
                Should.Throw<RealmViolationException>(() => sandbox.SendAsync(new VendorRequest(message, marked, new SecretText(text.Get)), CancellationToken.None));
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("http://slack.com/x")]
    [InlineData("https://slack.com:8443/x")]
    [InlineData("https://user@slack.com/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://localhost/x")]
    [InlineData("https://[::1]/x")]
    public void The_live_client_speaks_https_to_host_names_only(string url)
    {
        using var live = new LiveClient(new LiveNetwork());
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        Should.Throw<AddressRefusedException>(() => live.SendAsync(new VendorRequest(message), CancellationToken.None));
    }

    [Fact]
    public void Without_a_sandbox_its_credentials_go_nowhere()
    {
        using var sandbox = new SandboxClient(() => null);
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://slack.com/x");
        Should.Throw<AddressRefusedException>(() => sandbox.SendAsync(new VendorRequest(message, new SecretText("sbxt")), CancellationToken.None));
    }
}
