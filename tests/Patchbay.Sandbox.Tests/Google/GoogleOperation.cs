using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google;

/// <param name="Method">HTTP method.</param>
/// <param name="Address">Host and path, as the sandbox and the catalog's matcher take it.</param>
/// <param name="Body">JSON, or null.</param>
internal sealed record ExampleCall(string Method, string Address, JsonNode? Body = null);

/// <summary>Calls an operation of a Google connector with exactly its least scopes, and without one of them.</summary>
internal static class GoogleOperation
{
    /// <param name="id">The operation.</param>
    /// <param name="example">Prepares what the call needs and gives the call.</param>
    public static async Task ShouldNeedItsLeastScopesAsync(string id, Func<Playground, Task<ExampleCall>> example)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var operation = OperationTable.Operation(id);
        var call = await example(sandbox);
        (call.Method, call.Address).ShouldBeCallOf(id);

        foreach (var missing in operation.Scopes)
        {
            var poor = await sandbox.ConnectGoogleAsync(string.Join(' ', operation.Scopes.Where(scope => scope != missing).Append("openid").Append(GoogleApp.Email)));
            var refused = await sandbox.GoogleAsync(poor, new HttpMethod(call.Method), call.Address, call.Body);
            refused.Status.ShouldBe(403, id);
            refused.Body.Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
            refused.Challenge.ShouldContain("insufficient_scope");
        }

        var token = await sandbox.ConnectGoogleAsync(string.Join(' ', operation.Scopes.Count > 0 ? operation.Scopes : ["openid", GoogleApp.Email]));
        var done = await sandbox.GoogleAsync(token, new HttpMethod(call.Method), call.Address, call.Body);
        done.Status.ShouldBeInRange(200, 204, $"{id}: {done.Body?.ToJsonString()}");
    }
}
