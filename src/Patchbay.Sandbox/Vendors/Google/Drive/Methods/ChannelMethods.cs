using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>Push channels are made and stopped. Nothing is pushed: the sandbox calls nobody.</summary>
internal sealed class ChannelMethods(DriveDesk desk, DriveChannels channels) : IDriveMethods
{
    private static readonly TimeSpan OfFile = TimeSpan.FromDays(1);
    private static readonly TimeSpan OfChanges = TimeSpan.FromDays(7);

    public IEnumerable<DriveMethod> Methods =>
    [
        new("POST", "/changes/watch", "changes.watch", DriveScopes.Read, WatchChanges),
        new("POST", "/files/{fileId}/watch", "files.watch", DriveScopes.Read, WatchFile),
        new("POST", "/channels/stop", "channels.stop", DriveScopes.Read, Stop),
    ];

    private GoogleAnswer WatchChanges(DriveCall call) =>
        call.Query("pageToken").Length == 0 ? DriveErrors.Required("pageToken", "Required parameter: pageToken")
        : !long.TryParse(call.Query("pageToken"), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? DriveErrors.Invalid("pageToken")
        : Watch(call, $"changes?pageToken={call.Query("pageToken")}", OfChanges);

    private GoogleAnswer WatchFile(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"));
        return file is null ? refusal! : Watch(call, $"files/{file.Id}", OfFile);
    }

    private GoogleAnswer Watch(DriveCall call, string resource, TimeSpan longest)
    {
        if (call.Body.Text("id") is not { Length: > 0 and <= 64 } id)
            return DriveErrors.Required("entity.id", "Required");
        if (call.Body.Text("type") is not ("web_hook" or "webhook"))
            return DriveErrors.Invalid("entity.type", "Unknown channel type.");
        if (call.Body.Text("address") is not { } address || !address.StartsWith("https://", StringComparison.Ordinal))
            return DriveErrors.Of(400, "WebHook callback must be HTTPS: " + call.Body.Text("address"), "push.webhookUrlNotHttps");
        if (channels.Find(id) is { } living && living.Expires > desk.Now)
            return DriveErrors.Of(400, $"Channel id {id} not unique", "channelIdNotUnique");

        var end = desk.Now + longest;
        if (long.TryParse(call.Body["expiration"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked < end.ToUnixTimeMilliseconds())
            end = DateTimeOffset.FromUnixTimeMilliseconds(asked);
        var channel = new DriveChannel(id, Secrets.StableId("", $"{call.Account.Id}/{resource.Split('?')[0]}", 26), call.Account.Id, end);
        channels.Put(channel);
        var body = new JsonObject
        {
            ["kind"] = "api#channel",
            ["id"] = id,
            ["resourceId"] = channel.ResourceId,
            ["resourceUri"] = $"https://www.googleapis.com/drive/v3/{resource}",
            ["expiration"] = end.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        };
        if (call.Body.Text("token") is { } token)
            body["token"] = token;
        return GoogleAnswer.Ok(body);
    }

    private GoogleAnswer Stop(DriveCall call)
    {
        if (channels.Find(call.Body.Text("id") ?? "") is not { } channel || channel.ResourceId != call.Body.Text("resourceId") || channel.Account != call.Account.Id)
            return DriveErrors.Of(404, $"Channel '{call.Body.Text("id")}' not found for project", "notFound");
        channels.Delete(channel);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }
}

/// <param name="Id">As the app chose it.</param>
/// <param name="ResourceId">Of what is watched.</param>
/// <param name="Account">Who watches.</param>
/// <param name="Expires">Then it ends by itself.</param>
internal sealed record DriveChannel(string Id, string ResourceId, string Account, DateTimeOffset Expires);

internal sealed class DriveChannels(Store store)
{
    private readonly Collection<DriveChannel> channels = new(store, "drive.channel");

    public DriveChannel? Find(string id) => channels.Get(id);

    public void Put(DriveChannel channel) => channels.Put(channel.Id, channel);

    public void Delete(DriveChannel channel) => channels.Delete(channel.Id);

    public void Clear() => channels.Clear();
}
