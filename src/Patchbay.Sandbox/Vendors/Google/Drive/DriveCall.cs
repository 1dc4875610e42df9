using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>One call to Drive after token and scope were checked.</summary>
/// <param name="Context">The HTTP call.</param>
/// <param name="Caller">Account, app and scopes.</param>
/// <param name="Body">The JSON body, or the JSON part of an upload; empty when there is none.</param>
/// <param name="Media">What was uploaded; null for calls without upload.</param>
internal sealed record DriveCall(HttpContext Context, GoogleCaller Caller, JsonObject Body, DriveMedia? Media = null)
{
    public GoogleAccount Account => Caller.Account;

    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    /// <summary>Empty when absent.</summary>
    public string Query(string name) => Context.Request.Query[name].ToString();

    public bool Flag(string name) => Query(name) is "true" or "1";
}

/// <param name="Bytes">The content.</param>
/// <param name="MimeType">As the upload said; null when it did not.</param>
internal sealed record DriveMedia(byte[] Bytes, string? MimeType);

/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Below /drive/v3.</param>
/// <param name="Name">Google's name of the method, such as files.list.</param>
/// <param name="Accepted">Any of these scopes is enough.</param>
/// <param name="Run">Touches only the store: a call is one step in it.</param>
internal sealed record DriveMethod(string Verb, string Path, string Name, IReadOnlyList<string> Accepted, Func<DriveCall, GoogleAnswer> Run);

/// <summary>A family of methods of Drive.</summary>
internal interface IDriveMethods
{
    IEnumerable<DriveMethod> Methods { get; }
}
