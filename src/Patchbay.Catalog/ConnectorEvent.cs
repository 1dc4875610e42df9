namespace Patchbay.Catalog;

/// <summary>Something that happens at a vendor and may start a flow.</summary>
/// <param name="Id"><c>connector.what_happened</c>, for example <c>slack.message_posted</c>. Never renamed.</param>
/// <param name="Plain">When it happens, completing "Runs when ...".</param>
/// <param name="Arrives">How Patchbay learns of it.</param>
/// <param name="Scopes">What has to be approved for it.</param>
public sealed record ConnectorEvent(string Id, string Plain, Arrival Arrives, IReadOnlyList<string> Scopes);

public enum Arrival
{
    /// <summary>The vendor calls.</summary>
    Webhook,

    /// <summary>Patchbay asks again and again.</summary>
    Polling,
}
