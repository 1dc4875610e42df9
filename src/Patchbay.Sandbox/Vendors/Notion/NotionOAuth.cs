using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>The authorize page: who is asked, what the app can do, and which pages it may do it to.</summary>
internal sealed class NotionOAuth(OAuthStore oauth, PendingConsents pending, NotionWorld world)
{
    public const string Vendor = "notion";
    public const string Host = "api.notion.com";
    public const string Path = "/v1/oauth/authorize";

    /// <summary>A grant's subject is "workspace/person"; the bot's id follows from it and the app.</summary>
    public static string BotId(Grant grant) => BotId(grant.ClientId, grant.Subject);

    public static string BotId(string clientId, string subject) => NotionIds.Stable($"bot/{clientId}/{subject}");

    public async Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        string? Value(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

        var client = oauth.FindClient(Vendor, Value("client_id"));
        var redirect = Value("redirect_uri") ?? (client?.RedirectUris.Count == 1 ? client.RedirectUris[0] : null);
        var problem = client switch
        {
            null => ("Notion does not know this app", "invalid_client", "Missing or invalid client_id."),
            _ when redirect is null || !client.RedirectUris.Contains(redirect) => ("The return address is not registered", "invalid_redirect_uri", "Missing or invalid redirect_uri."),
            _ when Value("response_type") is not "code" => ("The request is not valid", "invalid_request", "Missing or invalid response_type: it must be code."),
            _ when Value("owner") is not (null or "user") => ("The request is not valid", "invalid_request", "Missing or invalid owner: it must be user."),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("Notion", NotionIcons.Tile, StatusCodes.Status400BadRequest, problem.Item1, problem.Item2, problem.Item3).WriteAsync(context);
            return;
        }

        var request = new PendingConsent
        {
            Vendor = Vendor,
            Client = client!,
            // Kept as it was sent: the token request must repeat it, and leave it out where it was left out.
            RedirectUri = Value("redirect_uri") ?? "",
            State = Value("state"),
            Scopes = NotionCapabilities.Of(client!),
        };
        await ConsentPage.Of(View(request, redirect!)).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        if (Forms.FromElsewhere(context.Request)
            || pending.Take(form["request"], Vendor) is not { } request
            || form["account"].ToString().Split('/') is not [var workspaceId, var userId] || world.User(userId)?.WorkspaceId != workspaceId)
        {
            await ErrorPage.Of("Notion", NotionIcons.Tile, StatusCodes.Status400BadRequest, "This page was already answered", "stale_request",
                "The consent page works once and for ten minutes. Go back to the app and start again.").WriteAsync(context);
            return;
        }

        var redirect = request.RedirectUri.Length > 0 ? request.RedirectUri : request.Client.RedirectUris[0];
        var state = ("state", request.State ?? "");
        // An answer without the pick list (not from this page) takes what the page would have ticked.
        var offered = Offered(workspaceId, userId);
        IReadOnlyList<string> picked = [.. offered.Where(thing => form.ContainsKey("choosing") ? form["choice"].Contains(thing.Id) : PrivateTo(thing) is null).Select(thing => thing.Id)];
        switch (form["decision"].ToString())
        {
            case "allow":
                Redirects.Send(context, redirect, ("code", Code(request, form["account"]!, picked)), state);
                break;
            case "used_code":
                var code = Code(request, form["account"]!, picked);
                oauth.Redeem(Vendor, code, request.Client.ClientId, request.RedirectUri, null);
                Redirects.Send(context, redirect, ("code", code), state);
                break;
            case "server_error":
                Redirects.Send(context, redirect, ("error", "server_error"), state);
                break;
            case "silence":
                await Redirects.SilenceAsync(context, "Notion", NotionIcons.Tile);
                break;
            default:
                Redirects.Send(context, redirect, ("error", "access_denied"), state);
                break;
        }
    }

    private ConsentView View(PendingConsent request, string redirect)
    {
        var people = world.Workspaces().SelectMany(workspace => world.Users(workspace.Id).Select(user => (workspace, user))).ToList();
        return new ConsentView
        {
            Vendor = "Notion",
            Glyph = NotionIcons.Tile,
            AppName = request.Client.Name,
            Host = Host,
            Action = $"/{Host}{Path}",
            RequestId = pending.Add(request),
            LeadsTo = Redirects.Origin(redirect),
            Accounts = [.. people.Select(entry => new ConsentAccount($"{entry.workspace.Id}/{entry.user.Id}", entry.user.Name, $"{entry.workspace.Name} · {entry.user.Email}"))],
            Permissions = [.. NotionCapabilities.All.Where(capability => request.Scopes.Contains(capability.Name)).Select(capability => new ConsentPermission(capability.Name, capability.Sentence, capability.Class, Tickable: false))],
            ChoicesTitle = "in these pages and all below them",
            Choices =
            [
                .. people.Select(entry => entry.workspace).DistinctBy(workspace => workspace.Id)
                    .SelectMany(workspace => Tops(workspace.Id).Select(thing => new ConsentChoice(thing.Id, Title(thing), Detail(workspace, thing), PrivateTo(thing) is null))),
            ],
            Note = $"{request.Client.Name} sees what you pick and nothing else. What is not the chosen person's to share is left out.",
            Troubles = [("server_error", "server_error"), ("used_code", "code already used"), ("silence", "never return")],
        };
    }

    /// <summary>What a person may share: the team's pages at the top of the workspace, and their own private ones.</summary>
    private List<NotionThing> Offered(string workspaceId, string userId) => [.. Tops(workspaceId).Where(thing => PrivateTo(thing) is not { } owner || owner == userId)];

    private IEnumerable<NotionThing> Tops(string workspaceId) =>
        world.Pages(workspaceId).Concat<NotionThing>(world.Databases(workspaceId)).Where(thing => !thing.InTrash).OrderBy(thing => thing.Sort, StringComparer.Ordinal);

    private static string? PrivateTo(NotionThing thing) => (thing as NotionPageRecord)?.PrivateTo ?? (thing as NotionDatabase)?.PrivateTo;

    private static string Title(NotionThing thing) => NotionWorld.TitleOf(thing) is { Length: > 0 } title ? title : "Untitled";

    private string Detail(NotionWorkspace workspace, NotionThing thing) =>
        PrivateTo(thing) is { } owner ? $"{workspace.Name} · private to {world.User(owner)?.Name}" : thing is NotionDatabase ? $"{workspace.Name} · table" : workspace.Name;

    private string Code(PendingConsent request, string account, IReadOnlyList<string> picked) => oauth.IssueCode("", new AuthorizationCode
    {
        Vendor = Vendor,
        ClientId = request.Client.ClientId,
        RedirectUri = request.RedirectUri,
        Account = account,
        Scopes = request.Scopes,
        Choices = picked,
        ExpiresAt = default,
    });
}
