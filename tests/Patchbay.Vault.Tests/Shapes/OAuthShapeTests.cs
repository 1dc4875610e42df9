using System.Text;
using System.Web;
using Microsoft.Extensions.Time.Testing;
using Patchbay.Catalog;
using Patchbay.Vault.Egress;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.Shapes;

/// <summary>Every connector that has only shapes for a proof, from signing in to the end of the access.</summary>
public sealed class OAuthShapeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-24T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private TestVault _vault = null!;

    public static TheoryData<string> Connectors => [.. ShapeFiles.Connectors.Where(c => c.UsesOAuth).Select(c => c.Id)];

    public async Task InitializeAsync() => _vault = await TestVault.StartAsync(_time, ShapeFiles.Catalog);

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    [Fact]
    public void Every_connector_with_proof_shapes_has_a_recorded_shape_and_the_reverse() =>
        ShapeFiles.Recorded.ShouldBe(ShapeFiles.Connectors.Select(c => c.Id).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Connectors))]
    public async Task It_signs_in_calls_renews_and_ends_as_recorded(string id)
    {
        var shape = ShapeFiles.Read(id);
        var connector = ShapeFiles.Catalog.FindConnector(id)!;
        var operation = ShapeFiles.Catalog.FindOperation(shape.Call.Operation).ShouldNotBeNull();
        operation.Scopes.ShouldBe(shape.Scopes, "the recorded call needs other scopes");
        await _vault.AddClientAsync(connector.Vendor, Realm.Live);
        var vendor = new ShapeVendor(shape) { ClientId = "cid-" + connector.Vendor, RedirectUri = "http://localhost:4400/oauth/callback/" + connector.Vendor };

        var connection = await ConnectAsync(connector, shape, vendor);
        await using var function = await _vault.OpenAsync();
        _vault.Policy = new FunctionPolicy([new AllowedConnection(id, connection.Id)], []);
        await CallAsync(function, id, shape, vendor);
        await RenewAsync(function, id, shape, vendor);

        (await _vault.Connections.DisconnectAsync(TestVault.App, connection.Id, CancellationToken.None))
            .ShouldBe(shape.Revoke is null ? DisconnectOutcome.ForgottenNoRevocation : DisconnectOutcome.Revoked);
        vendor.Revoked.Contains(vendor.Access).ShouldBe(shape.Revoke is not null);
        (_vault.Store.Dump() + string.Join('\n', _vault.Lines)).ShouldNotContain("CANARY");
    }

    private async Task<ConnectionView> ConnectAsync(Connector connector, Shape shape, ShapeVendor vendor)
    {
        _vault.Vendor.Answer = vendor.AnswerAsync;
        var start = await _vault.Connections.BeginAsync(new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = connector.Id, Scopes = shape.Scopes! }, CancellationToken.None);
        start.AuthorizeUrl.GetLeftPart(UriPartial.Path).ShouldBe(shape.Authorize!.At);
        var query = HttpUtility.ParseQueryString(start.AuthorizeUrl.Query);
        (query["response_type"], query["client_id"], query["redirect_uri"]).ShouldBe(("code", vendor.ClientId, vendor.RedirectUri));
        if (shape.Authorize.ScopeParameter is { } parameter)
            query[parameter].ShouldBe(string.Join(shape.Authorize.Separator, shape.Authorize.Asks));
        else
            query["scope"].ShouldBeNull();
        foreach (var (name, value) in shape.Authorize.Parameters)
            query[name].ShouldBe(value);
        (query["code_challenge_method"] == "S256").ShouldBe(shape.Authorize.Pkce);
        vendor.Challenge = query["code_challenge"];

        KeyValuePair<string, string>[] callback = [new("state", query["state"]!), new("code", ShapeVendor.Code)];
        var outcome = await _vault.Connections.CompleteAsync(new CallbackParameters(connector.Vendor, callback), start.BrowserBinding, "t1", CancellationToken.None);
        outcome.Message.ShouldBeNull();
        outcome.MissingScopes.ShouldBeEmpty();
        var connection = outcome.Connection.ShouldNotBeNull();
        (connection.Realm, connection.AccountLabel).ShouldBe((Realm.Live, shape.Account.Label));
        _vault.Store.Row(connection.Id).AccountId.ShouldBe(shape.Account.Id);
        return connection;
    }

    private static async Task CallAsync(FunctionProcess function, string connector, Shape shape, ShapeVendor vendor)
    {
        var phantom = (await function.PhantomAsync(connector)).ShouldNotBeNull();
        var before = vendor.Operations.Count;
        using var content = shape.Call.Request is { } request ? new StringContent(request.GetRawText(), Encoding.UTF8, "application/json") : null;
        using var reply = await function.SendAsync(shape.Call.Method, shape.Call.Url, null, content, m =>
        {
            m.Headers.TryAddWithoutValidation(shape.Call.Header, shape.Call.Value.Replace("{token}", phantom, StringComparison.Ordinal));
            m.Headers.Add("X-Function", "1");
        });
        ((int)reply.StatusCode).ShouldBe(shape.Call.Status, await reply.Content.ReadAsStringAsync());
        vendor.Operations.Count.ShouldBe(before + 1);
        vendor.Operations.ShouldAllBe(c => !c.All.Contains(phantom));
        if (shape.Call.Request is { } sent)
            vendor.Operations.Last().Body.ShouldBe(sent.GetRawText());
    }

    /// <summary>Past the end of the access token the next call renews it; a token without an end is simply used.</summary>
    private async Task RenewAsync(FunctionProcess function, string connector, Shape shape, ShapeVendor vendor)
    {
        var first = (vendor.Access, vendor.Refresh);
        _time.Advance(TimeSpan.FromDays(8));
        await CallAsync(function, connector, shape, vendor);
        vendor.Grants.ShouldBe(shape.Refresh == Renewal.None ? ["authorization_code"] : ["authorization_code", "refresh_token"]);
        (vendor.Access != first.Access, vendor.Refresh != first.Refresh).ShouldBe((shape.Refresh != Renewal.None, shape.Refresh == Renewal.Rotates));
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task The_sandbox_has_no_look_alike_of_it_and_says_so(string id)
    {
        var refused = await Should.ThrowAsync<VaultRefusedException>(() => _vault.Connections.BeginAsync(
            new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = id, Scopes = ShapeFiles.Read(id).Scopes!, Realm = Realm.Sandbox }, CancellationToken.None));
        refused.Code.ShouldBe("PB2119");
        _vault.Vendor.Calls.ShouldBeEmpty();
    }
}
