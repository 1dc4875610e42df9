using Patchbay.Platform.Apps;
using Patchbay.Platform.Auditing;
using Patchbay.Platform.Workspaces;
using Patchbay.Storage.Tests.Support;
using Patchbay.Vault.Keys;

namespace Patchbay.Storage.Tests;

public abstract class WorkspaceConformance(TestEngine engine) : Conformance(engine)
{
    private IWorkspaceStore Workspaces => Get<IWorkspaceStore>();

    private ISessionStore Sessions => Get<ISessionStore>();

    private async Task<(Workspace, Teammate)> CreateAsync(string email = "ada@example.com")
    {
        var workspace = new Workspace(new(Make.Id()), "Acme", Plan.Builder, Make.Noon);
        var owner = Make.Teammate(workspace.Id, email);
        await Workspaces.CreateAsync(workspace, owner, default);
        return (workspace, owner);
    }

    [Fact]
    public async Task A_workspace_and_its_owner_come_back_as_they_went_in()
    {
        (await Workspaces.AnyAsync(default)).ShouldBeFalse();
        var (workspace, owner) = await CreateAsync();
        (await Workspaces.AnyAsync(default)).ShouldBeTrue();
        (await Workspaces.FindAsync(workspace.Id, default)).ShouldBe(workspace);
        (await Workspaces.FindTeammateAsync(owner.Id, default)).ShouldBe(owner);
        (await Workspaces.FindTeammateByEmailAsync("ADA@example.com", default)).ShouldBe(owner);
        await Workspaces.UpdateAsync(workspace with { Name = "Ümlaut", Plan = Plan.Pro }, default);
        (await Workspaces.FindAsync(workspace.Id, default)).ShouldBe(workspace with { Name = "Ümlaut", Plan = Plan.Pro });
    }

