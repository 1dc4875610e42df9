using System.Text;

namespace Patchbay.Sandbox.Http;

/// <summary>Credentials of a client or a bearer token, as they arrive.</summary>
internal static class ClientCredentials
{
    /// <summary>HTTP Basic first, else the form's client_id and client_secret.</summary>
    public static (string? Id, string? Secret) Read(HttpRequest request, IFormCollection form) =>
        ParseBasic(request.Headers.Authorization.ToString()) is { } basic
            ? basic
            : (Value(form, "client_id"), Value(form, "client_secret"));

    /// <summary>Null unless well-formed. Both halves are form-encoded inside (RFC 6749, 2.3.1).</summary>
    public static (string Id, string Secret)? ParseBasic(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;
        var encoded = header[6..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':');
        return colon < 0 ? null : (Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }

    /// <summary>The token of a Bearer header; null when there is none.</summary>
    public static string? ParseBearer(string header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header[7..].Trim() is { Length: > 0 } token ? token : null;

    public static string? Value(IFormCollection form, string name) => form[name] is [{ Length: > 0 } value, ..] ? value : null;
}
