using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.Shapes;

/// <summary>A vendor that behaves as its shape says, strictly: what is not as recorded is refused with a reason of its own.</summary>
internal sealed class ShapeVendor(Shape shape)
{
    public const string ClientSecret = "live_CANARYsecret";
    public const string Code = "code-1";

    private int _issued;

    /// <summary>The challenge of the authorisation request, hashed or null.</summary>
    public string? Challenge { get; set; }

    public required string ClientId { get; init; }
    public required string RedirectUri { get; init; }

    public string? Access { get; private set; }
    public string? Refresh { get; private set; }
    public ConcurrentQueue<string> Grants { get; } = new();
    public ConcurrentQueue<string> Revoked { get; } = new();
    public ConcurrentQueue<VendorCall> Operations { get; } = new();

    public Task AnswerAsync(VendorCall call, HttpContext http)
    {
        // Identity before the call: with GraphQL both are one address, and only the operation is sent by a function.
        if (shape.Token is { } token && Is(call, "POST", token.At))
            return TokenAsync(token, call, http);
        if (shape.Revoke is { } revoke && Is(call, revoke.Method, revoke.At))
            return RevokeAsync(revoke, call, http);
        if (Is(call, shape.Call.Method, shape.Call.Url) && (shape.Call.Url != shape.Identity?.At || call.Header("X-Function") is not null))
            return OperationAsync(call, http);
        if (shape.Identity is { } identity && Is(call, identity.Method, identity.At))
            return Carries(call) ? FakeVendor.Json(http, 200, identity.Reply.GetRawText()) : Refuse(http, 401, "no_such_token");
        return Refuse(http, 404, "nothing_recorded_here");
    }

    private Task TokenAsync(TokenShape token, VendorCall call, HttpContext http)
    {
        var type = call.Header("Content-Type") ?? "";
        if (!type.StartsWith(token.Body == "json" ? "application/json" : "application/x-www-form-urlencoded", StringComparison.Ordinal))
            return Refuse(http, 400, "wrong_kind_of_body");
        var fields = token.Body == "json" ? JsonSerializer.Deserialize<Dictionary<string, string>>(call.Body)! : new Dictionary<string, string>(call.Form);
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (token.Client == "basic" ? call.Header("Authorization") != basic || fields.ContainsKey("client_secret")
            : call.Header("Authorization") is not null || fields.GetValueOrDefault("client_id") != ClientId || fields.GetValueOrDefault("client_secret") != ClientSecret)
            return Refuse(http, 401, "invalid_client");
        var grant = fields.GetValueOrDefault("grant_type");
        switch (grant)
        {
            case "authorization_code" when fields.GetValueOrDefault("code") != Code || fields.GetValueOrDefault("redirect_uri") != RedirectUri:
                return Refuse(http, 400, "invalid_grant");
            case "authorization_code" when Challenge is null ? fields.ContainsKey("code_verifier") : ChallengeOf(fields.GetValueOrDefault("code_verifier") ?? "") != Challenge:
                return Refuse(http, 400, "wrong_verifier");
            case "authorization_code":
                break;
            case "refresh_token" when shape.Refresh == Renewal.None || fields.GetValueOrDefault("refresh_token") != Refresh:
                return Refuse(http, 400, "invalid_grant");
            case "refresh_token":
                break;
            default:
                return Refuse(http, 400, "unsupported_grant_type");
        }
        Grants.Enqueue(grant!);
        var n = ++_issued;
        Access = $"live-access-{n}-CANARY";
        Refresh = shape.Refresh switch { Renewal.None => null, Renewal.Stays => Refresh ?? "live-refresh-CANARY", _ => $"live-refresh-{n}-CANARY" };
        return FakeVendor.Json(http, 200, token.Reply.GetRawText().Replace("{access}", Access, StringComparison.Ordinal).Replace("{refresh}", Refresh, StringComparison.Ordinal));
    }

    private Task RevokeAsync(RevokeShape revoke, VendorCall call, HttpContext http)
    {
        var bearer = call.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : null;
        if (revoke.Carries == "bearer" ? bearer is null || call.Body.Length > 0 : !call.Form.ContainsKey("token"))
            return Refuse(http, 400, "invalid_request");
        var revoked = bearer ?? call.Form["token"];
        if (revoked != Access && revoked != Refresh)
            return Refuse(http, 401, "no_such_token");
        Revoked.Enqueue(revoked);
        return FakeVendor.Json(http, 200, """{"ok":true}""");
    }

    private Task OperationAsync(VendorCall call, HttpContext http)
    {
        Operations.Enqueue(call);
        return Carries(call) ? FakeVendor.Json(http, shape.Call.Status, shape.Call.Reply.GetRawText()) : Refuse(http, 401, "no_such_token");
    }

    private bool Carries(VendorCall call) =>
        call.Header(shape.Call.Header) == (shape.Key?.Value ?? shape.Call.Value.Replace("{token}", Access, StringComparison.Ordinal));

    private static bool Is(VendorCall call, string method, string url)
    {
        var address = new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        return call.Realm == Realm.Live && call.Method == method && call.Host == address.Host && call.Path == address.AbsolutePath.Split('?')[0];
    }

    private static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static Task Refuse(HttpContext http, int status, string error) => FakeVendor.Json(http, status, $$"""{"error":"{{error}}"}""");
}
