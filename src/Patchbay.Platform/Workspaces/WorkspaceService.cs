using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Patchbay.Platform.Auditing;
using Patchbay.Vault;

namespace Patchbay.Platform.Workspaces;

/// <summary>First owner, sign-in, sessions and teammates.</summary>
public sealed class WorkspaceService(IWorkspaceStore store, ISessionStore sessions, IAuditLog audit, TimeProvider time, SignInThrottle throttle)
{
    public const int ShortestPassword = 10;
    internal const int LongestPassword = 200;
    private const int LongestEmail = 254;
    public static readonly TimeSpan SessionLife = TimeSpan.FromDays(14);
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(1), InviteLife = TimeSpan.FromDays(7);
    private readonly PasswordHasher<Teammate> _hasher = new();

    public Task<bool> HasOwnerAsync(CancellationToken cancellationToken) => store.AnyAsync(cancellationToken);

    /// <summary>The token of a link that makes the first owner; null once there is one.</summary>
    public async Task<string?> CreateFirstOwnerLinkAsync(CancellationToken cancellationToken) =>
        await store.AnyAsync(cancellationToken) ? null : await LinkAsync(SignInLinkPurpose.FirstOwner, null, LinkLife, cancellationToken);

    /// <summary>The token of a one-time link that signs this teammate in.</summary>
    public Task<string> CreateSignInLinkAsync(TeammateId teammate, CancellationToken cancellationToken) =>
        LinkAsync(SignInLinkPurpose.SignIn, teammate, LinkLife, cancellationToken);

    public async Task<(Teammate Owner, string Session)> CreateFirstOwnerAsync(string token, string name, string email, string password, string workspaceName, CancellationToken cancellationToken)
    {
        // Checked before the link is used up, so that a typing mistake does not cost the only link.
        var fields = new FieldFaults().Name("name", name).Email("email", email).Password("password", password).Name("workspace", workspaceName);
        fields.ThrowIfAny();
        var link = await sessions.TakeLinkAsync(Tokens.Hash(token), time.GetUtcNow(), cancellationToken);
        if (link is not { Purpose: SignInLinkPurpose.FirstOwner } || await store.AnyAsync(cancellationToken))
            throw new UserVisibleException(RefusalKind.Forbidden, "PB1101", "This link is used up or out of date. Start the server again to get a new one, or sign in.");
        var workspace = new Workspace(new(Ids.New(time)), workspaceName.Trim(), Plan.Builder, time.GetUtcNow());
        var owner = NewTeammate(workspace.Id, email, name, Role.Owner);
        owner = owner with { PasswordHash = _hasher.HashPassword(owner, password) };
        await store.CreateAsync(workspace, owner, cancellationToken);
        await AuditAsync(owner, "workspace.created", workspace.Name, null, cancellationToken);
        return (owner, await StartSessionAsync(owner, cancellationToken));
    }

    /// <summary>Makes workspace and owner without a browser (the demo). The owner has no password: one-time links only.</summary>
    public async Task<Teammate> CreateOwnerUnattendedAsync(string name, string email, string workspaceName, CancellationToken cancellationToken)
    {
        if (await store.AnyAsync(cancellationToken))
            throw new UserVisibleException(RefusalKind.Conflict, "PB1102", "This install has an owner already.");
        var workspace = new Workspace(new(Ids.New(time)), workspaceName, Plan.Builder, time.GetUtcNow());
        var owner = NewTeammate(workspace.Id, email, name, Role.Owner);
        await store.CreateAsync(workspace, owner, cancellationToken);
        return owner;
    }

    /// <param name="place">The caller's address, for the throttle.</param>
    public async Task<(Teammate Teammate, string Session)> SignInAsync(string email, string password, string place, CancellationToken cancellationToken)
    {
        var address = (email ?? "").Trim().ToLowerInvariant();
        // The throttle remembers addresses: what can be none must not fill its memory.
        if (address.Length > LongestEmail || (password?.Length ?? 0) > LongestPassword)
            throw WrongPassword();
        if (!throttle.TryEnter(address, place))
            throw TooMany();
        var teammate = await store.FindTeammateByEmailAsync(address, cancellationToken);
        // The same work whether the address exists or not: the time it takes must not tell.
        var subject = teammate is { PasswordHash: not null } ? teammate : Nobody;
        var verdict = await throttle.HashAsync(() => _hasher.VerifyHashedPassword(subject, subject.PasswordHash!, password ?? ""), cancellationToken);
        if (teammate is not { PasswordHash: not null } || verdict == PasswordVerificationResult.Failed)
            throw WrongPassword();
        throttle.Succeeded(address, place);
        return (teammate, await StartSessionAsync(teammate, cancellationToken));
    }

