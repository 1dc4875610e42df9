using Microsoft.AspNetCore.StaticFiles;
using Patchbay.Server.Security;

namespace Patchbay.Server.Hosting;

/// <summary>Serves the built dashboard: the compressed neighbour of a file where the browser takes it, hashed names for ever,
/// the shell (with this response's style nonce) for every address of the dashboard's own.</summary>
internal static class Spa
{
    private const string NonceMarker = "__CSP_NONCE__";
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly (string Name, string Ending)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    public static void MapSpa(this WebApplication app, string? root)
    {
        if (root is null || !File.Exists(Path.Combine(root, "index.html")))
        {
            app.MapGet("/", () => TypedResults.Text("The dashboard is not built. Run ./patchbay, which builds it, or npm run build in web/.", statusCode: 503))
                .ForAnyone().ExcludeFromDescription();
            return;
        }
        var shell = File.ReadAllText(Path.Combine(root, "index.html"));
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith('.')).ToHashSet(StringComparer.Ordinal);
        app.MapMethods("/{**path}", ["GET", "HEAD"], (HttpContext context, string? path) => ServeAsync(context, path ?? "", root, shell, files))
            .ForAnyone().ExcludeFromDescription().WithOrder(int.MaxValue);
    }

    private static Task ServeAsync(HttpContext context, string path, string root, string shell, HashSet<string> files)
    {
        var response = context.Response;
        if (context.Features.Get<AppOrigin>() is not null)
        {
            // An app's host shows the app, never a sign-in that looks like ours.
            response.StatusCode = 404;
            return Task.CompletedTask;
        }
        if (path == "index.html" || !files.Contains(path))
        {
            if (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("assets/", StringComparison.Ordinal) || Path.HasExtension(path) && path != "index.html")
            {
                response.StatusCode = 404;
                return Task.CompletedTask;
            }
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            return response.WriteAsync(shell.Replace(NonceMarker, (string)context.Items[SecurityHeaders.NonceItem]!, StringComparison.Ordinal));
        }
        response.ContentType = Types.TryGetContentType(path, out var type) ? type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type : "application/octet-stream";
        response.Headers.CacheControl = path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        var send = path;
        foreach (var (name, ending) in Encodings)
        {
            if (!files.Contains(path + ending))
                continue;
            response.Headers.Vary = "Accept-Encoding";
            if (send == path && accepted.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                send = path + ending;
                response.Headers.ContentEncoding = name;
            }
        }
        return response.SendFileAsync(Path.Combine(root, send));
    }
}
