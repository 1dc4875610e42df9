using System.Net;

namespace Patchbay.Catalog;

/// <summary>Which callback addresses a vendor takes for an OAuth client.</summary>
public sealed record RedirectRules
{
    public HttpsRule Https { get; init; } = HttpsRule.ExceptLocalhost;

    /// <summary>Whether <c>localhost</c> and loopback addresses may be called back.</summary>
    public bool Localhost { get; init; } = true;

    /// <summary>Whether a bare IP address may stand in the place of a name (loopback aside).</summary>
    public bool IpAddress { get; init; } = true;

    /// <summary>Why the vendor would refuse the address and what it has to be, or null if it takes it.</summary>
    /// <param name="vendor">As people call it.</param>
    public string? Refusal(Uri callback, string vendor)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var address = callback.GetLeftPart(UriPartial.Authority);
        if (callback.IsLoopback && !Localhost)
            return $"{vendor} takes no address on localhost, and this server's is {address}. It needs a public https address.";
        if (callback.Scheme != Uri.UriSchemeHttps && (Https == HttpsRule.Always || !callback.IsLoopback))
            return $"{vendor} takes https addresses only, and this server's is {address}.";
        if (!callback.IsLoopback && !IpAddress && IPAddress.TryParse(callback.Host.Trim('[', ']'), out _))
            return $"{vendor} takes no bare IP address, and this server's is {address}. It needs a name.";
        return null;
    }
}

public enum HttpsRule
{
    /// <summary>Plain http is taken on localhost only.</summary>
    ExceptLocalhost,

    Always,
}