    public async Task<(Teammate Teammate, string Session)> SignInWithLinkAsync(string token, CancellationToken cancellationToken)
    {
        var link = await sessions.TakeLinkAsync(Tokens.Hash(token ?? ""), time.GetUtcNow(), cancellationToken);
        if (link is not { Purpose: SignInLinkPurpose.SignIn or SignInLinkPurpose.Invite, Teammate: { } id }
            || await store.FindTeammateAsync(id, cancellationToken) is not { } teammate)
            throw new UserVisibleException(RefusalKind.Forbidden, "PB1101", "This link is used up or out of date. Ask for a new one.");
        return (teammate, await StartSessionAsync(teammate, cancellationToken));
    }

    /// <summary>Chooses a password. Who has one must name it; whoever else was signed in as this teammate is not any more.</summary>
    /// <param name="place">The caller's address, for the throttle: a stolen session must not become a way to guess.</param>
    public async Task SetPasswordAsync(Teammate teammate, string session, string place, string? current, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(teammate);
        new FieldFaults().Password("password", password).ThrowIfAny();
        if (!throttle.TryEnter(teammate.Email, place))
            throw TooMany();
        if (teammate.PasswordHash is { } hash
            && (current is null or { Length: > LongestPassword } || await throttle.HashAsync(() => _hasher.VerifyHashedPassword(teammate, hash, current), cancellationToken) == PasswordVerificationResult.Failed))
            throw new UserVisibleException(RefusalKind.Forbidden, "PB1110", "The current password is wrong. Whoever forgot it asks an admin for a new link.");
        var becomes = await throttle.HashAsync(() => _hasher.HashPassword(teammate, password), cancellationToken);
        // Hashing takes its time: an admin may have reset the password, or ended this session, meanwhile. They win.
        if (!await store.TryChangePasswordAsync(teammate.Id, teammate.PasswordHash, becomes, Tokens.Hash(session), cancellationToken))
            throw new UserVisibleException(RefusalKind.Conflict, "PB1111", "The password was changed or reset meanwhile. Sign in again, then try again.");
        throttle.Succeeded(teammate.Email, place);
        await AuditAsync(teammate, "teammate.password", teammate.Email, null, cancellationToken);
    }

    /// <summary>A new one-time link for a teammate who cannot sign in. It forgets their password at once.</summary>
    public async Task<(Teammate Teammate, string LinkToken)> ResetAsync(Teammate actor, TeammateId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var teammate = await GetTeammateAsync(actor, id, cancellationToken);
        DemandMayGive(actor, teammate.Role);
        if (!await store.TryForgetPasswordAsync(id, cancellationToken))
            throw NoTeammate();
        await AuditAsync(actor, "teammate.reset", teammate.Email, null, cancellationToken);
        return (teammate with { PasswordHash = null }, await LinkAsync(SignInLinkPurpose.Invite, id, InviteLife, cancellationToken));
    }

    /// <summary>The same by whoever runs the server, who needs no role: the only owner may have lost their password.</summary>
    /// <returns>The token of a one-time link.</returns>
    public async Task<string> ResetByOperatorAsync(string email, CancellationToken cancellationToken)
    {
        if (await store.FindTeammateByEmailAsync((email ?? "").Trim(), cancellationToken) is not { } teammate || !await store.TryForgetPasswordAsync(teammate.Id, cancellationToken))
            throw NoTeammate();
        await audit.AppendAsync(new(Ids.New(time), teammate.Workspace, null, time.GetUtcNow(), "operator", "teammate.reset", teammate.Email, null), cancellationToken);
        return await LinkAsync(SignInLinkPurpose.SignIn, teammate.Id, LinkLife, cancellationToken);
    }

    public Task SignOutAsync(string session, CancellationToken cancellationToken) => sessions.DeleteAsync(Tokens.Hash(session), cancellationToken);

    /// <summary>Whose session it is; null if it is unknown or ended.</summary>
    public async Task<Teammate?> FindBySessionAsync(string session, CancellationToken cancellationToken) =>
        await sessions.FindAsync(Tokens.Hash(session), time.GetUtcNow(), cancellationToken) is { } found
            ? await store.FindTeammateAsync(found.Teammate, cancellationToken) : null;

