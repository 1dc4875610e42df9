using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Methods;

/// <summary>Reads the message out of a request.</summary>
internal static class GmailBodies
{
    public static GoogleAnswer RawMissing { get; } =
        GoogleAnswer.Invalid("'raw' RFC822 payload message string or uploading message via /upload/* URL required");

    /// <summary>The base64url (or plain base64) member "raw"; null when missing, empty or not base64.</summary>
    public static byte[]? Raw(JsonNode? message)
    {
        if (message.Text("raw") is not { Length: > 0 } text || text.AsSpan().ContainsAnyExcept(Alphabet))
            return null;
        return TransferEncoding.Base64(text) is { Length: > 0 } bytes ? bytes : null;
    }

    /// <summary>An upload: the bytes themselves, or multipart/related with a JSON part before them.</summary>
    public static async Task<(byte[] Raw, JsonObject? Envelope)> UploadAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        var bytes = content.ToArray();
        if (context.Request.ContentType?.StartsWith("multipart/related", StringComparison.OrdinalIgnoreCase) != true)
            return (bytes, null);

        var whole = MimeParser.Parse([.. Encoding.Latin1.GetBytes($"Content-Type: {context.Request.ContentType}\r\n\r\n"), .. bytes]);
        return whole.Parts is [var envelope, var media, ..]
            ? (media.Body, Json.TryParse(envelope.Text) as JsonObject)
            : ([], null);
    }

    private static readonly System.Buffers.SearchValues<char> Alphabet =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=\r\n");
}
