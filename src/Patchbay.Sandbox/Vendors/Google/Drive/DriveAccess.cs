namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>
/// Who may do what with a file. Two things must both allow it: the account's role (its own permission on the file or on a
/// folder above, its domain's, or anyone's), and the app's scope (all files, or with drive.file only those it made or was given).
/// </summary>
/// <param name="find">Finds a file by id: the store for one file, a loaded list for many.</param>
/// <param name="now">Permissions end.</param>
internal sealed class DriveAccess(Func<string, DriveFile?> find, DateTimeOffset now)
{
    private const int DeepestFolder = 100;

    /// <summary>The account's role on the file itself, through folders, by domain or by link.</summary>
    public DriveRole Role(GoogleAccount account, DriveFile file) =>
        Permissions(file).Where(given => Reaches(given.Permission, account)).Select(given => given.Permission.Role).DefaultIfEmpty().Max();

    /// <summary>
    /// The permissions in force, the strongest for each id, and whether one comes from a folder above. The owner of a folder
    /// may write the files that others put into it.
    /// </summary>
    public IReadOnlyList<(DrivePermission Permission, bool Inherited)> Permissions(DriveFile file)
    {
        var all = new Dictionary<string, (DrivePermission Permission, bool Inherited)>();
        foreach (var permission in file.Permissions.Where(permission => !(permission.Expires <= now)))
            all[permission.Id] = (permission, false);
        // A root is never shared.
        foreach (var above in Above(file).Where(above => above.Parent is not null))
        {
            foreach (var permission in above.Permissions.Where(permission => !(permission.Expires <= now)))
            {
                var given = permission.Role == DriveRole.Owner ? permission with { Role = DriveRole.Writer } : permission;
                if (!all.TryGetValue(permission.Id, out var known) || known.Permission.Role < given.Role)
                    all[permission.Id] = (given, true);
            }
        }

        return [.. all.Values];
    }

    /// <summary>The file is there for this caller at all: by role, and by the scope of the app.</summary>
    /// <param name="caller">Account, app and scopes.</param>
    /// <param name="file">Which.</param>
    /// <param name="whole">Scopes with which the called method reaches every file of the account.</param>
    public bool Sees(GoogleCaller caller, DriveFile file, IReadOnlyList<string> whole) =>
        Role(caller.Account, file) > DriveRole.None && Given(caller, file, whole);

    /// <summary>The scope reaches the file: all files, or this app was given this one for this account.</summary>
    public static bool Given(GoogleCaller caller, DriveFile file, IReadOnlyList<string> whole) =>
        whole.Any(caller.Scopes.Contains) || file.Apps.Contains(new DriveApp(caller.ClientId, caller.Account.Id));

    /// <summary>Shows up in lists: what one owns or was given by name or findably, and what one opened by its link.</summary>
    public bool Listed(GoogleAccount account, DriveFile file) =>
        Permissions(file).Any(given => Reaches(given.Permission, account)
            && (given.Permission.Type is "user" or "group" || given.Permission.Discoverable || file.ViewedBy.ContainsKey(account.Id)));

    /// <summary>By itself or because of a folder above.</summary>
    public bool IsTrashed(DriveFile file) => file.Trashed || Above(file).Any(above => above.Trashed);

    /// <summary>The folders above, nearest first.</summary>
    public IEnumerable<DriveFile> Above(DriveFile file)
    {
        var current = file;
        for (var depth = 0; depth < DeepestFolder && current.Parent is { } id && find(id) is { } parent; depth++)
        {
            yield return parent;
            current = parent;
        }
    }

    private static bool Reaches(DrivePermission permission, GoogleAccount account) => permission.Type switch
    {
        "anyone" => true,
        "domain" => account.Email.EndsWith("@" + permission.Domain, StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(permission.Email, account.Email, StringComparison.OrdinalIgnoreCase),
    };
}
