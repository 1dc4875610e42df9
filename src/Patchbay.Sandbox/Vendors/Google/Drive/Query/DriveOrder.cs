using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Query;

/// <summary>orderBy: keys in order of weight, each ascending unless followed by "desc".</summary>
internal sealed class DriveOrder
{
    private static readonly StringComparer Natural = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);

    private readonly List<Comparison<DriveQueryView>> keys = [];

    /// <summary>Null when a key is unknown. Without keys the newest modification comes first.</summary>
    public static DriveOrder? Parse(string text)
    {
        var order = new DriveOrder();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is < 1 or > 2 || (words.Length == 2 && words[1] is not ("desc" or "asc")) || Key(words[0]) is not { } key)
                return null;
            order.keys.Add(words is [_, "desc"] ? (a, b) => key(b, a) : key);
        }

        if (order.keys.Count == 0)
            order.keys.Add((a, b) => b.File.Modified.CompareTo(a.File.Modified));
        return order;
    }

    public IReadOnlyList<DriveQueryView> Sort(List<DriveQueryView> views)
    {
        views.Sort((a, b) =>
        {
            foreach (var key in keys)
            {
                if (key(a, b) is not 0 and var difference)
                    return difference;
            }

            // Pages must not overlap: equal files still have one order.
            return string.CompareOrdinal(a.File.Id, b.File.Id);
        });
        return views;
    }

    private static Comparison<DriveQueryView>? Key(string name) => name switch
    {
        "name" => (a, b) => StringComparer.OrdinalIgnoreCase.Compare(a.File.Name, b.File.Name),
        "name_natural" => (a, b) => Natural.Compare(a.File.Name, b.File.Name),
        "folder" => (a, b) => b.File.IsFolder.CompareTo(a.File.IsFolder),
        "createdTime" => (a, b) => a.File.Created.CompareTo(b.File.Created),
        "modifiedTime" => (a, b) => a.File.Modified.CompareTo(b.File.Modified),
        "modifiedByMeTime" => (a, b) => Mine(a).CompareTo(Mine(b)),
        "viewedByMeTime" => (a, b) => Nullable.Compare(a.Viewed, b.Viewed),
        "sharedWithMeTime" => (a, b) => Nullable.Compare(a.SharedWithMe?.Since, b.SharedWithMe?.Since),
        "recency" => (a, b) => Recent(a).CompareTo(Recent(b)),
        "quotaBytesUsed" => (a, b) => a.File.Size.CompareTo(b.File.Size),
        "starred" => (a, b) => b.Starred.CompareTo(a.Starred),
        _ => null,
    };

    private static DateTimeOffset Mine(DriveQueryView view) => view.File.ModifiedBy == view.Caller.Account.Id ? view.File.Modified : default;

    private static DateTimeOffset Recent(DriveQueryView view) => view.Viewed > view.File.Modified ? view.Viewed.Value : view.File.Modified;
}
