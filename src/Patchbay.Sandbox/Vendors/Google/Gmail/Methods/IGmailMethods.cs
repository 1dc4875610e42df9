namespace Patchbay.Sandbox.Vendors.Google.Gmail.Methods;

/// <summary>One method of the Gmail API.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Below /gmail/v1/users/{userId}.</param>
/// <param name="Name">Google's name, for refusals.</param>
/// <param name="Accepted">Any of these scopes is enough.</param>
/// <param name="Run">Does it.</param>
/// <param name="Upload">Also mapped below /upload; then the body is not JSON.</param>
internal sealed record GmailMethod(string Verb, string Path, string Name, IReadOnlyList<string> Accepted, Func<GmailCall, Task<GoogleAnswer>> Run, bool Upload = false)
{
    public GmailMethod(string verb, string path, string name, IReadOnlyList<string> accepted, Func<GmailCall, GoogleAnswer> run)
        : this(verb, path, name, accepted, call => Task.FromResult(run(call)))
    {
    }
}

/// <summary>A family of methods.</summary>
internal interface IGmailMethods
{
    IEnumerable<GmailMethod> Methods { get; }
}
