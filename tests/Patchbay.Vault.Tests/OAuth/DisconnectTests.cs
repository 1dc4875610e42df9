using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.OAuth;

public sealed class DisconnectTests : IAsyncLifetime
{
    private TestVault _vault = null!;

    public async Task InitializeAsync() => _vault = await TestVault.StartAsync();

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    private Task<DisconnectOutcome> DisconnectAsync(ConnectionRow row) => _vault.Connections.DisconnectAsync(row.App, row.Id, CancellationToken.None);

    [Fact]
    public async Task The_credential_is_destroyed_before_the_vendor_is_told_with_refresh_and_access_token()
    {
        var row = await _vault.AddConnectionAsync("gmail", "sbxt_a", refresh: "sbxr_a");
        var stored = new List<bool>();
        _vault.Vendor.Answer = (_, http) =>
        {
            stored.Add(_vault.Store.Row(row.Id).Credential is not null);
            return FakeVendor.Json(http, 200, "{}");
        };
        (await DisconnectAsync(row)).ShouldBe(DisconnectOutcome.Revoked);
        stored.ShouldBe([false, false]);
        _vault.Vendor.Calls.Select(c => (c.Target, c.Form["token"])).ShouldBe([("/revoke", "sbxr_a"), ("/revoke", "sbxt_a")]);
        (await DisconnectAsync(row)).ShouldBe(DisconnectOutcome.NothingToDo);
    }

    [Fact]
    public async Task A_vendor_that_takes_json_is_told_in_json()
    {
        var row = await _vault.AddConnectionAsync("notes", "sbxt_a");
        _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 200, "{}");
        (await DisconnectAsync(row)).ShouldBe(DisconnectOutcome.Revoked);
        var call = _vault.Vendor.Calls.ShouldHaveSingleItem();
        call.Body.ShouldBe("""{"token":"sbxt_a"}""");
        call.Header("Authorization").ShouldStartWith("Basic ");
    }

    [Fact]
    public async Task A_vendor_that_fails_changes_nothing_about_the_credential_being_gone()
    {
        var row = await _vault.AddConnectionAsync("slack", "sbxt_a");
        _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 200, """{"ok":false,"error":"fatal_error"}""");
        (await DisconnectAsync(row)).ShouldBe(DisconnectOutcome.ForgottenVendorFailed);
        _vault.Store.Row(row.Id).Credential.ShouldBeNull();
        _vault.Vendor.Calls.ShouldHaveSingleItem().Header("Authorization").ShouldBe("Bearer sbxt_a");
    }

    [Theory]
    [InlineData("acct", "acct", true)]
    [InlineData("acct", null, true)]
    [InlineData(null, "acct", true)]
    [InlineData("acct", "another", false)]
    public async Task A_grant_on_which_another_connection_rests_is_left_alone(string? mine, string? others, bool shared)
    {
        var row = await _vault.AddConnectionAsync("gmail", "sbxt_a", account: mine);
        await _vault.AddConnectionAsync("googledrive", "sbxt_b", app: new AppId("b00000000000000000000001"), account: others);
        (await DisconnectAsync(row)).ShouldBe(shared ? DisconnectOutcome.ForgottenSharedGrant : DisconnectOutcome.Revoked);
        _vault.Vendor.Calls.IsEmpty.ShouldBe(shared);
        _vault.Store.Row(row.Id).Credential.ShouldBeNull();
    }

    [Fact]
    public async Task The_last_connection_on_a_grant_revokes_it()
    {
        var first = await _vault.AddConnectionAsync("gmail", "sbxt_a");
        var second = await _vault.AddConnectionAsync("googledrive", "sbxt_b");
        (await DisconnectAsync(first)).ShouldBe(DisconnectOutcome.ForgottenSharedGrant);
        (await DisconnectAsync(second)).ShouldBe(DisconnectOutcome.Revoked);
    }

    [Fact]
    public async Task A_vendor_without_revocation_and_an_unknown_connection_are_told_apart()
    {
        var row = await _vault.AddConnectionAsync("acme", "sbxt_a");
        (await DisconnectAsync(row)).ShouldBe(DisconnectOutcome.ForgottenNoRevocation);
        (await _vault.Connections.DisconnectAsync(new AppId("other"), row.Id, CancellationToken.None)).ShouldBe(DisconnectOutcome.NothingToDo);
    }

    [Fact]
    public async Task Another_app_cannot_disconnect_or_see_it()
    {
        var row = await _vault.AddConnectionAsync("slack", "sbxt_a");
        var other = new AppId("b00000000000000000000001");
        (await _vault.Connections.DisconnectAsync(other, row.Id, CancellationToken.None)).ShouldBe(DisconnectOutcome.NothingToDo);
        (await _vault.Connections.FindAsync(other, row.Id, CancellationToken.None)).ShouldBeNull();
        _vault.Store.Row(row.Id).State.ShouldBe(ConnectionState.Connected);
    }
}
