using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>The authorize page: who is asked, what the app can do, and which pages it may do it to.</summary>
internal sealed class NotionOAuth(OAuthStore oauth, PendingConsents pending, NotionWorld world)
{
    public const string Vendor = "notion";
    public const string Host = "api.notion.com";
    public const string Path = "/v1/oauth/authorize";
    private static readonly ConsentAnswer.Face Face = new("Notion", NotionIcons.Tile);

    /// <summary>A grant's subject is "workspace/person"; the bot's id follows from it and the app.</summary>
    public static string BotId(Grant grant) => BotId(grant.ClientId, grant.Subject);

    public static string BotId(string clientId, string subject) => NotionIds.Stable($"bot/{clientId}/{subject}");

    public async Task AuthorizeAsync(HttpContext context)
    {
        var asked = new AuthorizeRequest(context, oauth, Vendor);
        var redirect = asked.Redirect ?? (asked.Client is { RedirectUris: [var only] } ? only : null);
        var problem = asked.Client switch
        {
            null => ("Notion does not know this app", "invalid_client", "Missing or invalid client_id."),
            _ when !asked.Registers(redirect) => ("The return address is not registered", "invalid_redirect_uri", "Missing or invalid redirect_uri."),
            _ when asked.Value("response_type") is not "code" => ("The request is not valid", "invalid_request", "Missing or invalid response_type: it must be code."),
            _ when asked.Value("owner") is not (null or "user") => ("The request is not valid", "invalid_request", "Missing or invalid owner: it must be user."),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("Notion", NotionIcons.Tile, StatusCodes.Status400BadRequest, problem.Item1, problem.Item2, problem.Item3).WriteAsync(context);
            return;
        }

        // Notion reads no PKCE.
        await ConsentPage.Of(View(asked.Pending(NotionCapabilities.Of(asked.Client!)) with { Challenge = null }, redirect!)).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (await ConsentAnswer.TakeAsync(context, pending, Vendor, Face, KnowsAccount) is not { } answer)
            return;
        // An answer without the pick list (not from this page) takes what the page would have ticked.
        var form = answer.Form;
        var (workspaceId, userId) = (answer.Account.Split('/')[0], answer.Account.Split('/')[1]);
        IReadOnlyList<string> picked = [.. Offered(workspaceId, userId).Where(thing => form.ContainsKey("choosing") ? form["choice"].Contains(thing.Id) : PrivateTo(thing) is null).Select(thing => thing.Id)];
        await answer.FinishAsync(oauth, () => Code(answer.Request, answer.Account, picked));
    }

    private bool KnowsAccount(string account) => account.Split('/') is [var workspaceId, var userId] && world.User(userId)?.WorkspaceId == workspaceId;

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
