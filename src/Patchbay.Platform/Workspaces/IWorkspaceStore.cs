namespace Patchbay.Platform.Workspaces;

public interface IWorkspaceStore
{
    /// <summary>True once a first owner exists.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Every workspace of the install, by id.</summary>
    Task<IReadOnlyList<Workspace>> ListAsync(CancellationToken cancellationToken);

    Task<Workspace?> FindAsync(WorkspaceId id, CancellationToken cancellationToken);

    /// <summary>Both rows or neither.</summary>
    Task CreateAsync(Workspace workspace, Teammate owner, CancellationToken cancellationToken);

    Task UpdateAsync(Workspace workspace, CancellationToken cancellationToken);

    Task<IReadOnlyList<Teammate>> ListTeammatesAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    Task<Teammate?> FindTeammateAsync(TeammateId id, CancellationToken cancellationToken);

    Task<Teammate?> FindTeammateByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>False if the e-mail address is taken.</summary>
    Task<bool> TryInsertTeammateAsync(Teammate teammate, CancellationToken cancellationToken);

    /// <summary>Saves the role and nothing else. False (and nothing written) if that would leave the workspace without an owner.</summary>
    Task<bool> TrySetRoleAsync(TeammateId id, Role role, CancellationToken cancellationToken);

    /// <summary>Saves the password if it is still <paramref name="was"/> and the session still lives, and ends the teammate's
    /// other sessions and their links; all in one transaction.</summary>
    /// <param name="was">The hash that was checked; null if there was none.</param>
    /// <returns>False, and nothing written: password or session were taken away meanwhile.</returns>
    Task<bool> TryChangePasswordAsync(TeammateId id, string? was, string becomes, string sessionHash, CancellationToken cancellationToken);

    /// <summary>Forgets the password and ends every session and link of the teammate, in one transaction. False if there is no such teammate.</summary>
    Task<bool> TryForgetPasswordAsync(TeammateId id, CancellationToken cancellationToken);

    /// <summary>Removes the teammate and their sessions. False if that would leave the workspace without an owner.</summary>
    Task<bool> TryDeleteTeammateAsync(TeammateId id, CancellationToken cancellationToken);
}

public interface ISessionStore
{
    Task InsertAsync(Session session, CancellationToken cancellationToken);

    /// <summary>Null if unknown or ended.</summary>
    Task<Session?> FindAsync(string tokenHash, DateTimeOffset now, CancellationToken cancellationToken);

    Task DeleteAsync(string tokenHash, CancellationToken cancellationToken);

    Task InsertLinkAsync(SignInLink link, CancellationToken cancellationToken);

    /// <summary>Reads and deletes in one statement; null if unknown, used or ended.</summary>
    Task<SignInLink?> TakeLinkAsync(string tokenHash, DateTimeOffset now, CancellationToken cancellationToken);
}
