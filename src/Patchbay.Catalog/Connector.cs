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

    public required OAuthDefinition OAuth { get; init; }

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

    /// <summary>Words people use for the tool in a chat: "slack", "mail", "e-mail".</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>One permission a vendor knows.</summary>
/// <param name="Id">The vendor's raw scope.</param>
/// <param name="Plain">What it allows, in plain words, starting with a verb.</param>
/// <param name="Class">Whether it reads, writes or administers.</param>
/// <param name="Sensitive">True where the vendor restricts or reviews it.</param>
/// <param name="Implies">Other scopes that this one includes.</param>
public sealed record Scope(string Id, string Plain, ScopeClass Class, bool Sensitive, IReadOnlyList<string> Implies)
{
    /// <summary>True where the vendor gives it to a person's token only, never to a bot's (Slack's <c>user_scope</c>).</summary>
    public bool UserOnly { get; init; }
}

public enum ScopeClass
{
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
/// <param name="Url">Absolute, on one of the connector's hosts; <c>{token}</c> stands for the access token, for vendors that have it in the path (HubSpot).</param>
/// <param name="LabelPaths">JSON paths (<c>a.b</c>) tried in order for the label; several are joined by " · ".</param>
/// <param name="IdPaths">JSON paths joined by ":" to the vendor's stable id of the account.</param>
public sealed record IdentityDefinition(string Method, string Url, IReadOnlyList<string> LabelPaths, IReadOnlyList<string> IdPaths);
