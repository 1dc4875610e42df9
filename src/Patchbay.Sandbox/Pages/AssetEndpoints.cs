using System.Reflection;

namespace Patchbay.Sandbox.Pages;

/// <summary>The pages' own style, script, icon and fonts, out of the assembly: nothing is ever fetched from elsewhere.</summary>
internal static class AssetEndpoints
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
    };

    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/_assets/{**file}", (RequestDelegate)SendAsync);

    private static async Task SendAsync(HttpContext context)
    {
        var file = (string?)context.Request.RouteValues["file"] ?? "";
        await using var content = Assembly.GetExecutingAssembly().GetManifestResourceStream("assets/" + file);
        if (content is null || !Types.TryGetValue(Path.GetExtension(file), out var type))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        context.Response.Headers.CacheControl = "max-age=300";
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