    public async Task<Workspace> GetAsync(WorkspaceId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1105", "This workspace does not exist.");

    /// <summary>Name and subscription; what is null stays.</summary>
    public async Task<Workspace> UpdateAsync(Teammate actor, string? name, Plan? plan, CancellationToken cancellationToken)
    {
        var workspace = await GetAsync(actor.Workspace, cancellationToken);
        if (name is not null)
            new FieldFaults().Name("name", name).ThrowIfAny();
        var changed = workspace with { Name = name?.Trim() ?? workspace.Name, Plan = plan ?? workspace.Plan };
        await store.UpdateAsync(changed, cancellationToken);
        if (changed.Plan != workspace.Plan)
            await AuditAsync(actor, "workspace.plan", changed.Name, changed.Plan.ToString(), cancellationToken);
        return changed;
    }

    public Task<IReadOnlyList<Teammate>> ListTeammatesAsync(WorkspaceId workspace, CancellationToken cancellationToken) => store.ListTeammatesAsync(workspace, cancellationToken);

    public async Task<(Teammate Teammate, string LinkToken)> InviteAsync(Teammate actor, string name, string email, Role role, CancellationToken cancellationToken)
    {
        new FieldFaults().Name("name", name).Email("email", email).ThrowIfAny();
        DemandMayGive(actor, role);
        var teammate = NewTeammate(actor.Workspace, email, name, role);
        if (!await store.TryInsertTeammateAsync(teammate, cancellationToken))
            throw new UserVisibleException(RefusalKind.Conflict, "PB1106", "Somebody with this e-mail address is a teammate already.");
        await AuditAsync(actor, "teammate.invited", teammate.Email, role.ToString(), cancellationToken);
        return (teammate, await LinkAsync(SignInLinkPurpose.Invite, teammate.Id, InviteLife, cancellationToken));
    }

    public async Task<Teammate> ChangeRoleAsync(Teammate actor, TeammateId id, Role role, CancellationToken cancellationToken)
    {
        var teammate = await GetTeammateAsync(actor, id, cancellationToken);
        DemandMayGive(actor, role);
        DemandMayGive(actor, teammate.Role);
        if (!await store.TrySetRoleAsync(id, role, cancellationToken))
            throw LastOwner();
        await AuditAsync(actor, "teammate.role", teammate.Email, role.ToString(), cancellationToken);
        return teammate with { Role = role };
    }

    public async Task RemoveAsync(Teammate actor, TeammateId id, CancellationToken cancellationToken)
    {
        var teammate = await GetTeammateAsync(actor, id, cancellationToken);
        DemandMayGive(actor, teammate.Role);
        if (!await store.TryDeleteTeammateAsync(id, cancellationToken))
            throw LastOwner();
        await AuditAsync(actor, "teammate.removed", teammate.Email, null, cancellationToken);
    }

    private static UserVisibleException WrongPassword() => new(RefusalKind.NeedsPerson, "PB1103", "E-mail address or password is wrong.");

    private static UserVisibleException LastOwner() =>
        new(RefusalKind.Conflict, "PB1107", "A workspace keeps at least one owner. Make somebody else an owner first.");

    private async Task<Teammate> GetTeammateAsync(Teammate actor, TeammateId id, CancellationToken cancellationToken) =>
        await store.FindTeammateAsync(id, cancellationToken) is { } found && found.Workspace == actor.Workspace
            ? found : throw NoTeammate();

    private static UserVisibleException NoTeammate() => new(RefusalKind.NotFound, "PB1108", "This teammate does not exist.");

    private static UserVisibleException TooMany() =>
        new(RefusalKind.TooMany, "PB1104", "Too many wrong passwords for this address. Wait a few minutes, then try again.");

    private static void DemandMayGive(Teammate actor, Role role)
    {
        if (!Enum.IsDefined(role) || role > actor.Role)
            throw new UserVisibleException(RefusalKind.Forbidden, "PB1109", "Only an owner may do this to an owner.");
    }

    private Teammate NewTeammate(WorkspaceId workspace, string email, string name, Role role) => new()
    {
        Id = new(Ids.New(time)), Workspace = workspace, Email = email.Trim().ToLowerInvariant(), Name = name.Trim(), Role = role, CreatedAt = time.GetUtcNow(),
    };

    private async Task<string> LinkAsync(SignInLinkPurpose purpose, TeammateId? teammate, TimeSpan life, CancellationToken cancellationToken)
    {
        var token = Tokens.New();
        await sessions.InsertLinkAsync(new(Tokens.Hash(token), purpose, teammate, time.GetUtcNow() + life), cancellationToken);
        return token;
    }

    private async Task<string> StartSessionAsync(Teammate teammate, CancellationToken cancellationToken)
    {
        var token = Tokens.New();
        var now = time.GetUtcNow();
        await sessions.InsertAsync(new(Tokens.Hash(token), teammate.Id, now, now + SessionLife), cancellationToken);
        await AuditAsync(teammate, "session.started", teammate.Email, null, cancellationToken);
        return token;
    }

    private Task AuditAsync(Teammate actor, string action, string subject, string? detail, CancellationToken cancellationToken) =>
        audit.AppendAsync(new(Ids.New(time), actor.Workspace, null, time.GetUtcNow(), actor.Id.Value, action, subject, detail), cancellationToken);

    // A hash of nothing anyone can type, made once.
    private static readonly Teammate Nobody = MakeNobody();

    private static Teammate MakeNobody()
    {
        var nobody = new Teammate { Id = new(""), Workspace = new(""), Email = "", Name = "", Role = Role.Viewer, CreatedAt = default };
        return nobody with { PasswordHash = new PasswordHasher<Teammate>().HashPassword(nobody, Tokens.New()) };
    }

    internal static bool IsEmail(string? text) =>
        text is { Length: > 2 and <= LongestEmail } && MailAddress.TryCreate(text.Trim(), out var address) && address.Address == text.Trim();
}
