using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.OAuth;

public sealed class RefreshTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-24T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private TestVault _vault = null!;

    public async Task InitializeAsync() => _vault = await TestVault.StartAsync(_time);

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    private TokenSource Tokens => _vault.Get<TokenSource>();

    private async Task<string> GetAsync(ConnectionId id, TokenSource? source = null) =>
        (await (source ?? Tokens).GetAsync(_vault.Store.Row(id), CancellationToken.None)).Value.Reveal();

    private Task<ConnectionRow> ConnectAsync(TimeSpan? life, string? refresh = "sbxr_1") => _vault.AddConnectionAsync("gmail", "sbxt_1", refresh, life: life);

    private void Replies(string json, int status = 200) => _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, status, json);

    [Fact]
    public async Task Two_hundred_callers_in_two_processes_cause_exactly_one_refresh()
    {
        await using var real = await TestVault.StartAsync();
        await using var second = real.Build();
        var row = await real.AddConnectionAsync("gmail", "sbxt_1", "sbxr_1", life: TimeSpan.FromSeconds(-1));
        var arrived = new TaskCompletionSource();
        real.Vendor.Answer = async (_, http) =>
        {
            await arrived.Task;
            await FakeVendor.Json(http, 200, """{"access_token":"sbxt_2","refresh_token":"sbxr_2","expires_in":3600}""");
        };
        TokenSource[] sources = [real.Get<TokenSource>(), second.GetRequiredService<TokenSource>()];
        var callers = Enumerable.Range(0, 200).Select(i => Task.Run(async () => (await sources[i % 2].GetAsync(real.Store.Row(row.Id), CancellationToken.None)).Value.Reveal())).ToList();
        await Poll.UntilAsync(() => !real.Vendor.Calls.IsEmpty);
        arrived.SetResult();
        (await Task.WhenAll(callers)).ShouldAllBe(t => t == "sbxt_2");
        real.Vendor.Calls.ShouldHaveSingleItem().Form["refresh_token"].ShouldBe("sbxr_1");
        real.Store.Steps.Count(s => s is "intent").ShouldBe(1);
        real.Store.Steps.Count(s => s is "replace").ShouldBe(1);
    }

    [Theory]
    [InlineData(3600, 3299, false)]
    [InlineData(3600, 3300, true)]
    [InlineData(300, 149, false)]
    [InlineData(300, 150, true)]
    [InlineData(60, 29, false)]
    [InlineData(60, 30, true)]
    public async Task It_refreshes_five_minutes_or_half_the_life_before_the_end(int life, int age, bool refreshes)
    {
        Replies("""{"access_token":"sbxt_2","expires_in":3600}""");
        var row = await ConnectAsync(TimeSpan.FromSeconds(life));
        _time.Advance(TimeSpan.FromSeconds(age));
        (await GetAsync(row.Id)).ShouldBe(refreshes ? "sbxt_2" : "sbxt_1");
        _vault.Vendor.Calls.Count.ShouldBe(refreshes ? 1 : 0);
    }

    [Fact]
    public async Task A_life_shorter_than_any_skew_does_not_refresh_in_circles()
    {
        Replies("""{"access_token":"sbxt_2","expires_in":60}""");
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        for (var i = 0; i < 5; i++)
            (await GetAsync(row.Id)).ShouldBe("sbxt_2");
        _vault.Vendor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_clock_set_back_beyond_the_skew_makes_it_refresh()
    {
        Replies("""{"access_token":"sbxt_2","expires_in":3600}""");
        var row = await ConnectAsync(TimeSpan.FromHours(1));
        _vault.Store.Change(row.Id, r => r with { AccessIssuedAt = r.AccessIssuedAt + TimeSpan.FromMinutes(4), AccessExpiresAt = r.AccessExpiresAt + TimeSpan.FromMinutes(4) });
        (await GetAsync(row.Id)).ShouldBe("sbxt_1");
        _vault.Store.Change(row.Id, r => r with { AccessIssuedAt = r.AccessIssuedAt + TimeSpan.FromMinutes(2), AccessExpiresAt = r.AccessExpiresAt + TimeSpan.FromMinutes(2) });
        (await GetAsync(row.Id)).ShouldBe("sbxt_2");
    }

    [Fact]
    public async Task Without_an_end_it_is_never_refreshed()
    {
        var row = await ConnectAsync(null);
        _time.Advance(TimeSpan.FromDays(1000));
        (await GetAsync(row.Id)).ShouldBe("sbxt_1");
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rotated_refresh_token_replaces_the_old_one_and_a_missing_one_keeps_it()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        Replies("""{"access_token":"sbxt_2","refresh_token":"sbxr_2","expires_in":1}""");
        await GetAsync(row.Id);
        _time.Advance(TimeSpan.FromSeconds(5));
        Replies("""{"access_token":"sbxt_3","expires_in":1}""");
        await GetAsync(row.Id);
        _time.Advance(TimeSpan.FromSeconds(5));
        await GetAsync(row.Id);
        _vault.Vendor.Calls.Select(c => c.Form["refresh_token"]).ShouldBe(["sbxr_1", "sbxr_2", "sbxr_2"]);
        _vault.Store.Row(row.Id).GrantedScopes.ShouldBe(row.GrantedScopes);
    }

    [Fact]
    public async Task The_intent_is_durable_before_the_request_and_the_tokens_before_their_use()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        _vault.Vendor.Answer = (_, http) =>
        {
            _vault.Store.Row(row.Id).RefreshIntentAt.ShouldNotBeNull();
            _vault.Store.Steps.ShouldBe(["lease", "intent"]);
            return FakeVendor.Json(http, 200, """{"access_token":"sbxt_2","refresh_token":"sbxr_2","expires_in":3600}""");
        };
        (await GetAsync(row.Id)).ShouldBe("sbxt_2");
        Credential.Open(_vault.Box, _vault.Store.Row(row.Id)).Refresh!.Reveal().ShouldBe("sbxr_2");
        _vault.Store.Row(row.Id).RefreshIntentAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_crash_between_reply_and_store_leaves_the_intent_and_a_rotating_vendor_then_needs_a_person()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        var spent = new HashSet<string>();
        _vault.Vendor.Answer = (call, http) => spent.Add(call.Form["refresh_token"])
            ? FakeVendor.Json(http, 200, """{"access_token":"sbxt_2","refresh_token":"sbxr_2","expires_in":3600}""")
            : FakeVendor.Json(http, 400, """{"error":"invalid_grant"}""");
        _vault.Store.BeforeReplace = () => throw new InvalidOperationException("the process died here");
        await Should.ThrowAsync<InvalidOperationException>(() => GetAsync(row.Id));
        _vault.Store.BeforeReplace = null;
        _vault.Store.Row(row.Id).RefreshIntentAt.ShouldNotBeNull();

        await using var restarted = _vault.Build();
        var e = await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id, restarted.GetRequiredService<TokenSource>()));
        e.Code.ShouldBe("PB2104");
        (_vault.Store.Row(row.Id).State, _vault.Store.Row(row.Id).Problem).ShouldBe((ConnectionState.NeedsReconnect, "PB2104"));
        _vault.Vendor.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_database_that_fails_once_does_not_cost_the_rotated_token()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        Replies("""{"access_token":"sbxt_2","refresh_token":"sbxr_2","expires_in":3600}""");
        _vault.Store.BeforeReplace = () =>
        {
            _vault.Store.BeforeReplace = null;
            throw new IOException("busy");
        };
        (await GetAsync(row.Id)).ShouldBe("sbxt_2");
        Credential.Open(_vault.Box, _vault.Store.Row(row.Id)).Refresh!.Reveal().ShouldBe("sbxr_2");
        _vault.Vendor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_same_crash_a_vendor_that_does_not_rotate_goes_on()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        Replies("""{"access_token":"sbxt_2","expires_in":3600}""");
        _vault.Store.BeforeReplace = () => throw new InvalidOperationException("the process died here");
        await Should.ThrowAsync<InvalidOperationException>(() => GetAsync(row.Id));
        _vault.Store.BeforeReplace = null;
        (await GetAsync(row.Id)).ShouldBe("sbxt_2");
        _vault.Store.Row(row.Id).RefreshIntentAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_dead_grant_needs_a_person_and_is_not_asked_again()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        Replies("""{"error":"invalid_grant","error_description":"CANARY"}""", 400);
        (await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id))).Code.ShouldBe("PB2103");
        (await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id))).State.ShouldBe(ConnectionState.NeedsReconnect);
        _vault.Vendor.Calls.Count.ShouldBe(1);
        string.Join('\n', _vault.Lines).ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task An_invalid_grant_is_believed_only_if_no_sibling_stored_a_newer_token()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        _vault.Vendor.Answer = async (_, http) =>
        {
            // To the sibling's clock this holder's lease is over; it leases, refreshes and stores before we are answered.
            var leased = (await _vault.Store.TryLeaseAsync(row.Id, "sibling", _time.GetUtcNow().AddSeconds(31), _time.GetUtcNow().AddSeconds(60), CancellationToken.None))!;
            var fresh = new Credential(new("sbxt_sibling"), new("sbxr_2"), Realm.Sandbox).Seal(_vault.Box, row.App, row.Id);
            await _vault.Store.TryReplaceCredentialAsync(row.Id, leased.Fence, fresh, _time.GetUtcNow().AddHours(1), _time.GetUtcNow(), [], CancellationToken.None);
            await FakeVendor.Json(http, 400, """{"error":"invalid_grant"}""");
        };
        (await GetAsync(row.Id)).ShouldBe("sbxt_sibling");
        _vault.Store.Row(row.Id).State.ShouldBe(ConnectionState.Connected);
    }

    [Fact]
    public async Task A_holder_paused_past_its_lease_cannot_overwrite_its_successors_token()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        Replies("""{"access_token":"sbxt_late","refresh_token":"sbxr_late","expires_in":3600}""");
        _vault.Store.BeforeReplace = () =>
        {
            _vault.Store.BeforeReplace = null;
            var leased = _vault.Store.TryLeaseAsync(row.Id, "sibling", _time.GetUtcNow().AddSeconds(31), _time.GetUtcNow().AddSeconds(60), CancellationToken.None).Result!;
            var fresh = new Credential(new("sbxt_sibling"), new("sbxr_2"), Realm.Sandbox).Seal(_vault.Box, row.App, row.Id);
            _vault.Store.TryReplaceCredentialAsync(row.Id, leased.Fence, fresh, _time.GetUtcNow().AddHours(1), _time.GetUtcNow(), [], CancellationToken.None).Result.ShouldBeTrue();
        };
        (await GetAsync(row.Id)).ShouldBe("sbxt_sibling");
        Credential.Open(_vault.Box, _vault.Store.Row(row.Id)).Refresh!.Reveal().ShouldBe("sbxr_2");
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(429, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(400, """{"error":"temporarily_unavailable"}""")]
    public async Task A_vendor_in_trouble_kills_nothing_and_is_given_a_rest(int status, string body)
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        Replies(body, status);
        var e = await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id));
        (e.MayWorkLater, e.Code).ShouldBe((true, "PB2102"));
        await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id));
        _vault.Vendor.Calls.Count.ShouldBe(1);
        _vault.Store.Row(row.Id).State.ShouldBe(ConnectionState.Connected);
        _time.Advance(TimeSpan.FromSeconds(6));
        Replies("""{"access_token":"sbxt_2","expires_in":3600}""");
        (await GetAsync(row.Id)).ShouldBe("sbxt_2");
    }

    [Fact]
    public async Task In_the_margin_the_old_token_serves_while_the_vendor_is_down()
    {
        var row = await ConnectAsync(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(56));
        Replies("{}", 503);
        (await GetAsync(row.Id)).ShouldBe("sbxt_1");
        _time.Advance(TimeSpan.FromMinutes(5));
        await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id));
    }

    [Fact]
    public async Task Without_a_refresh_token_the_end_is_the_end()
    {
        var row = await ConnectAsync(TimeSpan.FromHours(1), refresh: null);
        _time.Advance(TimeSpan.FromMinutes(58));
        (await GetAsync(row.Id)).ShouldBe("sbxt_1");
        _time.Advance(TimeSpan.FromMinutes(5));
        (await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id))).Code.ShouldBe("PB2106");
        _vault.Store.Row(row.Id).State.ShouldBe(ConnectionState.NeedsReconnect);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_another_process_holds_the_lease_nobody_refreshes_and_everybody_gets_its_token()
    {
        await using var real = await TestVault.StartAsync();
        var row = await real.AddConnectionAsync("gmail", "sbxt_1", "sbxr_1", life: TimeSpan.FromSeconds(-1));
        var leased = (await real.Store.TryLeaseAsync(row.Id, "other", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddSeconds(30), CancellationToken.None))!;
        var waiting = real.Get<TokenSource>().GetAsync(real.Store.Row(row.Id), CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        var fresh = new Credential(new("sbxt_other"), new("sbxr_2"), Realm.Sandbox).Seal(real.Box, row.App, row.Id);
        await real.Store.TryReplaceCredentialAsync(row.Id, leased.Fence, fresh, DateTimeOffset.UtcNow.AddHours(1), DateTimeOffset.UtcNow, [], CancellationToken.None);
        (await waiting).Value.Reveal().ShouldBe("sbxt_other");
        real.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_whose_holder_died_is_taken_over_when_it_ends()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        Replies("""{"access_token":"sbxt_2","expires_in":3600}""");
        await _vault.Store.TryLeaseAsync(row.Id, "dead", _time.GetUtcNow(), _time.GetUtcNow().AddSeconds(30), CancellationToken.None);
        var waiting = GetAsync(row.Id);
        await Poll.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            return waiting.IsCompleted;
        });
        (await waiting).ShouldBe("sbxt_2");
    }

    [Fact]
    public async Task One_caller_that_leaves_does_not_take_the_others_token_with_it()
    {
        var row = await ConnectAsync(TimeSpan.FromSeconds(-1));
        var arrived = new TaskCompletionSource();
        _vault.Vendor.Answer = async (_, http) =>
        {
            await arrived.Task;
            await FakeVendor.Json(http, 200, """{"access_token":"sbxt_2","expires_in":3600}""");
        };
        using var impatient = new CancellationTokenSource();
        var leaving = Tokens.GetAsync(_vault.Store.Row(row.Id), impatient.Token).AsTask();
        var staying = GetAsync(row.Id);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => leaving);
        arrived.SetResult();
        (await staying).ShouldBe("sbxt_2");
        _vault.Vendor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_stored_by_another_process_under_the_same_fence_is_not_hidden_by_the_cache()
    {
        var row = await ConnectAsync(TimeSpan.FromHours(1));
        var leased = (await _vault.Store.TryLeaseAsync(row.Id, "other", _time.GetUtcNow(), _time.GetUtcNow().AddSeconds(30), CancellationToken.None))!;
        (await GetAsync(row.Id)).ShouldBe("sbxt_1");
        var fresh = new Credential(new("sbxt_2"), null, Realm.Sandbox).Seal(_vault.Box, row.App, row.Id);
        await _vault.Store.TryReplaceCredentialAsync(row.Id, leased.Fence, fresh, _time.GetUtcNow().AddHours(1), _time.GetUtcNow(), [], CancellationToken.None);
        (await GetAsync(row.Id)).ShouldBe("sbxt_2");
    }

    [Fact]
    public async Task A_401_to_a_token_that_was_replaced_meanwhile_costs_no_refresh()
    {
        Replies("""{"access_token":"sbxt_2","expires_in":3600}""");
        var row = await ConnectAsync(TimeSpan.FromHours(1));
        var old = await Tokens.GetAsync(row, CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(2));
        (await Tokens.RenewAsync(row.App, row.Id, old, CancellationToken.None))!.Value.Reveal().ShouldBe("sbxt_2");
        _time.Advance(TimeSpan.FromMinutes(2));
        (await Tokens.RenewAsync(row.App, row.Id, old, CancellationToken.None))!.Value.Reveal().ShouldBe("sbxt_2");
        _vault.Vendor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_401_to_a_token_younger_than_a_minute_or_without_a_refresh_token_stands()
    {
        var row = await ConnectAsync(TimeSpan.FromHours(1));
        (await Tokens.RenewAsync(row.App, row.Id, await Tokens.GetAsync(row, CancellationToken.None), CancellationToken.None)).ShouldBeNull();
        var bare = await _vault.AddConnectionAsync("slack", "sbxt_s", life: TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(2));
        (await Tokens.RenewAsync(bare.App, bare.Id, await Tokens.GetAsync(bare, CancellationToken.None), CancellationToken.None)).ShouldBeNull();
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ConnectionState.CheckNeeded)]
    [InlineData(ConnectionState.NeedsReconnect)]
    [InlineData(ConnectionState.Disconnected)]
    public async Task A_connection_that_needs_a_person_gives_no_token(ConnectionState state)
    {
        var row = await ConnectAsync(TimeSpan.FromHours(1));
        (await GetAsync(row.Id)).ShouldBe("sbxt_1");
        _vault.Store.Change(row.Id, r => r with { State = state });
        await Should.ThrowAsync<ConnectionUnusableException>(() => GetAsync(row.Id));
    }
}