    [Fact]
    public async Task A_workspace_whose_owner_cannot_be_stored_is_not_stored_either()
    {
        await CreateAsync();
        var second = new Workspace(new(Make.Id()), "Other", Plan.Free, Make.Noon);
        await Should.ThrowAsync<Exception>(() => Workspaces.CreateAsync(second, Make.Teammate(second.Id, "ada@example.com"), default));
        (await Workspaces.FindAsync(second.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_email_address_belongs_to_one_teammate()
    {
        var (workspace, owner) = await CreateAsync();
        var editor = Make.Teammate(workspace.Id, "bob@example.com", Role.Editor);
        (await Workspaces.TryInsertTeammateAsync(editor, default)).ShouldBeTrue();
        (await Workspaces.TryInsertTeammateAsync(Make.Teammate(workspace.Id, "Bob@Example.com"), default)).ShouldBeFalse();
        (await Workspaces.ListTeammatesAsync(workspace.Id, default)).ShouldBe([owner, editor]);
    }

    [Fact]
    public async Task The_last_owner_can_neither_step_down_nor_leave()
    {
        var (workspace, owner) = await CreateAsync();
        (await Workspaces.TrySetRoleAsync(owner.Id, Role.Admin, default)).ShouldBeFalse();
        (await Workspaces.TryDeleteTeammateAsync(owner.Id, default)).ShouldBeFalse();
        (await Workspaces.TrySetRoleAsync(owner.Id, Role.Owner, default)).ShouldBeTrue();
        await Workspaces.TryInsertTeammateAsync(Make.Teammate(workspace.Id, "bob@example.com"), default);
        (await Workspaces.TrySetRoleAsync(owner.Id, Role.Admin, default)).ShouldBeTrue();
        (await Workspaces.FindTeammateAsync(owner.Id, default))!.Role.ShouldBe(Role.Admin);
    }

    [Fact]
    public async Task Of_two_owners_who_leave_at_once_one_stays()
    {
        var (workspace, owner) = await CreateAsync();
        for (var round = 0; round < 10; round++)
        {
            var other = Make.Teammate(workspace.Id, $"bob{round}@example.com");
            await Workspaces.TryInsertTeammateAsync(other, default);
            var owners = (await Workspaces.ListTeammatesAsync(workspace.Id, default)).Where(t => t.Role == Role.Owner).ToList();
            owners.Count.ShouldBe(2);
            var gone = await Race.RunAsync(2, n => n == 0
                ? Workspaces.TryDeleteTeammateAsync(owners[n].Id, default)
                : Workspaces.TrySetRoleAsync(owners[n].Id, Role.Viewer, default));
            gone.Count(g => g).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_session_ends_with_its_time_its_deletion_or_its_teammate()
    {
        var (workspace, _) = await CreateAsync();
        var bob = Make.Teammate(workspace.Id, "bob@example.com", Role.Editor);
        await Workspaces.TryInsertTeammateAsync(bob, default);
        var now = TimeProvider.System.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        Session Session(string hash) => new(hash, bob.Id, now, now.AddHours(1));
        await Sessions.InsertAsync(Session("a"), default);
        await Sessions.InsertAsync(Session("b"), default);
        (await Sessions.FindAsync("a", now, default)).ShouldBe(Session("a"));
        (await Sessions.FindAsync("a", now.AddHours(1), default)).ShouldBeNull();
        await Sessions.DeleteAsync("a", default);
        (await Sessions.FindAsync("a", now, default)).ShouldBeNull();
        (await Workspaces.TryDeleteTeammateAsync(bob.Id, default)).ShouldBeTrue();
        (await Sessions.FindAsync("b", now, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_is_taken_once_whoever_calls_and_never_after_its_end()
    {
        var (_, owner) = await CreateAsync();
        var second = await SecondNodeAsync();
        var now = TimeProvider.System.GetUtcNow();
        var end = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Sessions.InsertLinkAsync(new("first", SignInLinkPurpose.FirstOwner, null, end), default);
        await Sessions.InsertLinkAsync(new("late", SignInLinkPurpose.Invite, owner.Id, end), default);
        var other = (ISessionStore)second.GetService(typeof(ISessionStore))!;
        var taken = await Race.RunAsync(16, n => (n % 2 == 0 ? Sessions : other).TakeLinkAsync("first", now, default));
        taken.Where(t => t is not null).ShouldBe([new("first", SignInLinkPurpose.FirstOwner, null, end)]);
        (await Sessions.TakeLinkAsync("late", end, default)).ShouldBeNull();
        (await Sessions.TakeLinkAsync("unknown", now, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_new_password_ends_the_teammates_other_sessions_and_nobody_elses()
    {
        var (_, owner) = await CreateAsync();
        var mate = owner with { Id = new(Make.App().Value), Email = "mate@example.com" };
        (await Get<IWorkspaceStore>().TryInsertTeammateAsync(mate, default)).ShouldBeTrue();
        var end = Make.Noon.AddYears(100);
        foreach (var (hash, who) in new[] { ("kept", owner.Id), ("other", owner.Id), ("theirs", mate.Id) })
            await Sessions.InsertAsync(new(hash, who, Make.Noon, end), default);
        await Sessions.InsertLinkAsync(new("link", SignInLinkPurpose.Invite, owner.Id, end), default);
        (await Workspaces.TryChangePasswordAsync(owner.Id, owner.PasswordHash, "new", "kept", default)).ShouldBeTrue();
        (await Sessions.FindAsync("kept", Make.Noon, default)).ShouldNotBeNull();
        (await Sessions.FindAsync("other", Make.Noon, default)).ShouldBeNull();
        (await Sessions.FindAsync("theirs", Make.Noon, default)).ShouldNotBeNull();
        (await Sessions.TakeLinkAsync("link", Make.Noon, default)).ShouldBeNull();
        (await Workspaces.TryForgetPasswordAsync(owner.Id, default)).ShouldBeTrue();
        (await Sessions.FindAsync("kept", Make.Noon, default)).ShouldBeNull();
        (await Sessions.FindAsync("theirs", Make.Noon, default)).ShouldNotBeNull();
        (await Workspaces.TryForgetPasswordAsync(new(Make.Id()), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_password_checked_before_a_reset_or_a_sign_out_cannot_be_replaced_after_it()
    {
        var (workspace, _) = await CreateAsync();
        var bob = Make.Teammate(workspace.Id, "bob@example.com", Role.Admin) with { PasswordHash = "old" };
        await Workspaces.TryInsertTeammateAsync(bob, default);
        Session session = new("bobs", bob.Id, Make.Noon, Make.Noon.AddYears(100));
        await Sessions.InsertAsync(session, default);

        (await Workspaces.TryChangePasswordAsync(bob.Id, null, "new", "bobs", default)).ShouldBeFalse();
        (await Workspaces.TryChangePasswordAsync(bob.Id, "old", "new", "ended", default)).ShouldBeFalse();
        (await Workspaces.TryForgetPasswordAsync(bob.Id, default)).ShouldBeTrue();
        await Sessions.InsertAsync(session, default);
        (await Workspaces.TryChangePasswordAsync(bob.Id, "old", "new", "bobs", default)).ShouldBeFalse();
        (await Workspaces.FindTeammateAsync(bob.Id, default))!.PasswordHash.ShouldBeNull();

        (await Workspaces.TrySetRoleAsync(bob.Id, Role.Viewer, default)).ShouldBeTrue();
        (await Workspaces.TryChangePasswordAsync(bob.Id, null, "new", "bobs", default)).ShouldBeTrue();
        (await Workspaces.FindTeammateAsync(bob.Id, default)).ShouldBe(bob with { PasswordHash = "new", Role = Role.Viewer });
    }

    [Fact]
    public async Task Apps_belong_to_their_workspace_and_keys_to_their_app()
    {
        var (workspace, _) = await CreateAsync();
        var apps = Get<IAppStore>();
        var app = new App { Id = Make.App(), Workspace = workspace.Id, Name = "Help desk", BackendFunctions = false, TimeZone = "Europe/Zurich", CreatedAt = Make.Noon };
        await apps.InsertAsync(app, default);
        (await apps.FindAsync(app.Id, default)).ShouldBe(app);
        await apps.UpdateAsync(app with { BackendFunctions = true, Description = "For tickets" }, default);
        (await apps.ListAsync(workspace.Id, default)).ShouldBe([app with { BackendFunctions = true, Description = "For tickets" }]);
        (await apps.ListAsync(new(Make.Id()), default)).ShouldBeEmpty();
        await apps.UpdateAsync(app with { Workspace = new(Make.Id()), Name = "Stolen" }, default);
        (await apps.FindAsync(app.Id, default))!.Name.ShouldBe("Help desk");

        var key = new ApiKey(Make.Id(), app.Id, "CI", "hash", "beef", "ada", Make.Noon);
        await apps.InsertKeyAsync(key, default);
        (await apps.FindKeyAsync("hash", default)).ShouldBe(key);
        (await apps.ListKeysAsync(app.Id, default)).ShouldBe([key]);
        (await apps.DeleteKeyAsync(Make.App(), key.Id, default)).ShouldBeFalse();
        (await apps.DeleteKeyAsync(app.Id, key.Id, default)).ShouldBeTrue();
        (await apps.FindKeyAsync("hash", default)).ShouldBeNull();
        (await apps.CountAsync(app.Id, Make.Noon, default)).ShouldBe(new AppCounts(0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public async Task The_audit_is_read_from_the_newest_in_pages()
    {
        var (workspace, _) = await CreateAsync();
        var audit = Get<IAuditLog>();
        var entries = Enumerable.Range(0, 5).Select(n => new AuditEntry($"{n:x24}", workspace.Id, n == 0 ? null : Make.App(), Make.Noon, "ada", "app.created", "app", null)).ToList();
        foreach (var entry in entries)
            await audit.AppendAsync(entry, default);
        (await audit.ListAsync(workspace.Id, null, 2, default)).ShouldBe([entries[4], entries[3]]);
        (await audit.ListAsync(workspace.Id, entries[3].Id, 9, default)).ShouldBe([entries[2], entries[1], entries[0]]);
        (await audit.ListAsync(new(Make.Id()), null, 9, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_instance_keeps_one_id_and_the_newest_key_check()
    {
        var instance = Get<IInstanceStore>();
        var second = (IInstanceStore)(await SecondNodeAsync()).GetService(typeof(IInstanceStore))!;
        var ids = await Race.RunAsync(8, n => (n % 2 == 0 ? instance : second).GetOrCreateInstanceIdAsync(default));
        ids.Distinct().ShouldHaveSingleItem().Length.ShouldBe(24);
        (await instance.GetKeyCheckAsync(default)).ShouldBeNull();
        await instance.SaveKeyCheckAsync(new KeyCheck("k1", "aa"), default);
        await instance.SaveKeyCheckAsync(new KeyCheck("k2", "bb"), default);
        await RestartAsync();
        (await Get<IInstanceStore>().GetKeyCheckAsync(default)).ShouldBe(new KeyCheck("k2", "bb"));
        (await Get<IInstanceStore>().GetOrCreateInstanceIdAsync(default)).ShouldBe(ids[0]);
    }
}

public sealed class SqliteWorkspaceTests() : WorkspaceConformance(new SqliteEngine());

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresWorkspaceTests(PostgresServer server) : WorkspaceConformance(new PostgresEngine(server));
