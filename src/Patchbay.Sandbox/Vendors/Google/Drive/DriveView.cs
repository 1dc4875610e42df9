namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>What one look at /world/drive shows.</summary>
/// <param name="Account">Seen as whom.</param>
/// <param name="Folder">The open folder.</param>
/// <param name="Place">Empty for folders; shared, starred or trash.</param>
/// <param name="All">Every file there is.</param>
/// <param name="Access">Rules over them.</param>
internal sealed record DriveView(GoogleAccount Account, DriveFile Folder, string Place, IReadOnlyList<DriveFile> All, DriveAccess Access)
{
    /// <summary>Folders first, then by name; elsewhere the newest change first.</summary>
    public IEnumerable<DriveFile> Files()
    {
        var seen = All.Where(file => file.Parent is not null && Access.Listed(Account, file));
        return Place switch
        {
            "shared" => seen.Where(file => file.Owner != Account.Id && !Access.IsTrashed(file) && file.Permissions.Any(given => string.Equals(given.Email, Account.Email, StringComparison.OrdinalIgnoreCase))).OrderByDescending(file => file.Modified),
            "starred" => seen.Where(file => file.StarredBy.Contains(Account.Id) && !Access.IsTrashed(file)).OrderByDescending(file => file.Modified),
            "trash" => seen.Where(file => file.Trashed && file.Owner == Account.Id).OrderByDescending(file => file.TrashedAt),
            _ => seen.Where(file => file.Parent == Folder.Id && (!Access.IsTrashed(file) || Access.IsTrashed(Folder))).OrderByDescending(file => file.IsFolder).ThenBy(file => file.Name, StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>The folders above the open one that this account sees, outermost first.</summary>
    public IEnumerable<DriveFile> Path() => Access.Above(Folder).Where(Visible).Reverse();

    /// <summary>The folder a file is in, or one's own root when that folder is somebody else's.</summary>
    public DriveFile Above(DriveFile file) => Access.Above(file).FirstOrDefault(Visible) ?? All.First(root => root.Id == DriveFiles.RootId(Account));

    public bool MayWrite(DriveFile file) => Access.Role(Account, file) >= DriveRole.Writer && !Access.IsTrashed(file);

    public string Link(DriveFile file) => $"/world/drive?account={Uri.EscapeDataString(Account.Email)}&file={Uri.EscapeDataString(file.Id)}";

    public string Link(string place) => $"/world/drive?account={Uri.EscapeDataString(Account.Email)}&place={place}";

    private bool Visible(DriveFile file) => Access.Role(Account, file) > DriveRole.None;
}
