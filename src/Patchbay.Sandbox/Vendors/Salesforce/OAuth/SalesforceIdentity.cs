using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.OAuth;

/// <summary>/services/oauth2/userinfo and /id/{org}/{user}: whose token it is, and where the API is.</summary>
internal sealed class SalesforceIdentity(OAuthStore oauth, RecordStore records)
{
    public Task UserInfoAsync(HttpContext context) => AnswerAsync(context, null, (org, user) => new JsonObject
    {
        ["sub"] = SalesforceTokens.IdentityAddress(org, user.Id),
        ["user_id"] = user.Id,
        ["organization_id"] = org.Id,
        ["preferred_username"] = user.Text("Username"),
        ["nickname"] = user.Text("CommunityNickname"),
        ["name"] = user.Text("Name"),
        ["email"] = user.Text("Email"),
        ["email_verified"] = true,
        ["given_name"] = user.Text("FirstName"),
        ["family_name"] = user.Text("LastName"),
        ["zoneinfo"] = user.Text("TimeZoneSidKey"),
        ["photos"] = Photos(org),
        ["profile"] = $"https://{org.Instance}/{user.Id}",
        ["picture"] = $"https://{org.Instance}/profilephoto/005/F",
        ["address"] = new JsonObject { ["country"] = user.Text("Country") },
        ["urls"] = Urls(org, user.Id),
        ["active"] = user.Flag("IsActive"),
        ["user_type"] = "STANDARD",
        ["language"] = user.Text("LanguageLocaleKey"),
        ["locale"] = user.Text("LocaleSidKey"),
        ["utcOffset"] = 0,
        ["updated_at"] = user.Text("LastModifiedDate"),
        ["is_app_installed"] = true,
    });

    public Task IdAsync(HttpContext context) => AnswerAsync(context,
        ((string?)context.Request.RouteValues["org"] ?? "", (string?)context.Request.RouteValues["user"] ?? ""), (org, user) => new JsonObject
    {
        ["id"] = SalesforceTokens.IdentityAddress(org, user.Id),
        ["asserted_user"] = true,
        ["user_id"] = user.Id,
        ["organization_id"] = org.Id,
        ["username"] = user.Text("Username"),
        ["nick_name"] = user.Text("CommunityNickname"),
        ["display_name"] = user.Text("Name"),
        ["email"] = user.Text("Email"),
        ["email_verified"] = true,
        ["first_name"] = user.Text("FirstName"),
        ["last_name"] = user.Text("LastName"),
        ["timezone"] = user.Text("TimeZoneSidKey"),
        ["photos"] = Photos(org),
        ["addr_street"] = user.Text("Street"),
        ["addr_city"] = user.Text("City"),
        ["addr_state"] = user.Text("State"),
        ["addr_country"] = user.Text("Country"),
        ["addr_zip"] = user.Text("PostalCode"),
        ["mobile_phone"] = user.Text("MobilePhone"),
        ["mobile_phone_verified"] = false,
        ["is_lightning_login_user"] = false,
        ["status"] = new JsonObject { ["created_date"] = null, ["body"] = null },
        ["urls"] = Urls(org, user.Id),
        ["active"] = user.Flag("IsActive"),
        ["user_type"] = "STANDARD",
        ["language"] = user.Text("LanguageLocaleKey"),
        ["locale"] = user.Text("LocaleSidKey"),
        ["utcOffset"] = 0,
        ["last_modified_date"] = user.Text("LastModifiedDate"),
        ["is_app_installed"] = true,
    });

    /// <param name="context">The call.</param>
    /// <param name="named">Organisation and person of the address; null for whoever the token is of.</param>
    /// <param name="show">The answer.</param>
    private async Task AnswerAsync(HttpContext context, (string Org, string User)? named, Func<SalesforceOrg, SObjectRecord, JsonObject> show)
    {
        var text = ClientCredentials.ParseBearer(context.Request.Headers.Authorization.ToString())
            ?? (context.Request.Query["access_token"] is [{ Length: > 0 } inQuery, ..] ? inQuery : (await Forms.ReadAsync(context))["access_token"] is [{ Length: > 0 } inForm, ..] ? inForm : null);
        var found = text is null ? null : oauth.Find(SalesforceAuthorize.Vendor, TokenKind.Access, text);
        if (found is not { State: TokenState.Live })
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, text is null ? "Missing_OAuth_Token" : "Bad_OAuth_Token");
            return;
        }

        if (!SalesforceScopes.Identity.Any(scope => SalesforceScopes.Holds(found.Scopes!, scope)))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Bad_OAuth_Token");
            return;
        }

        var (org, userId) = SalesforceTokens.Owner(found.Grant!);
        if (named is { } address && (!Same(address.Org, org.Id) || !Same(address.User, userId)))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, Same(address.Org, org.Id) ? "Bad_Id" : "Wrong_Org");
            return;
        }

        if (records.Get(org.Id, userId) is not { } user)
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Inactive");
        else
            await Json.WriteAsync(context, StatusCodes.Status200OK, show(org, user));
    }

    /// <summary>Where everything is; <c>{version}</c> is for the caller to fill in.</summary>
    private static JsonObject Urls(SalesforceOrg org, string userId)
    {
        var (host, rest) = ($"https://{org.Instance}", $"https://{org.Instance}/services/data/v{{version}}/");
        return new JsonObject
        {
            ["enterprise"] = $"{host}/services/Soap/c/{{version}}/{org.Id[..15]}",
            ["metadata"] = $"{host}/services/Soap/m/{{version}}/{org.Id[..15]}",
            ["partner"] = $"{host}/services/Soap/u/{{version}}/{org.Id[..15]}",
            ["rest"] = rest,
            ["sobjects"] = rest + "sobjects/",
            ["search"] = rest + "search/",
            ["query"] = rest + "query/",
            ["recent"] = rest + "recent/",
            ["tooling_soap"] = $"{host}/services/Soap/T/{{version}}/{org.Id[..15]}",
            ["tooling_rest"] = rest + "tooling/",
            ["profile"] = $"{host}/{userId}",
            ["feeds"] = rest + "chatter/feeds",
            ["groups"] = rest + "chatter/groups",
            ["users"] = rest + "chatter/users",
            ["feed_items"] = rest + "chatter/feed-items",
            ["feed_elements"] = rest + "chatter/feed-elements",
            ["custom_domain"] = host,
        };
    }

    private static JsonObject Photos(SalesforceOrg org) => new()
    {
        ["picture"] = $"https://{org.Instance}/profilephoto/005/F",
        ["thumbnail"] = $"https://{org.Instance}/profilephoto/005/T",
    };

    private static bool Same(string given, string id) => SalesforceIds.TryRead(given, out var read) && read == id;

    private static async Task RefuseAsync(HttpContext context, int status, string word)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(word, context.RequestAborted);
    }
}
