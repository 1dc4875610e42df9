using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Chat;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Files;
using Patchbay.Platform.Live;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Platform;

/// <summary>Registers the slices. Stores, catalog and vault come from the composition root.</summary>
public static class PlatformSetup
{
    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LiveBus>();
        services.TryAddSingleton<SignInThrottle>();
        services.TryAddSingleton<WorkspaceService>();
        services.TryAddSingleton<AppService>();
        services.TryAddSingleton<AppConnections>();
        services.TryAddSingleton<ConnectStarts>();
        services.TryAddSingleton<OAuthClientService>();
        services.TryAddSingleton<IPlanner, EmbeddedPlanner>();
        services.TryAddSingleton<ChatService>();
        services.TryAddSingleton<ProposalService>();
        services.TryAddSingleton<Apps.Entities.RecordService>();
        services.TryAddSingleton<AppFiles>();
        return services;
    }
}
