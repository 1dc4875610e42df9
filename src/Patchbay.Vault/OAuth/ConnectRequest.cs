namespace Patchbay.Vault.OAuth;

/// <summary>What a teammate asks for when connecting an account.</summary>
public sealed record ConnectRequest
{
    public required AppId App { get; init; }

    /// <summary>Id of the signed-in teammate; the callback must come from the same one.</summary>
    public required string Teammate { get; init; }

    /// <summary>Catalog id.</summary>
    public required string Connector { get; init; }

    /// <summary>The vendor's raw scopes to ask for; each must be in the catalog. Those that only show whose account it
    /// is are added from the catalog, and what the replaced connection was approved for is kept.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What this app may use once connected; null: <see cref="Scopes"/>.</summary>
    public IReadOnlyList<string>? ApprovedScopes { get; init; }

    /// <summary>Null: the live client where one is set up for the vendor, else the sandbox's.</summary>
    public Realm? Realm { get; init; }

    /// <summary>Whose own OAuth clients count beside those of the whole install; null for none.</summary>
    public string? Workspace { get; init; }

    /// <summary>Our id of the OAuth client to use. Null: the default one of the realm.</summary>
    public string? Client { get; init; }

    /// <summary>The connection that this one takes the place of. Null: the app's present one for the connector, if any.
    /// It stays in use until the new credential is stored.</summary>
    public ConnectionId? Replaces { get; init; }

    /// <summary>True if another account than the replaced one's is wanted; else another account is refused.</summary>
    public bool SwitchAccount { get; init; }

    /// <summary>Comes back with the outcome; opaque here.</summary>
    public string? Context { get; init; }

    /// <summary>The raw value of this browser's binding cookie, or null if it has none yet.</summary>
    public string? BrowserBinding { get; init; }

    /// <summary>Without the binding, which stands for this browser.</summary>
    public override string ToString() => $"connect {Connector} for app {App}";
}

/// <param name="AuthorizeUrl">Where to send the browser.</param>
/// <param name="BrowserBinding">Set it as an HttpOnly, SameSite=Lax cookie for ten minutes and hand it to
/// <see cref="IConnections.CompleteAsync"/>: 43 base64url characters.</param>
public sealed record AuthorizationStart(Uri AuthorizeUrl, string BrowserBinding)
{
    /// <summary>Without state and binding: together they would let another browser finish.</summary>
    public override string ToString() => $"authorisation at {AuthorizeUrl.Host}";
}

/// <summary>The request to <c>/oauth/callback/{vendor}</c>.</summary>
/// <param name="Vendor">From the path.</param>
/// <param name="Values">The query, every value as it came (decoded), repeated names included.</param>
public sealed record CallbackParameters(string Vendor, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>The value if the name occurs exactly once.</summary>
    internal string? Single(string name)
    {
        var found = Values.Where(p => p.Key == name).ToList();
        return found.Count == 1 ? found[0].Value : null;
    }

    internal bool Repeats(string name) => Values.Count(p => p.Key == name) > 1;

    /// <summary>Values such as the code are credentials for a while.</summary>
    public override string ToString() => $"callback of {SafeText.Label(Vendor)} with {Values.Count} parameters";
}
