using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>BYTES, kept as hexadecimal text: its order is that of the bytes, and it fits into lists.</summary>
internal static class BytesFunctions
{
    public static void AddTo(FunctionLibrary to)
    {
        to.Add("byte_length", a => ((string)a[0]!).Length / 2L);
        to.Add("to_hex", a => a[0]);
        to.Add("from_hex", a => Read(() => Convert.FromHexString(((string)a[0]!).Length % 2 == 1 ? "0" + a[0] : (string)a[0]!), "Failed to decode invalid hexadecimal string"));
        to.Add("to_base64", a => Convert.ToBase64String(Convert.FromHexString((string)a[0]!)));
        to.Add("from_base64", a => Read(() => Convert.FromBase64String((string)a[0]!), "Failed to decode invalid base64 string"));
        to.Add("safe_utf8", a => Encoding.UTF8.GetString(Convert.FromHexString((string)a[0]!)));
#pragma warning disable CA5350, CA5351 // GoogleSQL has these functions; nothing here relies on them.
        Hash(to, "md5", MD5.HashData);
        Hash(to, "sha1", SHA1.HashData);
#pragma warning restore CA5350, CA5351
        Hash(to, "sha256", SHA256.HashData);
        Hash(to, "sha512", SHA512.HashData);
    }

    private static void Hash(FunctionLibrary to, string name, Func<byte[], byte[]> hash)
    {
        to.Add(name, a => Convert.ToHexStringLower(hash(Convert.FromHexString((string)a[0]!))));
        to.Add(name + "s", a => Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes((string)a[0]!))));
    }

    private static string Read(Func<byte[]> read, string refusal)
    {
        try
        {
            return Convert.ToHexStringLower(read());
        }
        catch (FormatException)
        {
            throw new SqlError(refusal);
        }
    }
}
