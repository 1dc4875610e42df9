using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Control;

/// <summary>
/// /_sandbox/*: for the parent process and for tests only. Needs the header <c>X-Sandbox-Control</c> with the token
/// the sandbox was started with; without such a token the whole surface is off. Errors are <c>{"error":"..."}</c>.
/// </summary>
internal sealed class ControlApi(SandboxOptions options, OAuthStore oauth, VendorList vendors, Faults faults, RequestLog log, Worlds worlds, GrantFaults grantFaults)
{
    public const string Header = "X-Sandbox-Control";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/_sandbox/clients", (RequestDelegate)RegisterClientAsync);
        routes.MapPost("/_sandbox/faults", (RequestDelegate)AddFaultAsync);
        routes.MapDelete("/_sandbox/faults", (RequestDelegate)ClearFaultsAsync);
        routes.MapPost("/_sandbox/reset", (RequestDelegate)ResetAsync);
        routes.MapGet("/_sandbox/requests", (RequestDelegate)RequestsAsync);
        foreach (var vendor in vendors.All.OfType<IVendorControl>())
            vendor.MapControl(routes);
    }

    /// <summary>Lets a request to /_sandbox/* through only with the right token.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var given = context.Request.Headers[Header].ToString();
        if (options.ControlToken is { Length: > 0 } token
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(token))))
            await next(context);
        else
            await RefuseAsync(context, StatusCodes.Status403Forbidden, $"The control surface needs the token this sandbox was started with, in {Header}.");
    }

    public static Task RefuseAsync(HttpContext context, int status, string reason) =>
        Json.WriteAsync(context, status, new JsonObject { ["error"] = reason });

    private async Task RegisterClientAsync(HttpContext context)
    {
        var body = await Json.ReadObjectAsync(context);
        var vendor = body.Text("vendor") ?? "";
        var secret = body.Text("clientSecret") ?? "";
        var redirects = body.Texts("redirectUris");
        var problem = body switch
        {
            null => "Send a JSON object.",
            _ when !vendors.Names.Contains(vendor) => $"vendor must be one of: {string.Join(", ", vendors.Names)}.",
            _ when string.IsNullOrWhiteSpace(body.Text("clientId")) => "clientId is missing.",
            _ when !secret.StartsWith(Secrets.Prefix, StringComparison.Ordinal) => $"clientSecret must begin with {Secrets.Prefix}: a real vendor's secret has no place here.",
            _ when redirects.Count == 0 || redirects.Any(uri => !IsRedirect(uri)) => "redirectUris must be http(s) addresses or an app's own scheme such as com.example.app:/done, at least one.",
            _ => null,
        };
        if (problem is not null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        oauth.Register(new OAuthClient
        {
            Vendor = vendor,
            ClientId = body.Text("clientId")!,
            Name = body.Text("name") is { Length: > 0 } name ? name : "Patchbay",
            SecretHash = Secrets.Hash(secret),
            RedirectUris = redirects,
            RotateTokens = body.Flag("rotateTokens"),
        });
        await OkAsync(context);
    }

    private async Task AddFaultAsync(HttpContext context)
    {
        var body = await Json.ReadObjectAsync(context);
        var vendor = body.Text("vendor") ?? "";
        if (!vendors.Names.Contains(vendor))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"vendor must be one of: {string.Join(", ", vendors.Names)}.");
            return;
        }

        switch (body.Text("kind"))
        {
            case "expire_tokens":
                grantFaults.ExpireTokens(vendor);
                break;
            case "revoke":
                grantFaults.Revoke(vendor);
                break;
            case "drop_scope" when body.Text("scope") is { Length: > 0 } scope:
                grantFaults.DropScope(vendor, scope);
                break;
            case "rotate":
                grantFaults.RotateStrictly(vendor, body.Flag("off") is false);
                break;
            case "status" or "slow" or "cut":
                faults.Add(new Fault
                {
                    Vendor = vendor,
                    Kind = Enum.Parse<FaultKind>(body.Text("kind")!, ignoreCase: true),
                    Match = body.Text("match") ?? "",
                    Times = Math.Max(1, body.Number("times") ?? 1),
                    Status = body.Number("status") is >= 400 and <= 599 and { } status ? status : StatusCodes.Status503ServiceUnavailable,
                    RetryAfter = body.Number("retryAfter"),
                    Delay = TimeSpan.FromMilliseconds(Math.Clamp(body.Number("delayMs") ?? 8000, 0, 120_000)),
                });
                break;
            default:
                await RefuseAsync(context, StatusCodes.Status400BadRequest,
                    "kind must be expire_tokens, revoke, drop_scope (with scope), rotate (or with off: true), status, slow or cut.");
                return;
        }

        await OkAsync(context);
    }

    private async Task ClearFaultsAsync(HttpContext context)
    {
        faults.Clear();
        await OkAsync(context);
    }

    private async Task ResetAsync(HttpContext context)
    {
        worlds.Reset();
        faults.Clear();
        await OkAsync(context);
    }

    private async Task RequestsAsync(HttpContext context)
    {
        _ = long.TryParse(context.Request.Query["since"], out var since);
        var (lines, last, tokenRequests) = log.Since(since);
        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["requests"] = new JsonArray([.. lines.Select(line => (JsonNode)new JsonObject
            {
                ["seq"] = line.Sequence,
                ["vendor"] = line.Vendor,
                ["host"] = line.Host,
                ["path"] = line.Path,
                ["method"] = line.Method,
                ["status"] = line.Status,
                ["at"] = line.At.ToString("O"),
                ["ms"] = Math.Round(line.Milliseconds, 2),
            })]),
            ["last"] = last,
            ["tokenRequests"] = new JsonObject(vendors.Names.Select(name => KeyValuePair.Create(name, (JsonNode?)tokenRequests.GetValueOrDefault(name)))),
        });
    }

    /// <summary>A scheme without a dot could be javascript: or file:, which a consent page must never lead to.</summary>
    private static bool IsRedirect(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0
        && (uri.Scheme is "http" or "https" || uri.Scheme.Contains('.', StringComparison.Ordinal));

    private static Task OkAsync(HttpContext context) => Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["ok"] = true });
}
