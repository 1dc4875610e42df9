namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>One Web API method that needs a token.</summary>
/// <param name="Name">Such as chat.postMessage.</param>
/// <param name="Accepted">Any one of these scopes is enough; empty when none is needed or when it depends on the conversation.</param>
/// <param name="Run">Does it.</param>
internal sealed record SlackMethod(string Name, IReadOnlyList<string> Accepted, Func<SlackCall, SlackAnswer> Run);

/// <summary>A family of methods, found by <see cref="SlackVendor"/>.</summary>
internal interface ISlackMethods
{
    IEnumerable<SlackMethod> Methods { get; }
}
