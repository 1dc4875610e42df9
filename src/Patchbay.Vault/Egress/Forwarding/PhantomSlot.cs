using Microsoft.AspNetCore.Http;
using Patchbay.Catalog;
using Patchbay.Vault.Egress.Doors;

namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>Finds the one phantom of a request.</summary>
internal static class PhantomSlot
{
    private static readonly EgressError Misplaced = new(400, "PB2210", "The connection's token stands where it does not belong. Send it only as the connector's documentation says (usually: Authorization: Bearer token).");
    private static readonly EgressError Foreign = new(403, "PB2211", "That token does not belong to this function process. Call getConnection again and use its token at once; do not store it.");

    /// <summary>Both null: the request has no phantom. It is in its slot only if it is the whole of it: one field, one
    /// value, in the declared format, and nowhere else in the request's head.</summary>
    public static (AllowedConnection? Found, EgressError? Error) Find(string target, IHeaderDictionary headers, Phantoms phantoms, Func<string, Connector?> connector)
    {
        if (RequestTarget.HasPhantom(target))
            return (null, Misplaced);
        string? phantom = null, field = null;
        foreach (var header in headers)
        {
            if (Phantoms.Contains(header.Key))
                return (null, Misplaced);
            foreach (var found in header.Value.SelectMany(v => Phantoms.FindAll(v ?? "")))
            {
                if (phantom is not null)
                    return (null, Misplaced);
                (phantom, field) = (found, header.Key);
            }
        }
        if (phantom is null)
            return (null, null);
        if (phantoms.Find(phantom) is not { } connection || connector(connection.Connector) is not { } known)
            return (null, Foreign);
        var values = headers[field!];
        return field!.Equals(known.Slot.Header, StringComparison.OrdinalIgnoreCase) && values.Count == 1 && IsFormat(known.Slot.Format, values[0]!, phantom)
            ? (connection, null)
            : (null, Misplaced);
    }

    /// <summary>The text around the token is an authentication scheme, whose case does not matter (RFC 9110 §11.1).</summary>
    private static bool IsFormat(string format, string value, string phantom)
    {
        var at = format.IndexOf("{token}", StringComparison.Ordinal);
        var (before, after) = (format[..at], format[(at + "{token}".Length)..]);
        return value.Length == before.Length + phantom.Length + after.Length
            && value.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            && value.AsSpan(before.Length, phantom.Length).SequenceEqual(phantom)
            && value.EndsWith(after, StringComparison.OrdinalIgnoreCase);
    }
}
