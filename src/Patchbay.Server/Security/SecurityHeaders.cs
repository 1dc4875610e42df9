using System.Security.Cryptography;

namespace Patchbay.Server.Security;

/// <summary>Response headers of the dashboard's origin. Bytes that are not ours get the sandboxed variant.</summary>
internal static class SecurityHeaders
{
    public const string NonceItem = "patchbay.csp-nonce";

    /// <summary>For functions' replies, uploads and vendors' replies shown on the dashboard's host.</summary>
    public const string ForeignPolicy = "sandbox; default-src 'none'";

    public static void Apply(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[NonceItem] = nonce;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.XFrameOptions = "DENY";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
