using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>files.*: the upload in three steps (address, bytes, completion) and reading back.</summary>
internal sealed class FileMethods(SlackWorld world, SlackShelf shelf, TimeProvider time) : ISlackMethods
{
    public const string Host = "files.slack.com";
    private const int Largest = 20 * 1024 * 1024;
    private static readonly string[] Write = ["files:write"];
    private static readonly string[] Read = ["files:read"];

    public IEnumerable<SlackMethod> Methods =>
    [
        new("files.getUploadURLExternal", Write, Address),
        new("files.completeUploadExternal", Write, Complete),
        new("files.info", Read, Info),
        new("files.delete", ["files:write"], Delete),
        new("files.list", Read, List),
    ];

    private SlackAnswer Address(SlackCall call)
    {
        if (call.Arguments.Text("filename") is not { } name)
            return SlackAnswer.Fail("invalid_arguments");
        if (!int.TryParse(call.Arguments.Text("length"), out var length) || length is <= 0 or > Largest)
            return SlackAnswer.Fail(length > Largest ? "file_upload_size_restricted" : "invalid_arguments");

        var secret = Secrets.New("up-");
        var file = new SlackFile
        {
            Id = "F" + Convert.ToHexString(RandomNumberGenerator.GetBytes(5)),
            TeamId = call.TeamId,
            Owner = call.Actor.Id,
            Name = name,
            Size = length,
            UploadHash = Secrets.Hash(secret),
            Created = time.GetUtcNow().ToUnixTimeSeconds(),
        };
        shelf.Put(file);
        return SlackAnswer.Ok(("upload_url", $"https://{Host}/upload/v1/{secret}"), ("file_id", file.Id));
    }

    /// <summary>The bytes come to the address itself, which is its own permission.</summary>
    public async Task UploadAsync(HttpContext context)
    {
        var file = shelf.Upload((string?)context.Request.RouteValues["secret"] ?? "");
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        byte[] content;
        if (context.Request.HasFormContentType)
        {
            var form = await Forms.ReadAsync(context);
            content = form.Files is [var first, ..] ? await BytesAsync(first.OpenReadStream(), context.RequestAborted) : [];
        }
        else
        {
            content = await BytesAsync(context.Request.Body, context.RequestAborted);
        }

        if (content.Length != file.Size)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("length_mismatch", context.RequestAborted);
            return;
        }

        shelf.Put(file with { Content = Convert.ToBase64String(content) });
        await context.Response.WriteAsync($"OK - {content.Length}", context.RequestAborted);
    }

    private SlackAnswer Complete(SlackCall call)
    {
        if (call.Arguments.Nested("files") is not JsonArray { Count: > 0 } list)
            return SlackAnswer.Fail("invalid_arguments");
        var channel = call.Arguments.Text("channel_id") is { } id ? world.Channel(id) : null;
        if (call.Arguments.Text("channel_id") is not null && (channel is null || channel.TeamId != call.TeamId))
            return SlackAnswer.Fail("channel_not_found");
        if (channel is not null && !channel.Has(call.Actor.Id))
            return SlackAnswer.Fail("not_in_channel");

        var done = new List<SlackFile>();
        foreach (var item in list)
        {
            if (shelf.File(item.Text("id")) is not { Complete: false, Content: not null } file || file.Owner != call.Actor.Id)
                return SlackAnswer.Fail("file_not_found");
            done.Add(file with { Complete = true, Title = item.Text("title") ?? file.Name, Channels = channel is null ? [] : [channel.Id] });
        }

        done.ForEach(shelf.Put);
        if (channel is not null)
            world.Post(new SlackMessage
            {
                Channel = channel.Id,
                Ts = "",
                User = call.Actor.Id,
                Text = call.Arguments.Text("initial_comment") ?? "",
                BotId = call.Actor.BotId,
                AppId = call.Actor.AppId,
                ThreadTs = call.Arguments.Text("thread_ts"),
                Files = [.. done.Select(file => new SlackFileMark(file.Id, file.Title))],
            });
        return SlackAnswer.Ok(("files", new JsonArray([.. done.Select(file => (JsonNode)Shape(file))])));
    }

    private SlackAnswer Delete(SlackCall call)
    {
        if (shelf.File(call.Arguments.Text("file")) is not { Complete: true } file || !Visible(call, file))
            return SlackAnswer.Fail("file_not_found");
        if (file.Owner != call.Actor.Id)
            return SlackAnswer.Fail("cant_delete_file");
        shelf.Delete(file);
        return SlackAnswer.Ok();
    }

    private SlackAnswer Info(SlackCall call) =>
        shelf.File(call.Arguments.Text("file")) is { Complete: true } file && Visible(call, file)
            ? SlackAnswer.Ok(("file", Shape(file)), ("content", file.Content is { } content && IsText(file) ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(content)) : null))
            : SlackAnswer.Fail("file_not_found");

    private SlackAnswer List(SlackCall call) =>
        SlackAnswer.Ok(("files", new JsonArray([.. shelf.Files(call.TeamId).Where(file => Visible(call, file)).Take(100).Select(file => (JsonNode)Shape(file))])));

    private bool Visible(SlackCall call, SlackFile file) =>
        file.TeamId == call.TeamId && (file.Owner == call.Actor.Id || file.Channels.Any(id => world.Channel(id)?.Has(call.Actor.Id) ?? false));

    private static bool IsText(SlackFile file) => Path.GetExtension(file.Name) is ".txt" or ".md" or ".csv" or ".json";

    private static JsonObject Shape(SlackFile file) => new()
    {
        ["id"] = file.Id,
        ["created"] = file.Created,
        ["name"] = file.Name,
        ["title"] = file.Title,
        ["filetype"] = Path.GetExtension(file.Name).TrimStart('.'),
        ["user"] = file.Owner,
        ["size"] = file.Size,
        ["channels"] = Json.Array(file.Channels),
    };

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var source = stream;
        using var whole = new MemoryStream();
        await source.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }
}
