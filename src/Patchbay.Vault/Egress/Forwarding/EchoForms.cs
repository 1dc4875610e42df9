using System.Text;
using System.Text.Json;
using Patchbay.Catalog;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>The forms in which a vendor may echo a token: raw, escaped in JSON or a URL, or inside base64.</summary>
internal static class EchoForms
{
    /// <param name="slot">Of the connector: what Basic carries holds a secret of its own, which vendors know and may echo (RFC 7617).</param>
    public static IReadOnlyList<byte[]> Of(SecretText secret, CredentialSlot slot)
    {
        return slot.Format.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && PasswordOf(secret) is { } password
            ? [.. Of(secret), .. Of(password)]
            : Of(secret);
    }

    /// <summary>The password, or the name where there is no password (some vendors take a key as the name).</summary>
    private static SecretText? PasswordOf(SecretText basic)
    {
        var bytes = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic.Reveal(), bytes, out var written))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, written);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new SecretText(colon + 1 < pair.Length ? pair[(colon + 1)..] : pair[..colon]);
    }

    public static IReadOnlyList<byte[]> Of(SecretText secret)
    {
        var raw = secret.Reveal();
        var url = Uri.EscapeDataString(raw);
        var texts = new HashSet<string>(StringComparer.Ordinal)
        {
            raw,
            url,
            LowerEscapes(url),
            raw.Replace("/", "\\/", StringComparison.Ordinal),
            JsonSerializer.Serialize(raw)[1..^1],
        };
        var bytes = Encoding.UTF8.GetBytes(raw);
        for (var before = 0; before < 3; before++)
        {
            var encoded = InsideBase64(bytes, before);
            texts.Add(encoded);
            texts.Add(encoded.Replace('+', '-').Replace('/', '_'));
        }
        return [.. texts.Where(t => t.Length >= Math.Min(8, raw.Length)).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The characters of base64 that only the secret decides, if it begins <paramref name="before"/> bytes after a
    /// multiple of three; those at its borders mix with its neighbours.</summary>
    private static string InsideBase64(byte[] secret, int before)
    {
        var padded = new byte[before + secret.Length];
        secret.CopyTo(padded, before);
        var text = Convert.ToBase64String(padded);
        var first = (before * 8 + 5) / 6;
        var end = padded.Length * 8 / 6;
        return end > first ? text[first..end] : "";
    }

    private static string LowerEscapes(string url)
    {
        var text = new StringBuilder(url);
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '%')
            {
                text[i + 1] = char.ToLowerInvariant(text[i + 1]);
                text[i + 2] = char.ToLowerInvariant(text[i + 2]);
            }
        }
        return text.ToString();
    }
}
