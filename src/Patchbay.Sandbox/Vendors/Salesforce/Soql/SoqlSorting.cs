namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Stable sorting with a place for what is empty: first, unless the query says last.</summary>
internal static class SoqlSorting
{
    private static readonly Comparer<object?> Values = Comparer<object?>.Create(SoqlValues.Compare);

    public static IOrderedEnumerable<T> By<T>(IEnumerable<T> rows, SoqlOrder order, Func<T, object?> key)
    {
        var byEmptiness = rows.OrderBy(row => key(row) is null == order.NullsLast);
        return order.Descending ? byEmptiness.ThenByDescending(key, Values) : byEmptiness.ThenBy(key, Values);
    }
}
