using System.Globalization;
using System.Text.Json;

namespace Patchbay.Sandbox.State;

/// <summary>
/// Documents of one kind, each with an id, a parent it is listed under and a sort key (ordinal order).
/// </summary>
/// <param name="store">Where they live.</param>
/// <param name="kind">Stable name, "vendor.thing". Never rename: it is stored.</param>
internal sealed class Collection<T>(Store store, string kind)
    where T : class
{
    private const string EndOfText = "\u007f";

    public T? Get(string id) =>
        store.Read("select body from doc where kind = $0 and id = $1", kind, id) is [var body] ? Parse(body) : null;

    /// <summary>Creates or replaces. <paramref name="sort"/> must be ASCII; it is compared byte by byte.</summary>
    public void Put(string id, T value, string parent = "", string sort = "") =>
        store.Execute(
            "insert into doc (kind, id, parent, sort, body) values ($0, $1, $2, $3, $4) "
            + "on conflict (kind, id) do update set parent = excluded.parent, sort = excluded.sort, body = excluded.body",
            kind, id, parent, sort, JsonSerializer.Serialize(value, StoreJson.Options));

    public bool Delete(string id) =>
        store.Execute("delete from doc where kind = $0 and id = $1", kind, id) > 0;

    public void Clear() => store.Execute("delete from doc where kind = $0", kind);

    /// <summary>Documents under <paramref name="parent"/>, from (inclusive) to (exclusive) by sort key.</summary>
    public List<T> List(string parent = "", string from = "", string to = EndOfText, int limit = int.MaxValue, bool newestFirst = false) =>
        store.Read(
            newestFirst
                ? "select body from doc where kind = $0 and parent = $1 and sort >= $2 and sort < $3 order by sort desc, id desc limit cast($4 as integer)"
                : "select body from doc where kind = $0 and parent = $1 and sort >= $2 and sort < $3 order by sort, id limit cast($4 as integer)",
            kind, parent, from, to, limit.ToString(CultureInfo.InvariantCulture)).ConvertAll(Parse);

    /// <summary>Documents under a parent and under the parents below it ("parent/..."), by sort key.</summary>
    public List<T> ListDeep(string parent) =>
        // '0' is the character after '/': the range holds exactly what begins with the parent and a slash.
        store.Read("select body from doc where kind = $0 and (parent = $1 or (parent >= $2 and parent < $3)) order by sort, id",
            kind, parent, parent + "/", parent + "0").ConvertAll(Parse);

    public int Count(string parent) =>
        int.Parse(store.Read("select cast(count(*) as text) from doc where kind = $0 and parent = $1", kind, parent)[0], CultureInfo.InvariantCulture);

    public bool Any() => store.Read("select id from doc where kind = $0 limit 1", kind).Count > 0;

    /// <summary>Removes what has a sort key before a bound; documents without one stay.</summary>
    public void DeleteBefore(string sort) => store.Execute("delete from doc where kind = $0 and sort > '' and sort < $1", kind, sort);

    private static T Parse(string body) =>
        JsonSerializer.Deserialize<T>(body, StoreJson.Options) ?? throw new InvalidDataException("A stored document is null.");
}
