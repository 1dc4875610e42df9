using System.Text.Json.Nodes;

namespace Patchbay.Platform;

/// <summary>A refusal whose message is shown to people and to models. Written for them: what failed, who must do what.
/// Never a secret, never a request or response body.</summary>
/// <param name="code">Stable, such as <c>PB1203</c>.</param>
public sealed class UserVisibleException(RefusalKind kind, string code, string message, JsonNode? detail = null) : Exception(message)
{
    public RefusalKind Kind { get; } = kind;
    public string Code { get; } = code;
    public JsonNode? Detail { get; } = detail;
}

/// <summary>What sort of refusal; the HTTP faces map each to one status.</summary>
public enum RefusalKind
{
    NotFound,
    Invalid,
    Conflict,
    Forbidden,

    /// <summary>The workspace's subscription or the app's switch does not allow it.</summary>
    PlanOrSwitch,

    /// <summary>A person must sign in or reconnect first.</summary>
    NeedsPerson,
    TooMany,

    /// <summary>It was there and counts no more: a link that was used or is out of date.</summary>
    Gone,
    TooLarge,
}
