using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Content;

/// <summary>/files/v3: the file manager. What a file is like is kept; its bytes are not.</summary>
internal sealed class FileMethods(HubContent content, CrmWorld world, HubSpotApi api) : IHubSpotMethods
{
    private const string One = "/files/v3/files/{id}";
    private static readonly string[] Scope = ["files"];
    private static readonly string[] Accesses = ["PUBLIC_INDEXABLE", "PUBLIC_NOT_INDEXABLE", "HIDDEN_INDEXABLE", "HIDDEN_NOT_INDEXABLE", "HIDDEN_PRIVATE", "PRIVATE", "HIDDEN_SENSITIVE", "SENSITIVE"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", "/files/v3/files/search", Scope, Search),
        new("GET", One, Scope, call => HubSpotAnswer.Ok(DocumentPages.Shape(File(call)))),
        new("PATCH", One, Scope, Update),
        new("DELETE", One, Scope, Delete),
        new("GET", One + "/signed-url", Scope, SignedUrl),
    ];

    /// <summary>A multipart form with the file, its folder, and options that say who may see it.</summary>
    public async Task UploadAsync(HttpContext context)
    {
        var (call, refusal) = api.Authorize(context, _ => Scope);
        if (call is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        var form = await Forms.ReadAsync(context);
        string? Value(string name) => ClientCredentials.Value(form, name);
        var options = Json.TryParse(Value("options") ?? "");
        var folder = Value("folderPath") is { } path ? "/" + path.Trim('/') : Value("folderId") is { } id ? "/folder-" + id : null;
        var problem = form.Files["file"] switch
        {
            null => "Missing required argument: file",
            _ when folder is null => "Either folderId or folderPath must be given",
            _ when options.Text("access") is not { } access => "Missing required argument: options, with access",
            _ when !Accesses.Contains(options.Text("access")) => $"Invalid option access: not one of [{string.Join(", ", Accesses)}]",
            _ => null,
        };
        if (problem is not null)
        {
            await HubSpotAnswer.Invalid(problem).WriteAsync(context);
            return;
        }

        var file = form.Files["file"]!;
        await using var stream = file.OpenReadStream();
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, context.RequestAborted));
        await api.Run(() => Store(call, Value("fileName") ?? file.FileName, folder!, file.Length, hash[..32], options.Text("access")!)).WriteAsync(context);
    }

    private HubSpotAnswer Store(HubSpotCall call, string fileName, string folder, long size, string hash, string access)
    {
        var (name, extension) = (Path.GetFileNameWithoutExtension(fileName), Path.GetExtension(fileName).TrimStart('.').ToLowerInvariant());
        // A second file of the same name in a folder gets a number, as in HubSpot's file manager.
        var taken = content.All(HubContent.Files, call.Portal.Id).Where(document => document.Body.Text("folder") == folder && document.Body.Text("extension") == extension).Select(document => document.Body.Text("name")).ToHashSet();
        var free = name;
        for (var number = 1; taken.Contains(free); number++)
            free = $"{name}-{number}";
        var path = $"{folder}/{free}{(extension.Length > 0 ? "." : "")}{extension}";
        var url = $"https://{call.Portal.Id}.fs1.hubspotusercontent-na1.net/hubfs/{call.Portal.Id}{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}";
        var document = content.Add(HubContent.Files, call.Portal.Id, world.NextId(call.Portal.Id), new JsonObject
        {
            ["name"] = free,
            ["path"] = path,
            ["folder"] = folder,
            ["parentFolderId"] = FolderId(folder),
            ["size"] = size,
            ["extension"] = extension,
            ["type"] = extension switch { "png" or "jpg" or "jpeg" or "gif" or "svg" or "webp" => "IMG", "mp4" or "mov" or "avi" => "MOVIE", "mp3" or "wav" => "AUDIO", "pdf" or "doc" or "docx" or "csv" or "xls" or "xlsx" or "txt" or "ppt" or "pptx" => "DOCUMENT", _ => "OTHER" },
            ["encoding"] = null,
            ["fileMd5"] = hash,
            ["access"] = access,
            ["isUsableInContent"] = true,
            ["defaultHostingUrl"] = url,
            ["url"] = url,
        });
        return HubSpotAnswer.Created(DocumentPages.Shape(document));
    }

    private HubSpotAnswer Search(HubSpotCall call) => DocumentPages.Of(call, content.All(HubContent.Files, call.Portal.Id)
        .Where(document => call.Query("name") is not { } name || (document.Body.Text("name") ?? "").Contains(name, StringComparison.OrdinalIgnoreCase))
        .Where(document => call.Query("path") is not { } path || document.Body.Text("path") == "/" + path.TrimStart('/'))
        .Where(document => call.Query("extension") is not { } extension || document.Body.Text("extension") == extension)
        .Where(document => call.Query("type") is not { } type || document.Body.Text("type") == type), document => DocumentPages.Shape(document), total: true);

    private HubSpotAnswer Update(HubSpotCall call)
    {
        var (file, sent) = (File(call), call.Object);
        if (sent.Text("access") is { } access && !Accesses.Contains(access))
            return HubSpotAnswer.Invalid($"Invalid option access: not one of [{string.Join(", ", Accesses)}]");
        var members = new JsonObject(sent.Where(member => member.Key is "name" or "access" or "isUsableInContent").Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return HubSpotAnswer.Ok(DocumentPages.Shape(content.Change(HubContent.Files, file, members)));
    }

    private HubSpotAnswer Delete(HubSpotCall call)
    {
        content.Delete(HubContent.Files, File(call));
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer SignedUrl(HubSpotCall call)
    {
        var file = File(call);
        return HubSpotAnswer.Ok(new JsonObject
        {
            ["url"] = file.Body.Text("url") + "?Expires=" + world.Now.AddHours(1).ToUnixTimeSeconds(),
            ["expiresAt"] = HubTime.Text(world.Now.AddHours(1)),
            ["name"] = file.Body.Text("name"),
            ["extension"] = file.Body.Text("extension"),
            ["type"] = file.Body.Text("type"),
            ["size"] = file.Body["size"]?.DeepClone(),
        });
    }

    private HubDocument File(HubSpotCall call) => content.Get(HubContent.Files, call.Portal.Id, call.Route("id")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());

    /// <summary>A number for a folder that follows from its path.</summary>
    private static string FolderId(string folder) => (BitConverter.ToUInt32(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(folder))) + 10_000_000_000L).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
