namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>The Notion-Version header. Every call needs one; it decides what databases are and how trash is called.</summary>
/// <param name="Date">As sent.</param>
internal sealed record NotionVersion(string Date)
{
    private static readonly string[] Known = ["2021-05-11", "2021-05-13", "2021-08-16", "2022-02-22", "2022-06-28", "2025-09-03", "2026-03-11"];

    /// <summary>Databases hold data sources, which hold rows and columns. Before, a database was both.</summary>
    public bool HasSources => string.CompareOrdinal(Date, "2025-09-03") >= 0;

    /// <summary>"archived" and "after" are gone, for "in_trash" and "position".</summary>
    public bool SaysTrash => string.CompareOrdinal(Date, "2026-03-11") >= 0;

    /// <exception cref="NotionRefusal">There is no header, or it names no version.</exception>
    public static NotionVersion Read(HttpRequest request)
    {
        var date = request.Headers["Notion-Version"].ToString();
        if (date.Length == 0)
            throw new NotionRefusal(400, "missing_version", "Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.");
        if (!Known.Contains(date))
            throw NotionRefusal.Validation($"Notion-Version header failed validation: Notion-Version header should be {string.Join(", ", Known.Select(known => $"`\"{known}\"`"))}, instead was `\"{date}\"`.");
        return new NotionVersion(date);
    }
}
