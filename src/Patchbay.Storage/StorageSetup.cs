using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Auditing;
using Patchbay.Platform.Chat.Conversations;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Storage.Engines;
using Patchbay.Storage.Engines.Postgres;
using Patchbay.Storage.Engines.Sqlite;
using Patchbay.Storage.Logs;
using Patchbay.Storage.Stores;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress;

namespace Patchbay.Storage;

public static class StorageSetup
{
    /// <summary>Registers every store. PostgreSQL if a connection string is given, else SQLite in the data directory. The host
    /// provides logging, opens <see cref="IStorage"/> before it uses a store, and disposes the container to flush the logs.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Databases>(_ => options.ConnectionString is { } connection ? new PostgresStorage(connection) : new SqliteStorage(options.DataDirectory));
        services.AddSingleton<CallLog>();
        services.AddSingleton<RunLog>();
        services.AddSingleton<IStorage, Storage>();

        services.AddSingleton<IInstanceStore, InstanceStore>();
        services.AddSingleton<IWorkspaceStore, WorkspaceStore>();
        services.AddSingleton<ISessionStore, SessionStore>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IAppStore, AppStore>();
        services.AddSingleton<IEntityStore, EntityStore>();
        services.AddSingleton<IRecordStore, RecordStore>();
        services.AddSingleton<IFunctionStore, FunctionStore>();
        services.AddSingleton<IFlowStore, FlowStore>();
        services.AddSingleton<IRunStore, RunStore>();
        services.AddSingleton<IConnectionStore, ConnectionStore>();
        services.AddSingleton<IConnectStartStore, ConnectStartStore>();
        services.AddSingleton<IConversationStore, ConversationStore>();
        services.AddSingleton<ICallLog>(s => s.GetRequiredService<CallLog>());
        services.AddSingleton<ICallLogReader>(s => s.GetRequiredService<CallLog>());
        services.AddSingleton<IRunLog>(s => s.GetRequiredService<RunLog>());
        return services;
    }
}
