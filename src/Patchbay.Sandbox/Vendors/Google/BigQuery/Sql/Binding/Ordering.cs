namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>One item of an ORDER BY for the engine below, which sorts NULL first as BigQuery does.</summary>
internal static class Ordering
{
    public static string Of(ExpressionBinder binder, OrderItem item) => Key(binder, binder.Bind(item.Of), item) + Direction(item);

    public static string Key(ExpressionBinder binder, Bound bound, OrderItem item) => bound.Type.IsNested
        ? throw binder.Source.Error($"ORDER BY does not support expressions of type {bound.Type}", item.Of.At)
        : bound.Sql;

    public static string Direction(OrderItem item) =>
        (item.Descending ? " DESC" : "") + item.NullsFirst switch { true => " NULLS FIRST", false => " NULLS LAST", null => "" };
}
