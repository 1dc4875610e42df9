using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>Which header fields travel on.</summary>
internal static class HeaderRules
{
    /// <summary>Names a run's ticket on the way in; never travels on.</summary>
    public const string RunTicket = "X-Patchbay-Run";

    /// <summary>RFC 9110 §7.6.1: fields of one connection, and those that say who is behind it.</summary>
    private static readonly FrozenSet<string> OfTheConnection = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "HTTP2-Settings");

    private static readonly FrozenSet<string> NotForVendors = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Host", "Content-Length", "Accept-Encoding", "Forwarded", "Via", RunTicket);

    /// <summary>With these some vendors perform another method than the one the approval was checked for.</summary>
    public static readonly IReadOnlyList<string> MethodOverrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    public static IEnumerable<KeyValuePair<string, StringValues>> ForVendor(IHeaderDictionary headers)
    {
        var named = Named(headers.Connection);
        return headers.Where(h => !OfTheConnection.Contains(h.Key) && !NotForVendors.Contains(h.Key) && !named.Contains(h.Key)
            && !h.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));
    }

    public static IEnumerable<KeyValuePair<string, IEnumerable<string>>> ForFunction(HttpResponseMessage reply)
    {
        // Not validated: values go on as they came, not as .NET would write them.
        var all = reply.Headers.NonValidated.Concat(reply.Content.Headers.NonValidated).ToList();
        var named = Named(new StringValues([.. all.Where(h => h.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase)).SelectMany(h => h.Value)]));
        return all.Where(h => !OfTheConnection.Contains(h.Key) && !named.Contains(h.Key)).Select(h => KeyValuePair.Create(h.Key, (IEnumerable<string>)h.Value));
    }

    private static HashSet<string> Named(StringValues connection) =>
        connection.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
