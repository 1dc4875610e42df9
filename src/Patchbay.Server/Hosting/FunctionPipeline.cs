using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Patchbay.Vault.Egress;

namespace Patchbay.Server.Hosting;

/// <summary>Answers a function's calls to <c>Base44-Api-Url</c> with the very pipeline that serves everybody else. It wraps
/// the web server to learn the application that the server was started with.</summary>
internal sealed class FunctionPipeline(IServer inner) : IServer, ILocalApi
{
    // The egress has its own request; these parts of it become the request of our pipeline. Its services must not.
    private static readonly Type[] Carried =
    [
        typeof(IHttpRequestFeature), typeof(IHttpResponseFeature), typeof(IHttpResponseBodyFeature), typeof(IHttpRequestLifetimeFeature),
        typeof(IHttpRequestBodyDetectionFeature), typeof(IHttpMaxRequestBodySizeFeature), typeof(IHttpBodyControlFeature), typeof(IHttpConnectionFeature),
    ];

    private Func<IFeatureCollection, Task>? _process;

    public IFeatureCollection Features => inner.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        _process = async features =>
        {
            var context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context);
                application.DisposeContext(context, null);
            }
            catch (Exception e)
            {
                application.DisposeContext(context, e);
                throw;
            }
        };
        return inner.StartAsync(application, cancellationToken);
    }

    public Task HandleAsync(HttpContext context, IFunctionCaller caller)
    {
        var process = _process ?? throw new InvalidOperationException("The server has not started.");
        var features = new FeatureCollection();
        foreach (var type in Carried)
        {
            if (context.Features[type] is { } feature)
                features[type] = feature;
        }
        features.Set(caller);
        return process(features);
    }

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    public static void Wrap(IServiceCollection services)
    {
        var server = services.Last(s => s.ServiceType == typeof(IServer));
        services.Remove(server);
        services.AddSingleton(s => new FunctionPipeline((IServer)ActivatorUtilities.CreateInstance(s, server.ImplementationType!)));
        services.AddSingleton<IServer>(s => s.GetRequiredService<FunctionPipeline>());
        services.AddSingleton<ILocalApi>(s => s.GetRequiredService<FunctionPipeline>());
    }
}
