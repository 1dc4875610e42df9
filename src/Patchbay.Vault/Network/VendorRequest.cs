using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Network;

/// <summary>A request to a vendor, together with the secrets it carries: each client checks them against its realm
/// before a byte leaves.</summary>
/// <param name="Message">With an absolute <c>https</c> address, also for the sandbox (its client rewrites it).</param>
internal sealed record VendorRequest(HttpRequestMessage Message, params SecretText[] Secrets) : IDisposable
{
    public void Dispose() => Message.Dispose();

    public override string ToString() => $"{Message.Method} {Message.RequestUri?.Host}";
}

/// <summary>A way out that may carry credentials of one realm only.</summary>
internal interface IVendorClient : IDisposable
{
    /// <summary>Returns as soon as the reply's head is there; never follows a redirect.</summary>
    /// <exception cref="RealmViolationException">A secret of the other realm: nothing was sent.</exception>
    /// <exception cref="AddressRefusedException">The host is not a public one.</exception>
    /// <exception cref="HttpRequestException">No reply.</exception>
    Task<HttpResponseMessage> SendAsync(VendorRequest request, CancellationToken cancellationToken);
}

/// <summary>A credential was about to meet the other realm. Its message carries no secret.</summary>
internal sealed class RealmViolationException(string message) : Exception(message);

/// <summary>The host's address is not one a vendor can have.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
