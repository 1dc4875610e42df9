using Patchbay.Platform.Functions;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

internal static class FunctionRows
{
    public static Args Of(FunctionVersion v) => new()
    {
        { "app", v.App }, { "name", v.Name }, { "version", v.Version }, { "entry", v.Entry }, { "files", JsonText.Of(v.Files) }, { "bundle", v.Bundle },
        { "source_map", v.SourceMap }, { "operations", v.Operations }, { "author", v.Author }, { "message", v.Message }, { "created_at", v.CreatedAt },
    };

    public static FunctionVersion To(Row r) => new()
    {
        App = new(r.Text("app")),
        Name = r.Text("name"),
        Version = r.Int("version"),
        Entry = r.Text("entry"),
        Files = JsonText.Read<Dictionary<string, string>>(r.Text("files")),
        Bundle = r.Text("bundle"),
        SourceMap = r.TextOrNull("source_map"),
        Operations = r.List("operations"),
        Author = r.Text("author"),
        Message = r.TextOrNull("message"),
        CreatedAt = r.Time("created_at"),
    };

    /// <summary>False if one of the numbers is taken; what was inserted before it stays for the transaction to undo.</summary>
    public static async Task<bool> TryInsertAsync(DbSession s, IReadOnlyList<FunctionVersion> versions) =>
        await s.InsertAsync("functions", [.. versions.Select(Of)], "ON CONFLICT DO NOTHING") == versions.Count;
}
