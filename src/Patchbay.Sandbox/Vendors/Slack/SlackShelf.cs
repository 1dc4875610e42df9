using System.Globalization;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>A file, from the moment its upload address is handed out.</summary>
internal sealed record SlackFile
{
    public required string Id { get; init; }
    public required string TeamId { get; init; }
    public required string Owner { get; init; }
    public required string Name { get; init; }
    public string Title { get; init; } = "";

    /// <summary>Bytes that were announced.</summary>
    public required int Size { get; init; }

    /// <summary>Hash of the secret in the upload address.</summary>
    public required string UploadHash { get; init; }

    /// <summary>Base64; null until uploaded.</summary>
    public string? Content { get; init; }

    /// <summary>Completed: it exists for others.</summary>
    public bool Complete { get; init; }

    public long Created { get; init; }
    public IReadOnlyList<string> Channels { get; init; } = [];
}

/// <param name="Id">Begins with Rm.</param>
/// <param name="Creator">Who asked for it.</param>
/// <param name="User">Who is reminded.</param>
/// <param name="Text">Of what.</param>
/// <param name="Time">Unix seconds.</param>
internal sealed record SlackReminder(string Id, string Creator, string User, string Text, long Time);

/// <param name="User">Whose.</param>
/// <param name="Until">Unix seconds.</param>
internal sealed record SlackSnooze(string User, long Until);

/// <param name="User">Who saved it.</param>
/// <param name="Created">Unix seconds.</param>
internal sealed record SlackStar(string User, string Channel, string Ts, long Created)
{
    public string Key => $"{User}/{Channel}/{Ts}";
}

/// <summary>A user group that an app made.</summary>
internal sealed record SlackUserGroup(string Id, string TeamId, string Name, string Handle, string Description, IReadOnlyList<string> Users)
{
    public System.Text.Json.Nodes.JsonObject Shape() => new()
    {
        ["id"] = Id, ["team_id"] = TeamId, ["name"] = Name, ["handle"] = Handle, ["description"] = Description,
        ["is_usergroup"] = true, ["user_count"] = Users.Count, ["users"] = Http.Json.Array(Users),
    };
}

/// <summary>What lies beside the messages: files, reminders, snoozes, stars, user groups.</summary>
internal sealed class SlackShelf(Store store)
{
    private readonly Collection<SlackFile> files = new(store, "slack.file");
    private readonly Collection<SlackFile> uploads = new(store, "slack.upload");
    private readonly Collection<SlackReminder> reminders = new(store, "slack.reminder");
    private readonly Collection<SlackSnooze> snoozes = new(store, "slack.snooze");
    private readonly Collection<SlackStar> stars = new(store, "slack.star");
    private readonly Collection<SlackUserGroup> userGroups = new(store, "slack.usergroup");

    public void Clear()
    {
        files.Clear();
        uploads.Clear();
        reminders.Clear();
        snoozes.Clear();
        stars.Clear();
        userGroups.Clear();
    }

    public SlackFile? File(string? id) => id is null ? null : files.Get(id);

    public SlackFile? Upload(string secret) => uploads.Get(Secrets.Hash(secret)) is { } upload ? files.Get(upload.Id) : null;

    /// <summary>Completed files of a workspace, newest first.</summary>
    public IReadOnlyList<SlackFile> Files(string teamId) => [.. files.List(teamId, newestFirst: true).Where(file => file.Complete)];

    public void Put(SlackFile file)
    {
        files.Put(file.Id, file, file.TeamId, file.Created.ToString("D12", CultureInfo.InvariantCulture));
        if (!file.Complete)
            uploads.Put(file.UploadHash, file with { Content = null });
        else
            uploads.Delete(file.UploadHash);
    }

    public void Delete(SlackFile file) => files.Delete(file.Id);

    public void Put(SlackStar star) => stars.Put(star.Key, star, star.User, star.Created.ToString("D12", CultureInfo.InvariantCulture));

    public void Delete(SlackStar star) => stars.Delete(star.Key);

    public bool IsStarred(SlackStar star) => stars.Get(star.Key) is not null;

    public IReadOnlyList<SlackStar> Stars(string user) => stars.List(user, newestFirst: true);

    public void Put(SlackUserGroup group) => userGroups.Put(group.Id, group, group.TeamId, group.Handle);

    public SlackUserGroup? UserGroup(string? id) => id is null ? null : userGroups.Get(id);

    public IReadOnlyList<SlackUserGroup> UserGroups(string teamId) => userGroups.List(teamId);

    public void Put(SlackReminder reminder) =>
        reminders.Put(reminder.Id, reminder, reminder.User, reminder.Time.ToString("D12", CultureInfo.InvariantCulture));

    public IReadOnlyList<SlackReminder> Reminders(string user) => reminders.List(user);

    public void Put(SlackSnooze snooze) => snoozes.Put(snooze.User, snooze);

    public SlackSnooze? Snooze(string user) => snoozes.Get(user);
}
