using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>Answers a call of an API that takes and gives JSON: token, body, one transaction, refusals.</summary>
internal sealed class GoogleCalls(GoogleBearer bearer, Store store, string service)
{
    /// <param name="method">Google's own name of the method, for its refusals.</param>
    /// <param name="accepted">Any of these scopes is enough.</param>
    /// <param name="run">Gets an empty body where none was sent. What it throws as a <see cref="GoogleRefusalException"/> undoes what it wrote.</param>
    /// <param name="badJson">Where the API has an answer of its own for a body that is no JSON object.</param>
    public async Task AnswerAsync(
        HttpContext context, string method, IReadOnlyList<string> accepted, Func<GoogleCaller, JsonObject, GoogleAnswer> run, GoogleAnswer? badJson = null)
    {
        var (caller, refusal) = bearer.CheckCaller(context, service, method, accepted);
        if (caller is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        // A body of GET and DELETE is nobody's, and Google reads past it.
        var sendsBody = context.Request.Method is not ("GET" or "DELETE") && (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0);
        if ((sendsBody ? await Json.ReadObjectAsync(context) : []) is not { } body)
        {
            await (badJson ?? GoogleAnswer.Error(400, "Invalid JSON payload received. Unexpected token.", "parseError", "INVALID_ARGUMENT")).WriteAsync(context);
            return;
        }

        GoogleAnswer answer;
        try
        {
            answer = store.Atomic(() => run(caller, body));
        }
        catch (GoogleRefusalException refused)
        {
            answer = refused.Answer;
        }

        await answer.WriteAsync(context);
    }
}
