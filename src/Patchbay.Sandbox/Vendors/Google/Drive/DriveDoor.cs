namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>Opens a Drive file for a product's call, or refuses in the words that Docs, Sheets and Slides share.</summary>
internal sealed class DriveDoor(DriveFiles files, TimeProvider time)
{
    public static GoogleAnswer Forbidden { get; } =
        GoogleAnswer.Error(403, "The caller does not have permission", "forbidden", "PERMISSION_DENIED");

    /// <summary>The file when it is of the product's type and the caller has at least a role on it.</summary>
    /// <param name="caller">Account, app and scopes.</param>
    /// <param name="id">Of the document.</param>
    /// <param name="mimeType">The product's type.</param>
    /// <param name="needed">Reader to look, Writer to change.</param>
    /// <param name="whole">Scopes with which the product's method reaches every document of the account, such as "spreadsheets".</param>
    public (DriveFile? File, GoogleAnswer? Refusal) Open(GoogleCaller caller, string id, string mimeType, DriveRole needed, IReadOnlyList<string> whole)
    {
        var access = new DriveAccess(files.Get, time.GetUtcNow());
        if (files.Get(id) is not { } file)
            return (null, GoogleAnswer.NotFound);
        if (!DriveAccess.Given(caller, file, whole))
            return (null, GoogleAnswer.NotFound);
        if (access.Role(caller.Account, file) < needed)
            return (null, Forbidden);
        return file.MimeType == mimeType
            ? (file, null)
            : (null, GoogleAnswer.Error(400, "This operation is not supported for this document", "failedPrecondition", "FAILED_PRECONDITION"));
    }
}
