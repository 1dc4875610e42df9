using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Patchbay.Platform;
using Patchbay.Platform.Files;
using Patchbay.Server.Hosting;
using Patchbay.Server.Security;
using Patchbay.Vault;

namespace Patchbay.Server.Base44;

/// <summary>Uploads: with the app's credential into the app, and by whoever knows the address out of it again, on the app's own
/// host only. What was uploaded is not ours (DESIGN 3.1): nothing a browser could run is ever shown in place.</summary>
internal static class FilesEndpoints
{
    private const string Part = "file";

    public static void Map(RouteGroupBuilder app) =>
        app.MapPost("/integration-endpoints/Core/UploadFile", async (AppFiles files, Addresses addresses, HttpContext context, CancellationToken cancellationToken) =>
        {
            var caller = context.AppCaller();
            var section = await FindPartAsync(context.Request, cancellationToken)
                ?? throw new UserVisibleException(RefusalKind.Invalid, "PB2002", $"Send the file as multipart/form-data, in a part named {Part}.");
            var disposition = section.GetContentDispositionHeader()!;
            var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
            var file = await files.SaveAsync(caller.App.Id, name, section.ContentType, section.Body, cancellationToken);
            return TypedResults.Ok(new UploadedFile(new Uri(addresses.AppUrl(caller.App.Id.Value), $"files/{file.Id}/{file.Name}").AbsoluteUri));
        }).ForAppCredential().WithMetadata(new UploadLimit()).WithName("appUploadFile").Produces<UploadedFile>().WithDescription("multipart/form-data with one part named file, 25 MiB at most.");

    public static void MapAppHost(WebApplication app) =>
        app.MapMethods("/files/{id}/{name}", ["GET", "HEAD"], async Task<IResult> (string id, string name, AppFiles files, HttpContext context, CancellationToken cancellationToken) =>
        {
            if (await files.FindAsync(new AppId(context.Features.Get<AppOrigin>()!.Label), id, cancellationToken) is not var (file, path) || file.Name != name)
                return Api.ApiError.Result(404, "PB2003", "There is no such file.");
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "private, max-age=3600";
            if (!FileTypes.IsPassive(file.ContentType))
            {
                headers.ContentSecurityPolicy = SecurityHeaders.ForeignPolicy;
                headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
            }
            return TypedResults.PhysicalFile(path, file.ContentType, enableRangeProcessing: true);
        }).ForVisitors().ExcludeFromDescription();

    /// <summary>Read as it arrives, so that a refused file never fills a temporary directory.</summary>
    private static async Task<MultipartSection?> FindPartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            return null;
        var reader = new MultipartReader(boundary, request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.GetContentDispositionHeader() is { } header && header.IsFileDisposition() && HeaderUtilities.RemoveQuotes(header.Name).Equals(Part, StringComparison.Ordinal))
                    return section;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            // No multipart, or cut off: the sender learns which shape is wanted.
        }
        return null;
    }

    /// <summary>The largest file, and room for the lines around it.</summary>
    private sealed class UploadLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => AppFiles.LargestFile + (64 << 10);
    }
}

/// <param name="FileUrl">On the app's own host.</param>
public sealed record UploadedFile([property: System.Text.Json.Serialization.JsonPropertyName("file_url")] string FileUrl);
