using System.Collections.Concurrent;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.OAuth;

/// <summary>
/// Consent pages that are open in some browser. The id in the page's form is unguessable, works once and
/// for one vendor, and so is the form's own protection against being posted by another site.
/// </summary>
/// <remarks>In memory: after a restart a person opens the page again. Bounded by age and by <see cref="Most"/>.</remarks>
internal sealed class PendingConsents(TimeProvider time)
{
    private const int Most = 2000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, PendingConsent> open = new();

    public string Add(PendingConsent consent)
    {
        var now = time.GetUtcNow();
        foreach (var (key, old) in open)
        {
            if (old.OpenedAt + Lifetime < now || open.Count >= Most)
                open.TryRemove(key, out _);
        }

        var id = Secrets.New("page-");
        open[id] = consent with { OpenedAt = now };
        return id;
    }

    /// <summary>Gives the request once; null when unknown, too old, used, or another vendor's.</summary>
    public PendingConsent? Take(string? id, string vendor) =>
        id is not null && open.TryGetValue(id, out var consent) && consent.Vendor == vendor
        && open.TryRemove(id, out _) && consent.OpenedAt + Lifetime >= time.GetUtcNow()
            ? consent
            : null;
}

/// <summary>A checked authorization request, waiting for a person.</summary>
internal sealed record PendingConsent
{
    public required string Vendor { get; init; }
    public required OAuthClient Client { get; init; }
    public required string RedirectUri { get; init; }
    public string? State { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public IReadOnlyList<string> UserScopes { get; init; } = [];
    public string? Challenge { get; init; }
    public string? Nonce { get; init; }
    public bool Offline { get; init; }
    public bool AskAgain { get; init; }
    public bool IncludeGranted { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
}
