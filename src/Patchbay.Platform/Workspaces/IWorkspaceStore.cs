namespace Patchbay.Platform.Workspaces;

public interface IWorkspaceStore
{
    /// <summary>True once a first owner exists.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    Task<Workspace?> FindAsync(WorkspaceId id, CancellationToken cancellationToken);

    /// <summary>Both rows or neither.</summary>
    Task CreateAsync(Workspace workspace, Teammate owner, CancellationToken cancellationToken);

    Task UpdateAsync(Workspace workspace, CancellationToken cancellationToken);

    Task<IReadOnlyList<Teammate>> ListTeammatesAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    Task<Teammate?> FindTeammateAsync(TeammateId id, CancellationToken cancellationToken);

    Task<Teammate?> FindTeammateByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>False if the e-mail address is taken.</summary>
    Task<bool> TryInsertTeammateAsync(Teammate teammate, CancellationToken cancellationToken);

    /// <summary>Saves name, role and password. False (and nothing written) if that would leave the workspace without an owner.</summary>
    Task<bool> TryUpdateTeammateAsync(Teammate teammate, CancellationToken cancellationToken);

    /// <summary>Removes the teammate and their sessions. False if that would leave the workspace without an owner.</summary>
    Task<bool> TryDeleteTeammateAsync(TeammateId id, CancellationToken cancellationToken);
}

public interface ISessionStore
{
    Task InsertAsync(Session session, CancellationToken cancellationToken);

    /// <summary>Null if unknown or ended.</summary>
    Task<Session?> FindAsync(string tokenHash, DateTimeOffset now, CancellationToken cancellationToken);

    Task DeleteAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Ends every session and link of the teammate but one session.</summary>
    Task DeleteOthersAsync(TeammateId teammate, string keptTokenHash, CancellationToken cancellationToken);

    Task InsertLinkAsync(SignInLink link, CancellationToken cancellationToken);

    /// <summary>Reads and deletes in one statement; null if unknown, used or ended.</summary>
    Task<SignInLink?> TakeLinkAsync(string tokenHash, DateTimeOffset now, CancellationToken cancellationToken);
}
