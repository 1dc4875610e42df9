using Patchbay.FunctionHost;
using Patchbay.Server.Api;
using Patchbay.Server.Configuration;

namespace Patchbay.Server.Hosting;

/// <summary>What every page may need to say about this server: its addresses and whether functions run.</summary>
internal sealed class ServerStatus(ServerOptions options, Addresses addresses, IFunctionHost functions)
{
    public static string Version { get; } = typeof(ServerStatus).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public async Task<ServerView> GetAsync(CancellationToken cancellationToken)
    {
        var status = await functions.GetStatusAsync(cancellationToken);
        return new(Version, addresses.PublicUrl.GetLeftPart(UriPartial.Authority), addresses.SandboxUrl?.GetLeftPart(UriPartial.Authority),
            options.UnsafeFunctions, new(status.Available, status.Problems.Count == 0 ? null : string.Join(' ', status.Problems)));
    }
}
