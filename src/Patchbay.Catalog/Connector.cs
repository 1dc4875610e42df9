using System.Text.Json.Serialization;

namespace Patchbay.Catalog;

/// <summary>One vendor tool, described by data: <c>connectors/&lt;id&gt;/connector.yaml</c>.</summary>
public sealed record Connector
{
    /// <summary>Base44's type name, for example <c>gmail</c> or <c>googlecalendar</c>. Never renamed.</summary>
    public required string Id { get; init; }

    /// <summary>The vendor's own product name, for example "Google Calendar".</summary>
    public required string Name { get; init; }

    /// <summary>Who runs the tool; connectors of one vendor share hosts and OAuth clients.</summary>
    public required string Vendor { get; init; }

    public required string Description { get; init; }

    public required string Category { get; init; }

    /// <summary>Hosts the credential may travel to: exact names, or <c>*.example.com</c> for every subdomain.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    private readonly OAuthDefinition? _oauth;

    /// <summary>How an account is connected; ask <see cref="UsesOAuth"/> first.</summary>
    /// <exception cref="InvalidOperationException">Accounts of this tool are connected by a key.</exception>
    public OAuthDefinition OAuth
    {
        get => _oauth ?? throw new InvalidOperationException($"{Name} is connected by a key, not by OAuth.");
        init => _oauth = value;
    }

    /// <summary>How an account is connected by a key; null for the usual connector, which has <see cref="OAuth"/>.</summary>
    public ApiKeyDefinition? ApiKey { get; init; }

    /// <summary>False where people enter a key. A file has either, never both.</summary>
    [JsonIgnore]
    public bool UsesOAuth => _oauth is not null;

    /// <summary>How this file was checked.</summary>
    public Proof Proof { get; init; }

    /// <summary>The folder it was read from; null where it was not read from one.</summary>
    [JsonIgnore]
    public string? Folder { get; init; }

    /// <summary>The one place of a request in which a phantom token is swapped for the real one.</summary>
    public required CredentialSlot Slot { get; init; }

    /// <summary>How the account's label is read right after connecting; null where the token reply already names it.</summary>
    public IdentityDefinition? Identity { get; init; }

    public required IReadOnlyList<Scope> Scopes { get; init; }

    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>Requests a person can click to put into the chat.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>What a person has to do at the vendor after connecting, in plain words.</summary>
    public IReadOnlyList<string> ExtraSteps { get; init; } = [];

    /// <summary>What else to know about its tokens and errors, one sentence each, for people who write functions.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Where a person ends the access at the vendor's own site, in plain words.</summary>
    public string? RemoveAt { get; init; }

    /// <summary>What happens at the vendor and may start a flow.</summary>
    public IReadOnlyList<ConnectorEvent> Events { get; init; } = [];

    /// <summary>What the vendor's error codes call for; null where it has none of its own.</summary>
    public ErrorCodes? Errors { get; init; }

    /// <summary>How the vendor says what is left to call; null where it says nothing.</summary>
    public RateLimitReading? RateLimit { get; init; }

    /// <summary>How a call from the vendor is proven; null where it sends none.</summary>
    public WebhookScheme? Webhook { get; init; }

    /// <summary>Words people use for the tool in a chat: "slack", "mail", "e-mail".</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The id: a whole definition in a log would help nobody.</summary>
    public override string ToString() => Id;
}

/// <summary>How a connector was checked before it was shipped.</summary>
public enum Proof
{
    /// <summary>Every operation runs against the sandbox's look-alike of the vendor in the tests.</summary>
    Sandbox,

    /// <summary>Its sign-in and its calls were compared with recorded shapes; there is no look-alike to try it with.</summary>
    Shapes,
}

/// <summary>One permission a vendor knows.</summary>
/// <param name="Id">The vendor's raw scope.</param>
/// <param name="Plain">What it allows, in plain words, starting with a verb.</param>
/// <param name="Class">Whether it identifies, reads, writes or administers.</param>
/// <param name="Sensitive">True where the vendor restricts or reviews it.</param>
/// <param name="Implies">Other scopes that this one includes.</param>
public sealed record Scope(string Id, string Plain, ScopeClass Class, bool Sensitive, IReadOnlyList<string> Implies)
{
    /// <summary>True where the vendor gives it to a person's token only, never to a bot's (Slack's <c>user_scope</c>).</summary>
    public bool UserOnly { get; init; }

    /// <summary>Why the vendor gives it to nobody (any more); null where it does. Such a scope is listed for those who meet
    /// its name elsewhere: no operation may need it, and it is never asked for.</summary>
    public string? Withdrawn { get; init; }
}

public enum ScopeClass
{
    /// <summary>Only tells who somebody is.</summary>
    Identity,

    Read,
    Write,

    /// <summary>Broad: reads and writes nearly everything, or administers.</summary>
    Admin,
}

/// <summary>Where the credential goes: a header and its format.</summary>
/// <param name="Header">For example <c>Authorization</c>.</param>
/// <param name="Format">The whole header value, with <c>{token}</c> once: <c>Bearer {token}</c>.</param>
public sealed record CredentialSlot(string Header, string Format);

/// <summary>A call that tells whose account a fresh token opens.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">Absolute, on one of the connector's hosts; <c>{token}</c> stands for the access token, for vendors that have it in the path
/// (HubSpot), and <c>{name}</c> for what functions are told with the connection.</param>
/// <param name="LabelPaths">JSON paths (<c>a.b</c>) tried in order for the label; several are joined by " · ".</param>
/// <param name="IdPaths">JSON paths joined by ":" to the vendor's stable id of the account.</param>
public sealed record IdentityDefinition(string Method, string Url, IReadOnlyList<string> LabelPaths, IReadOnlyList<string> IdPaths)
{
    /// <summary>JSON to send along, for vendors that answer only a query (Linear); null for none.</summary>
    public string? Body { get; init; }
}
