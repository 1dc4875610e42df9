using System.Text.Json.Nodes;
using Patchbay.FunctionHost;
using Patchbay.Platform;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Functions: read, edit, versions.</summary>
internal static class FunctionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        // Names may contain slashes; in an address they come percent-encoded and are one segment.
        api.MapGet("/apps/{app}/functions", async (string app, AppService apps, FunctionService functions, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var items = (await functions.ListAsync(found.Id, cancellationToken))
                .Select(f => new FunctionSummaryView(f.Name, f.Version, f.UpdatedAt, f.UpdatedBy, functions.ConnectorsOf(f.Operations), f.Operations));
            return TypedResults.Ok(new Page<FunctionSummaryView>([.. items], null));
        }).ForRole(Role.Viewer).WithName("listFunctions");

        api.MapGet("/apps/{app}/functions/{name}", async (string app, string name, AppService apps, FunctionService functions, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(await ViewAsync(app, Uri.UnescapeDataString(name), null, apps, functions, context, cancellationToken))).ForRole(Role.Viewer).WithName("getFunction");

        api.MapGet("/apps/{app}/functions/{name}/versions/{version:int}", async (string app, string name, int version, AppService apps, FunctionService functions, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Ok(await ViewAsync(app, Uri.UnescapeDataString(name), version, apps, functions, context, cancellationToken))).ForRole(Role.Viewer).WithName("getFunctionVersion");

        api.MapPut("/apps/{app}/functions/{name}", async (string app, string name, FunctionBody body, AppService apps, FunctionService functions, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            await apps.DemandConnectorsAsync(found, cancellationToken);
            name = Uri.UnescapeDataString(name);
            if (body.Files?.Any(f => f is not { Path: not null, Content: not null }) == true)
                throw new UserVisibleException(RefusalKind.Invalid, "PB1802", "Each of the files must be an object with path and content.", new JsonObject { ["field"] = "files" });
            try
            {
                var files = (body.Files ?? []).GroupBy(f => f.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Content, StringComparer.Ordinal);
                await functions.SaveAsync(found.Id, name, new FunctionDraft(files, body.Entry, body.Message), context.Teammate().Id.Value, cancellationToken);
            }
            catch (FunctionInvalidException e)
            {
                throw new UserVisibleException(RefusalKind.Invalid, "PB1802", e.Message, new JsonObject { ["field"] = e.Field });
            }
            catch (FunctionBuildException e)
            {
                throw new UserVisibleException(RefusalKind.Invalid, "PB1803", e.Message, new JsonObject { ["file"] = e.File, ["line"] = e.Line });
            }
            return TypedResults.Ok(await ViewAsync(app, name, null, apps, functions, context, cancellationToken));
        }).ForRole(Role.Editor).WithName("saveFunction");
    }

    private static async Task<FunctionView> ViewAsync(string app, string name, int? version, AppService apps, FunctionService functions, HttpContext context, CancellationToken cancellationToken)
    {
        var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
        var function = await functions.FindAsync(found.Id, name, version, cancellationToken)
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1804", "This function, or this version of it, does not exist.");
        var versions = await functions.ListVersionsAsync(found.Id, name, cancellationToken);
        return new(function.Name, function.Version, function.Entry, [.. function.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new FunctionFile(f.Key, f.Value))],
            function.Operations, functions.RequiredScopes(function.Operations), [.. versions.Select(v => new FunctionVersionView(v.Version, v.Author, v.Message, v.CreatedAt))]);
    }
}

public sealed record FunctionFile(string Path, string Content);

public sealed record FunctionBody(IReadOnlyList<FunctionFile>? Files, string? Entry, string? Message);

public sealed record FunctionSummaryView(string Name, int Version, DateTimeOffset UpdatedAt, string UpdatedBy, IReadOnlyList<string> Connectors, IReadOnlyList<string> Operations);

public sealed record FunctionVersionView(int Version, string Author, string? Message, DateTimeOffset CreatedAt);

/// <param name="RequiredScopes">Connector to the least scopes its operations need.</param>
public sealed record FunctionView(
    string Name, int Version, string Entry, IReadOnlyList<FunctionFile> Files, IReadOnlyList<string> Operations,
    IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredScopes, IReadOnlyList<FunctionVersionView> Versions);
