namespace Patchbay.Vault.Egress.Doors;

/// <summary>Where a CONNECT led: set once per connection, before its first request is read.</summary>
/// <param name="Host">Normalised.</param>
internal sealed record Tunnel(string Host, int Port, bool Tls)
{
    public static Tunnel? Of(IDictionary<object, object?> items) => items.TryGetValue(typeof(Tunnel), out var tunnel) ? tunnel as Tunnel : null;
}
