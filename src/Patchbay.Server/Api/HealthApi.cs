using System.ComponentModel.DataAnnotations;
using Patchbay.FunctionHost;
using Patchbay.Server.Hosting;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Health for operators and probes: alive, ready, and what does not work.</summary>
internal static class HealthApi
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/health", async (IFunctionHost functions, Addresses addresses, CancellationToken cancellationToken) =>
        {
            var status = await functions.GetStatusAsync(cancellationToken);
            return TypedResults.Ok(new HealthView(status.Available ? "healthy" : "degraded", ServerStatus.Version, addresses.SandboxUrl is not null, status.Isolation, status.Problems));
        }).ForAnyone().WithName("getHealth");
    }
}

/// <param name="Status">healthy, or degraded where functions cannot run.</param>
/// <param name="Problems">One sentence each: what is missing and what repairs it.</param>
public sealed record HealthView([property: AllowedValues("healthy", "degraded")] string Status, string Version, bool Sandbox, FunctionIsolation Isolation, IReadOnlyList<string> Problems);
