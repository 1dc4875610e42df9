using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>Uploads: announce, send (in one part or several), complete. Unattached ones run out after an hour.</summary>
internal sealed class FileMethods(NotionWorld world, NotionFiles files) : INotionMethods
{
    private static readonly TimeSpan Unattached = TimeSpan.FromHours(1);

    public IReadOnlyList<NotionMethod> Methods =>
    [
        new("POST", "/file_uploads", NotionCapabilities.Insert, Create),
        new("GET", "/file_uploads", NotionCapabilities.Insert, call => call.List(
            [.. files.All(call.Bot.WorkspaceId).Where(file => file.CreatedBy == call.Bot.Id && (call.Query("status") is not { } status || Status(file) == status))],
            file => file.Id, Shape, "file_upload", inQuery: true)),
        new("GET", "/file_uploads/{id}", NotionCapabilities.Insert, call => Shape(Find(call))),
        new("POST", "/file_uploads/{id}/send", NotionCapabilities.Insert, Send),
        new("POST", "/file_uploads/{id}/complete", NotionCapabilities.Insert, Complete),
    ];

    private JsonObject Create(NotionCall call)
    {
        var mode = call.Body.Text("mode") ?? "single_part";
        var parts = call.Body.Number("number_of_parts") ?? 1;
        switch (mode)
        {
            case "single_part":
                break;
            case "multi_part":
                if (call.Body.Text("filename") is null)
                    throw NotionRefusal.Missing("filename");
                if (parts is < 1 or > 10_000)
                    throw NotionRefusal.Body("number_of_parts", "between `1` and `10000`", parts);
                break;
            case "external_url":
                throw NotionRefusal.Validation("This sandbox is offline and cannot import a file from an address. Real Notion would.");
            default:
                throw NotionRefusal.Body("mode", "`\"single_part\"`, `\"multi_part\"`, or `\"external_url\"`", mode);
        }

        var file = new NotionFile
        {
            Id = NotionIds.New(), WorkspaceId = call.Bot.WorkspaceId, Status = "pending", Mode = mode, CreatedBy = call.Bot.Id, CreatedTime = world.Now, ExpiresAt = world.Now + Unattached,
            Filename = call.Body.Text("filename"), ContentType = call.Body.Text("content_type"), Parts = mode == "multi_part" ? parts : 1, Sort = world.Next(),
        };
        files.Put(file);
        return Shape(file);
    }

    private JsonObject Send(NotionCall call)
    {
        var file = Find(call);
        if (Status(file) != "pending")
            throw NotionRefusal.Validation($"File upload {file.Id} has a status of `{Status(file)}`, but must be `pending` to receive content.");
        var form = (IFormCollection?)call.Context.Items[NotionApi.FormItem] ?? throw NotionRefusal.Validation("The request must be multipart/form-data with a part named file.");
        if (form.Files["file"] is not { } part)
            throw NotionRefusal.Missing("file");
        var number = int.TryParse(form["part_number"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1;
        if (file.Mode == "multi_part" && form["part_number"].Count == 0)
            throw NotionRefusal.Missing("part_number");
        if (number < 1 || number > file.Parts)
            throw NotionRefusal.Body("part_number", $"between `1` and `{file.Parts}`", number);
        if (part.Length > NotionLimits.PartBytes)
            throw NotionRefusal.Validation($"The file is larger than {NotionLimits.PartBytes} bytes; send it in parts.");
        if (file.ContentType is { } announced && part.ContentType is { Length: > 0 } sent && sent.Split(';')[0] != announced)
            throw NotionRefusal.Validation($"Provided content type {sent} does not match the one of the file upload, {announced}.");

        using var bytes = new MemoryStream();
        part.CopyTo(bytes);
        file = file with
        {
            Content = new Dictionary<string, string>(file.Content) { [number.ToString(CultureInfo.InvariantCulture)] = Convert.ToBase64String(bytes.ToArray()) },
            Filename = file.Filename ?? part.FileName,
            ContentType = file.ContentType ?? (part.ContentType is { Length: > 0 } type ? type : "application/octet-stream"),
            Status = file.Mode == "single_part" ? "uploaded" : "pending",
        };
        files.Put(file);
        return Shape(file);
    }

    private JsonObject Complete(NotionCall call)
    {
        var file = Find(call);
        if (file.Mode != "multi_part" || Status(file) != "pending")
            throw NotionRefusal.Validation($"File upload {file.Id} cannot be completed: its mode is `{file.Mode}` and its status `{Status(file)}`.");
        if (file.Content.Count < file.Parts)
            throw NotionRefusal.Validation($"File upload {file.Id} has {file.Content.Count} of {file.Parts} parts.");
        file = file with { Status = "uploaded" };
        files.Put(file);
        return Shape(file);
    }

    private NotionFile Find(NotionCall call)
    {
        var id = call.Id("file_upload_id");
        return files.Get(id) is { } file && file.CreatedBy == call.Bot.Id ? file : throw NotionRefusal.NotFound("file_upload", id, call.Bot.Name);
    }

    private string Status(NotionFile file) => !file.Attached && file.ExpiresAt <= world.Now ? "expired" : file.Status;

    private JsonObject Shape(NotionFile file)
    {
        var shape = new JsonObject
        {
            ["object"] = "file_upload",
            ["id"] = file.Id,
            ["created_time"] = DateValue.Shown(file.CreatedTime),
            ["created_by"] = new JsonObject { ["id"] = file.CreatedBy, ["type"] = "bot" },
            ["last_edited_time"] = DateValue.Shown(file.CreatedTime),
            ["in_trash"] = false,
            ["expiry_time"] = file.Attached ? null : DateValue.Shown(file.ExpiresAt),
            ["status"] = Status(file),
            ["filename"] = file.Filename,
            ["content_type"] = file.ContentType,
            ["content_length"] = file.Content.Count == 0 ? null : file.Content.Values.Sum(part => (part.Length / 4 * 3) - part.AsSpan(Math.Max(0, part.Length - 2)).Count('=')),
        };
        if (file.Status == "pending")
        {
            shape["upload_url"] = $"https://{NotionOAuth.Host}/v1/file_uploads/{file.Id}/send";
            if (file.Mode == "multi_part")
            {
                shape["complete_url"] = $"https://{NotionOAuth.Host}/v1/file_uploads/{file.Id}/complete";
                shape["number_of_parts"] = new JsonObject { ["total"] = file.Parts, ["sent"] = file.Content.Count };
            }
        }

        return shape;
    }
}
