using System.Security.Cryptography;
using System.Text;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

internal static class Etags
{
    public static string Of(string key, long modified, long revision = 0) =>
        Secrets.Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{key}/{modified}/{revision}"))).AsSpan(0, 16)) + "==";

    /// <summary>If-Match names the state the caller has seen; a change since is refused.</summary>
    public static void Demand(BigQueryCall call, string etag)
    {
        if (call.Context.Request.Headers.IfMatch is [{ Length: > 0 } wanted] && wanted != "*" && wanted.Trim('"') != etag)
            throw new Sql.SqlError("Precondition check failed.", "conditionNotMet");
    }
}
