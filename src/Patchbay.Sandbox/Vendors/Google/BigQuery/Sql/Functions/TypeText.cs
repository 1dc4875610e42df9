namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;

/// <summary>Types as text that functions below can be given, and back.</summary>
internal static class TypeText
{
    public static string Of(SqlType type) => type.ToString();

    public static SqlType Parse(string text) => new TypeParser(new Cursor(new SqlText(text))).Parse();
}
