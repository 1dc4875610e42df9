using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Connections;
using Patchbay.Storage.Tests.Support;
using Patchbay.Vault;
using Patchbay.Vault.Connections;

namespace Patchbay.Storage.Tests;

public abstract class ConnectionConformance(TestEngine engine) : Conformance(engine)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private IConnectionStore Connections => Get<IConnectionStore>();

    // Leases run on the database's clock where there is one, so these tests use the real time.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task<ConnectionRow> InsertAsync(AppId? app = null)
    {
        var row = Make.Connection(app ?? Make.App());
        await Connections.InsertAsync(row, null, default);
        return row;
    }

    private Task<ConnectionRow?> LeaseAsync(ConnectionId id, TimeSpan life, string holder = "a", IConnectionStore? store = null)
    {
        var now = Now;
        return (store ?? Connections).TryLeaseAsync(id, holder, now, now + life, default);
    }

    [Fact]
    public async Task A_connection_comes_back_as_it_went_in_and_only_to_its_app()
    {
        var row = await InsertAsync();
        var bare = Make.Connection(row.App, "gmail") with { AccountId = null, AccountLabel = null, AccessExpiresAt = null, AccessIssuedAt = null, GrantedScopes = [], Problem = "PB2103", LastUsedAt = Make.Noon };
        await Connections.InsertAsync(bare, null, default);
        (await Connections.FindAsync(row.App, row.Id, default)).ShouldBeSameAs(row);
        (await Connections.ListAsync(row.App, default)).ShouldBeSameAs(bare, row);
        (await Connections.FindAsync(Make.App(), row.Id, default)).ShouldBeNull();
        (await Connections.DisconnectAsync(Make.App(), row.Id, default)).ShouldBeFalse();
        await Connections.ApproveAsync(Make.App(), row.Id, ["all"], default);
        (await Connections.FindAsync(row.App, row.Id, default)).ShouldBeSameAs(row);
        await Connections.ApproveAsync(row.App, row.Id, ["chat:write", "users:read"], default);
        (await Connections.FindAsync(row.App, row.Id, default))!.ApprovedScopes.ShouldBe(["chat:write", "users:read"]);
    }

    [Fact]
    public async Task An_app_has_one_live_connection_for_a_connector()
    {
        var row = await InsertAsync();
        await Should.ThrowAsync<ConnectionConflictException>(() => Connections.InsertAsync(Make.Connection(row.App), null, default));
        await InsertAsync(Make.App());
        (await Connections.DisconnectAsync(row.App, row.Id, default)).ShouldBeTrue();
        (await Connections.DisconnectAsync(row.App, row.Id, default)).ShouldBeFalse();
        await InsertAsync(row.App);
        var other = (await SecondNodeAsync()).GetRequiredService<IConnectionStore>();
        var app = Make.App();
        var won = await Race.RunAsync(8, async n =>
        {
            try
            {
                await (n % 2 == 0 ? Connections : other).InsertAsync(Make.Connection(app), null, default);
                return true;
            }
            catch (ConnectionConflictException)
            {
                return false;
            }
        });
        won.Count(w => w).ShouldBe(1);
    }

    [Fact]
    public async Task A_replacement_and_the_end_of_the_old_one_come_together_or_not_at_all()
    {
        var old = await InsertAsync();
        var lease = (await LeaseAsync(old.Id, Long))!;
        var fresh = Make.Connection(old.App) with { AccountId = "T2" };
        await Connections.InsertAsync(fresh, old.Id, default);
        (await Connections.ListAsync(old.App, default)).ShouldBeSameAs(fresh);
        var ended = (await Connections.FindAsync(old.App, old.Id, default))!;
        (ended.State, ended.Credential).ShouldBe((ConnectionState.Disconnected, null));
        // A refresh that was under way must not bring the credential back.
        (await Connections.TryReplaceCredentialAsync(old.Id, lease.Fence, Make.Sealed(9), null, Now, [], default)).ShouldBeFalse();

        var gmail = Make.Connection(old.App, "gmail");
        await Connections.InsertAsync(gmail, null, default);
        await Should.ThrowAsync<ConnectionConflictException>(() => Connections.InsertAsync(Make.Connection(old.App, "gmail"), fresh.Id, default));
        (await Connections.ListAsync(old.App, default)).ShouldBeSameAs(gmail, fresh);
    }

    [Fact]
    public async Task Disconnecting_destroys_the_credential_and_bites_the_lease()
    {
        var row = await InsertAsync();
        var lease = (await LeaseAsync(row.Id, Long))!;
        (await Connections.DisconnectAsync(row.App, row.Id, default)).ShouldBeTrue();
        (await Connections.TryReplaceCredentialAsync(row.Id, lease.Fence, Make.Sealed(9), null, Now, [], default)).ShouldBeFalse();
        (await Connections.TryReleaseAsync(row.Id, lease.Fence, ConnectionState.Connected, null, default)).ShouldBeFalse();
        (await Connections.FindAsync(row.App, row.Id, default))!.Credential.ShouldBeNull();
        (await Connections.ListAsync(row.App, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_who_ask_one_gets_the_lease()
    {
        var row = await InsertAsync();
        var other = (await SecondNodeAsync()).GetRequiredService<IConnectionStore>();
        var leases = await Race.RunAsync(16, n => LeaseAsync(row.Id, Long, $"h{n}", n % 2 == 0 ? Connections : other));
        leases.Where(l => l is not null).ShouldHaveSingleItem().ShouldBeSameAs(row with { Fence = 1 });
        (await LeaseAsync(new(Make.Id()), Long)).ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_ends_by_time_and_the_late_holder_can_write_nothing()
    {
        var row = await InsertAsync();
        var first = (await LeaseAsync(row.Id, TimeSpan.FromMilliseconds(50)))!;
        (await Connections.TryWriteIntentAsync(row.Id, first.Fence, Make.Noon, default)).ShouldBeTrue();
        ConnectionRow? second = null;
        for (var deadline = Now + Long; second is null && Now < deadline;)
            second = await LeaseAsync(row.Id, Long, "b");
        second.ShouldBeSameAs(row with { Fence = 2, RefreshIntentAt = Make.Noon });
        (await Connections.TryWriteIntentAsync(row.Id, first.Fence, Now, default)).ShouldBeFalse();
        (await Connections.TryReplaceCredentialAsync(row.Id, first.Fence, Make.Sealed(8), null, Now, [], default)).ShouldBeFalse();
        (await Connections.TryReleaseAsync(row.Id, first.Fence, ConnectionState.NeedsReconnect, "PB2103", default)).ShouldBeFalse();

        var (end, issued) = (Make.Noon.AddHours(2), Make.Noon.AddHours(1));
        (await Connections.TryReplaceCredentialAsync(row.Id, second!.Fence, Make.Sealed(9), end, issued, ["a", "b"], default)).ShouldBeTrue();
        (await Connections.FindAsync(row.App, row.Id, default)).ShouldBeSameAs(row with
        {
            Fence = 2, Credential = Make.Sealed(9), AccessExpiresAt = end, AccessIssuedAt = issued, GrantedScopes = ["a", "b"],
        });
        (await LeaseAsync(row.Id, Long))!.Fence.ShouldBe(3);
    }

    [Fact]
    public async Task A_lease_given_back_says_what_became_of_the_connection_and_keeps_the_intent()
    {
        var row = await InsertAsync();
        var lease = (await LeaseAsync(row.Id, Long))!;
        await Connections.TryWriteIntentAsync(row.Id, lease.Fence, Make.Noon, default);
        (await Connections.TryReleaseAsync(row.Id, lease.Fence, ConnectionState.NeedsReconnect, "PB2103", default)).ShouldBeTrue();
        (await LeaseAsync(row.Id, Long)).ShouldBeSameAs(row with { Fence = 2, State = ConnectionState.NeedsReconnect, Problem = "PB2103", RefreshIntentAt = Make.Noon });
    }

    [Fact]
    public async Task An_authorisation_is_taken_once()
    {
        var row = new AuthorizationRow
        {
            StateHash = "state", BrowserHash = "browser", App = Make.App(), Teammate = Make.Id(), Connector = "slack", OAuthClient = Make.Id(), Realm = Realm.Sandbox,
            RedirectUri = "http://localhost/oauth/callback/slack", RequestedScopes = ["chat:write"], Replaces = new(Make.Id()), Verifier = Make.Sealed(3), Context = "p1",
            ExpiresAt = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        var bare = row with { StateHash = "bare", Replaces = null, Verifier = null, Context = null };
        await Connections.InsertAuthorizationAsync(row, default);
        await Connections.InsertAuthorizationAsync(bare, default);
        (await Connections.FindAuthorizationAsync("state", default)).ShouldBeSameAs(row);
        var other = (await SecondNodeAsync()).GetRequiredService<IConnectionStore>();
        var taken = await Race.RunAsync(16, n => (n % 2 == 0 ? Connections : other).TakeAuthorizationAsync("state", default));
        taken.Where(t => t is not null).ShouldBeSameAs(row);
        (await Connections.TakeAuthorizationAsync("bare", default)).ShouldBeSameAs(bare);
        (await Connections.TakeAuthorizationAsync("unknown", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Authorisations_long_ended_go_with_the_next_one()
    {
        var old = new AuthorizationRow
        {
            StateHash = "old", BrowserHash = "b", App = Make.App(), Teammate = Make.Id(), Connector = "slack", OAuthClient = Make.Id(), Realm = Realm.Live,
            RedirectUri = "r", RequestedScopes = [], ExpiresAt = Now - TimeSpan.FromHours(2),
        };
        await Connections.InsertAuthorizationAsync(old, default);
        await Connections.InsertAuthorizationAsync(old with { StateHash = "new", ExpiresAt = Now }, default);
        (await Connections.TakeAuthorizationAsync("old", default)).ShouldBeNull();
        (await Connections.TakeAuthorizationAsync("new", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_wish_to_connect_is_used_once_by_whoever_is_first()
    {
        var starts = Get<IConnectStartStore>();
        var end = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var whole = new ConnectStart
        {
            App = Make.App(), HandleHash = Make.Id(), RequesterKind = RequesterKind.Teammate, Requester = Make.Id(), Connector = "slack", Scopes = ["chat:write", "users:read"],
            Realm = Realm.Live, Client = Make.Id(), SwitchAccount = true, Context = "p1", ExpiresAt = end,
        };
        var bare = whole with { HandleHash = Make.Id(), Scopes = [], Realm = null, Client = null, SwitchAccount = false, Context = null };
        await starts.InsertAsync(whole, default);
        await starts.InsertAsync(bare, default);
        (await starts.FindAsync(whole.HandleHash, default)).ShouldBeSameAs(whole);
        (await starts.FindAsync(bare.HandleHash, default)).ShouldBeSameAs(bare);
        (await starts.FindAsync(Make.Id(), default)).ShouldBeNull();

        (await starts.TryUseAsync(whole.HandleHash, end, default)).ShouldBeFalse("it has ended");
        var other = (await SecondNodeAsync()).GetRequiredService<IConnectStartStore>();
        var used = await Race.RunAsync(16, n => (n % 2 == 0 ? starts : other).TryUseAsync(whole.HandleHash, Make.Noon, default));
        used.Count(u => u).ShouldBe(1);
        (await starts.FindAsync(whole.HandleHash, default)).ShouldBeSameAs(whole with { UsedAt = Make.Noon });
        (await starts.FindAsync(bare.HandleHash, default)).ShouldBeSameAs(bare);
    }

    [Fact]
    public async Task Wishes_long_ended_go_with_the_next_one()
    {
        var starts = Get<IConnectStartStore>();
        var old = new ConnectStart
        {
            App = Make.App(), HandleHash = Make.Id(), RequesterKind = RequesterKind.Teammate, Requester = Make.Id(), Connector = "slack", Scopes = [], ExpiresAt = Now - TimeSpan.FromHours(2),
        };
        var late = old with { HandleHash = Make.Id(), ExpiresAt = Now - TimeSpan.FromMinutes(1) };
        await starts.InsertAsync(old, default);
        await starts.InsertAsync(late, default);
        (await starts.FindAsync(old.HandleHash, default)).ShouldBeNull();
        (await starts.FindAsync(late.HandleHash, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_OAuth_client_is_kept_whole_and_replaced_whole()
    {
        var plain = new OAuthClientRow(Make.Id(), "slack", Realm.Sandbox, "c1", Make.Sealed(1), Make.Noon);
        var own = new OAuthClientRow(Make.Id(), "google", Realm.Live, "c2", null, Make.Noon) { Workspace = Make.Id(), Name = "Prüfung", Connectors = ["gmail", "googledrive"], IsDefault = true };
        await Connections.SaveClientAsync(plain, [], default);
        await Connections.SaveClientAsync(own, [], default);
        (await Connections.FindClientAsync(plain.Id, default)).ShouldBeSameAs(plain);
        (await Connections.FindClientAsync(own.Id, default)).ShouldBeSameAs(own);
        (await Connections.FindClientAsync(Make.Id(), default)).ShouldBeNull();
        var changed = own with { Name = "Production", Connectors = [], ClientSecret = Make.Sealed(2), ClientId = "c3", IsDefault = false };
        await Connections.SaveClientAsync(changed, [], default);
        (await Connections.FindClientAsync(own.Id, default)).ShouldBeSameAs(changed);
        async Task<IEnumerable<string>> ListAsync(string? workspace, string? vendor) => (await Connections.ListClientsAsync(workspace, vendor, default)).Select(c => c.Id);
        (await ListAsync(own.Workspace, null)).ShouldBe([own.Id, plain.Id]);
        (await ListAsync(own.Workspace, "google")).ShouldBe([own.Id]);
        (await ListAsync(null, null)).ShouldBe([plain.Id]);
        (await ListAsync(Make.Id(), "google")).ShouldBeEmpty("another workspace's client is nobody else's");
    }

    [Fact]
    public async Task Of_two_clients_that_become_the_default_at_once_the_earlier_one_is_it_no_more()
    {
        var first = new OAuthClientRow(Make.Id(), "slack", Realm.Live, "c1", null, Make.Noon) { Name = "Production", IsDefault = true };
        var second = new OAuthClientRow(Make.Id(), "slack", Realm.Live, "c2", null, Make.Noon) { Name = "Test", IsDefault = true };
        await Connections.SaveClientAsync(first, [], default);
        await Connections.SaveClientAsync(second, [first.Id], default);
        (await Connections.FindClientAsync(first.Id, default)).ShouldBeSameAs(first with { IsDefault = false });
        (await Connections.FindClientAsync(second.Id, default)).ShouldBeSameAs(second);
    }

    [Fact]
    public async Task An_OAuth_client_goes_only_when_no_connection_rests_on_it()
    {
        var client = new OAuthClientRow(Make.Id(), "slack", Realm.Live, "c1", Make.Sealed(1), Make.Noon);
        await Connections.SaveClientAsync(client, [], default);
        var (first, second) = (Make.Connection(Make.App()) with { OAuthClient = client.Id }, Make.Connection(Make.App()) with { OAuthClient = client.Id });
        await Connections.InsertAsync(first, null, default);
        await Connections.InsertAsync(second, null, default);
        (await Connections.ListByClientAsync(client.Id, null, 10, default)).Select(c => c.Id.Value).ShouldBe([first.Id.Value, second.Id.Value], ignoreOrder: true);
        (await Connections.ListByClientAsync(client.Id, null, 1, default)).Count.ShouldBe(1);
        (await Connections.CountByClientAsync(client.Id, null, default)).ShouldBe(2);
        (await Connections.CountByClientAsync(client.Id, Make.Id(), default)).ShouldBe(0, "its apps are another workspace's");
        (await Connections.TryDeleteClientAsync(client.Id, default)).ShouldBeFalse();
        await Connections.DisconnectAsync(first.App, first.Id, default);
        (await Connections.ListByClientAsync(client.Id, null, 10, default)).ShouldHaveSingleItem().Id.ShouldBe(second.Id);
        (await Connections.TryDeleteClientAsync(client.Id, default)).ShouldBeFalse();
        await Connections.DisconnectAsync(second.App, second.Id, default);
        (await Connections.TryDeleteClientAsync(client.Id, default)).ShouldBeTrue();
        (await Connections.TryDeleteClientAsync(client.Id, default)).ShouldBeFalse();
        (await Connections.FindClientAsync(client.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task All_connections_are_read_across_pages()
    {
        var app = Make.App();
        var ids = new List<ConnectionId>();
        for (var n = 0; n < 450; n++)
            ids.Add((await InsertAsync(n % 2 == 0 ? app : null) is var row && n % 2 == 0 ? await EndAsync(row) : row).Id);
        var read = new List<ConnectionId>();
        await foreach (var row in Connections.ReadAllAsync(default))
            read.Add(row.Id);
        read.Select(r => r.Value).Order(StringComparer.Ordinal).ShouldBe(ids.Select(i => i.Value).Order(StringComparer.Ordinal));

        async Task<ConnectionRow> EndAsync(ConnectionRow row)
        {
            await Connections.DisconnectAsync(row.App, row.Id, default);
            return row;
        }
    }
}

public sealed class SqliteConnectionTests() : ConnectionConformance(new SqliteEngine());

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresConnectionTests(PostgresServer server) : ConnectionConformance(new PostgresEngine(server));
