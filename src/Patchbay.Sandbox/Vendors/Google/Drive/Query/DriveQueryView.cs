namespace Patchbay.Sandbox.Vendors.Google.Drive.Query;

/// <summary>One file as a query looks at it: with the access rules and the text that only some terms need.</summary>
internal sealed class DriveQueryView(DriveFile file, GoogleCaller caller, DriveAccess access, Func<DriveFile, string> content)
{
    private readonly Lazy<IReadOnlyList<DrivePermission>> permissions = new(() => [.. access.Permissions(file).Select(given => given.Permission)]);
    private readonly Lazy<IReadOnlyList<string>> words = new(() => DriveWords.Of($"{file.Name}\n{file.Description}\n{file.IndexableText}\n{content(file)}"));

    public DriveFile File => file;

    public GoogleCaller Caller => caller;

    public bool Trashed => access.IsTrashed(file);

    public bool Starred => file.StarredBy.Contains(caller.Account.Id);

    public DateTimeOffset? Viewed => file.ViewedBy.TryGetValue(caller.Account.Id, out var at) ? at : null;

    /// <summary>Given to the caller on the file itself, by somebody else.</summary>
    public DrivePermission? SharedWithMe => file.Owner == caller.Account.Id ? null
        : file.Permissions.FirstOrDefault(permission => string.Equals(permission.Email, caller.Account.Email, StringComparison.OrdinalIgnoreCase));

    public string Visibility
    {
        get
        {
            var wide = permissions.Value.FirstOrDefault(permission => permission.Type == "anyone") ?? permissions.Value.FirstOrDefault(permission => permission.Type == "domain");
            return wide is null ? "limited" : wide.Type + (wide.Discoverable ? "CanFind" : "WithLink");
        }
    }

    /// <summary>Lower-case words of its name, description and content, in order.</summary>
    public IReadOnlyList<string> Words => words.Value;

    public bool Has(string email, DriveRole least, DriveRole most) =>
        permissions.Value.Any(permission => permission.Role >= least && permission.Role <= most && string.Equals(permission.Email, email, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Text as Drive searches it: runs of letters and digits.</summary>
internal static class DriveWords
{
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && char.IsLetterOrDigit(text[index]))
            {
                if (start < 0)
                    start = index;
            }
            else if (start >= 0)
            {
                words.Add(text[start..index].ToLowerInvariant());
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Every word of the search begins a word of the name.</summary>
    public static bool NameContains(string name, string search)
    {
        var (having, wanted) = (Of(name), Of(search));
        return wanted.Count == 0 ? name.Contains(search, StringComparison.OrdinalIgnoreCase)
            : wanted.All(word => having.Any(have => have.StartsWith(word, StringComparison.Ordinal)));
    }

    /// <summary>Every word stands in the text; between double quotes, one after the other.</summary>
    public static bool TextContains(IReadOnlyList<string> having, string search)
    {
        var wanted = Of(search);
        if (search.Trim() is not ['"', .., '"'])
            return wanted.All(having.Contains);
        for (var start = 0; start + wanted.Count <= having.Count; start++)
        {
            if (wanted.Select((word, index) => having[start + index] == word).All(same => same))
                return true;
        }

        return wanted.Count == 0;
    }
}
