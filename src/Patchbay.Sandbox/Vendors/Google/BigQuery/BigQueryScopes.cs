namespace Patchbay.Sandbox.Vendors.Google.BigQuery;

/// <summary>Which scopes a method accepts; any one is enough.</summary>
internal static class BigQueryScopes
{
    public const string ReadOnly = GoogleScopes.Prefix + "bigquery.readonly";
    public const string Full = GoogleScopes.Prefix + "bigquery";
    public const string InsertData = GoogleScopes.Prefix + "bigquery.insertdata";
    public const string Cloud = GoogleScopes.Prefix + "cloud-platform";
    public const string CloudReadOnly = GoogleScopes.Prefix + "cloud-platform.read-only";

    /// <summary>Google's reference leaves out bigquery.readonly here; it works all the same.</summary>
    public static readonly string[] Read = [Full, Cloud, ReadOnly, CloudReadOnly];

    /// <summary>jobs.insert too: a token that may only read queries with jobs.query.</summary>
    public static readonly string[] Write = [Full, Cloud];
    public static readonly string[] Insert = [Full, InsertData, Cloud];
}
