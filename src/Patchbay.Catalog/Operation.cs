namespace Patchbay.Catalog;

/// <summary>One thing a connector can do: the call, its parameters, the least scopes and the words people use for it.</summary>
public sealed record Operation
{
    /// <summary><c>connector.verb_noun</c>, for example <c>slack.post_message</c>. Never renamed.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>One sentence that completes "This function can ...".</summary>
    public required string Summary { get; init; }

    public required OperationCall Call { get; init; }

    /// <summary>Where one call serves several operations: what in its query says that this one is meant (TikTok's <c>fields</c>
    /// each need their own scope). Any one of them approved lets the call through; the vendor holds it to its query.</summary>
    public IReadOnlyList<string> QueryWords { get; init; } = [];

    /// <summary>Other calls that the same approval covers (helpers, uploads).</summary>
    public IReadOnlyList<OperationCall> AlsoCalls { get; init; } = [];

    /// <summary>The least set of scopes that the vendor accepts for the call.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Other sets that suffice; never asked for, accepted when already granted.</summary>
    public IReadOnlyList<IReadOnlyList<string>> AlternativeScopes { get; init; } = [];

    public IReadOnlyList<OperationParameter> Parameters { get; init; } = [];

    /// <summary>Phrases people use for it, lower case: "post", "message", "tell", "notify".</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>True if repeating the call has no second effect or it only reads.</summary>
    public bool Idempotent { get; init; }

    /// <summary>True if a caller without credentials of its own must not trigger it unseen (sends, deletes, shares).</summary>
    public bool Writes { get; init; }
}

/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Host">Exact host name, or <c>*.example.com</c> where each of the vendor's customers has a host.</param>
/// <param name="Path">Template with <c>{name}</c> for one segment: <c>/gmail/v1/users/{user}/messages/send</c>.</param>
public sealed record OperationCall(string Method, string Host, string Path);

/// <param name="Name">As the vendor spells it.</param>
/// <param name="Kind">text, channel, email, id, number, boolean, json.</param>
/// <param name="Required">Whether the call fails without it.</param>
/// <param name="Plain">What it is, for a question: "Which channel?".</param>
public sealed record OperationParameter(string Name, string Kind, bool Required, string Plain);
