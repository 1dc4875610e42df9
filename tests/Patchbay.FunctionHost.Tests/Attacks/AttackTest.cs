using System.Text.Json;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests.Attacks;

/// <summary>
/// What foreign code tries. Each attempt must run to its end inside the function (it reports "ran") and is judged by its
/// effect on the machine or by the data it got, never by its error message alone.
/// </summary>
public abstract class AttackTest(SharedHost shared)
{
    private protected TestHost Host { get; } = shared.Host;

    /// <summary>Runs an attempt: an expression over helpers; its value, or its error, comes back as text.</summary>
    private protected async Task<string> TryAsync(string attempt, string imports = "", FunctionLimits? limits = null)
    {
        var function = await Host.DeployAsync($$"""
            {{imports}}
            Deno.serve(async () => {
              let got: unknown;
              try { got = await (async () => { {{attempt}} })(); } catch (error) { got = "refused: " + error; }
              return Response.json({ ran: true, got: String(typeof got === "object" ? JSON.stringify(got) : got) });
            });
            """);
        var reply = await function.CallAsync(limits: limits);
        reply.Failure.ShouldBeNull();
        using var json = JsonDocument.Parse(reply.Body);
        json.RootElement.GetProperty("ran").GetBoolean().ShouldBeTrue();
        return json.RootElement.GetProperty("got").GetString()!;
    }
}
