namespace Patchbay.Sandbox.OAuth;

/// <summary>What a vendor keeps for (client, account or team): the thing that revoking ends and that scopes add up in.</summary>
internal sealed record Grant
{
    public required string Vendor { get; init; }
    public required string ClientId { get; init; }

    /// <summary>Who granted, in the vendor's own terms: a Google account id, a Slack team, a Slack "team/user".</summary>
    public required string Subject { get; init; }

    /// <summary>Counts the lives of this grant. A token of an earlier life stays dead after a new consent.</summary>
    public required int Serial { get; init; }

    /// <summary>Everything granted so far in this life.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>A refresh token was handed out in this life (Google gives it on the first consent only).</summary>
    public bool Offline { get; init; }

    public bool Ended { get; init; }

    public string Key => KeyOf(Vendor, ClientId, Subject);

    public static string KeyOf(string vendor, string clientId, string subject) => $"{vendor}\n{clientId}\n{subject}";
}
