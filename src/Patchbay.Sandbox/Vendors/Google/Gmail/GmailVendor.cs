using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Gmail.Methods;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>Gmail: gmail.googleapis.com. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class GmailVendor : IVendor, IVendorControl
{
    private const string Host = "gmail.googleapis.com";
    private readonly GoogleAccounts accounts;
    private readonly GmailMailboxes mailboxes;
    private readonly GmailPost post;
    private readonly GoogleBearer bearer;
    private readonly Store store;
    private readonly TimeProvider time;
    private readonly GmailMethod[] methods;

    public GmailVendor(Store store, OAuthStore oauth, LiveFeed live, Pages.WorldShell shell, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        accounts = new GoogleAccounts(store);
        mailboxes = new GmailMailboxes(store, live, time);
        post = new GmailPost(mailboxes, accounts, store, time);
        World = new GmailPage(mailboxes, accounts, shell, time).Page;
        bearer = new GoogleBearer(oauth, accounts);
        IGmailMethods[] families = [new MessageMethods(mailboxes, post, time), new DraftMethods(mailboxes, post), new MailboxMethods(mailboxes, time)];
        methods = [.. families.SelectMany(family => family.Methods)];
    }

    public string Name => GoogleOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [Host];

    public WorldPage? World { get; }

    public void Map(VendorRoutes routes)
    {
        foreach (var method in methods)
        {
            var path = $"{(method.Upload ? "/upload" : "")}/gmail/v1/users/{{userId}}{method.Path}";
            Action<string, string, RequestDelegate> map = method.Verb switch
            {
                "GET" => routes.Get,
                "PUT" => routes.Put,
                "DELETE" => routes.Delete,
                _ => routes.Post,
            };
            map(Host, path, context => RunAsync(context, method));
        }
    }

    public void MapControl(IEndpointRouteBuilder routes) => routes.MapGet("/_sandbox/gmail/messages", (RequestDelegate)ControlMessagesAsync);

    public void Seed()
    {
        accounts.Seed();
        if (mailboxes.Empty)
            GmailSeed.Plant(mailboxes, post, accounts, time);
    }

    public void Clear() => mailboxes.Clear();

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => GooglePages.FailAsync(context, status);

    private async Task RunAsync(HttpContext context, GmailMethod method)
    {
        var (account, scopes, refusal) = bearer.Check(context, Host, "caribou.api.proto.MailboxService." + method.Name, method.Accepted);
        if (account is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        var user = (string?)context.Request.RouteValues["userId"] ?? "";
        if (user != "me" && !string.Equals(user, account.Email, StringComparison.OrdinalIgnoreCase))
        {
            await GoogleAnswer.Error(403, $"Delegation denied for {account.Email}", "forbidden", "PERMISSION_DENIED").WriteAsync(context);
            return;
        }

        var sendsBody = context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        var carriesJson = sendsBody && method is { Verb: "POST" or "PUT", Upload: false };
        var body = carriesJson ? await Json.ReadObjectAsync(context) : null;
        if (carriesJson && body is null)
        {
            await GoogleAnswer.Error(400, "Invalid JSON payload received.", "parseError", "INVALID_ARGUMENT").WriteAsync(context);
            return;
        }

        var call = new GmailCall(context, account, scopes, body);
        // Uploads read their body while they run; the others touch only the store and are one step in it.
        var answer = method.Upload ? await method.Run(call) : await store.Atomic(() => method.Run(call));
        await answer.WriteAsync(context);
    }

    /// <summary>?account= → [{id, threadId, labels, from, to, subject, text, at}], newest first; 404 for an unknown account.</summary>
    private async Task ControlMessagesAsync(HttpContext context)
    {
        // Without an account: every mailbox.
        var email = context.Request.Query["account"].ToString();
        IReadOnlyList<GoogleAccount> owners = email.Length == 0 ? accounts.All() : accounts.ByEmail(email) is { } one ? [one] : [];
        if (owners.Count == 0)
        {
            await ControlApi.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such account.");
            return;
        }

        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. owners.SelectMany(owner => mailboxes.Messages(owner.Id)).Select(message => (JsonNode)new JsonObject
        {
            ["id"] = message.Id,
            ["threadId"] = message.ThreadId,
            ["labels"] = Json.Array(message.Labels),
            ["from"] = message.From,
            ["to"] = message.To,
            ["subject"] = message.Subject,
            ["text"] = message.Body,
            ["at"] = DateTimeOffset.FromUnixTimeMilliseconds(message.Date).ToString("O"),
        })]));
    }
}
