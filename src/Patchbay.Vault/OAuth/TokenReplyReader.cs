using System.Text.Json;
using Patchbay.Catalog;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>A token endpoint's reply, read by the catalog's paths.</summary>
/// <param name="Scopes">Null where the reply names none: then it is what was asked for (RFC 6749 §5.1).</param>
internal sealed record TokenGrant(SecretText Access, SecretText? Refresh, TimeSpan? Life, IReadOnlyList<string>? Scopes, string? AccountLabel, string? AccountId)
{
    /// <summary>What the reply says about where the account's API is; not checked against the connector's hosts yet.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();
}

/// <summary>Why no token came.</summary>
/// <param name="Kind">Whether the vendor said no, or did not answer properly.</param>
/// <param name="Error">The vendor's error code, made safe to show and log; null if there was none.</param>
internal sealed record TokenFailure(TokenFailureKind Kind, string? Error);

internal enum TokenFailureKind
{
    /// <summary>The vendor's clear answer: repeating the request cannot help.</summary>
    Refused,

    /// <summary>Unreachable, overloaded, or an answer that is no token reply: it may work later.</summary>
    Unavailable,
}

internal static class TokenReplyReader
{
    /// <summary>Exactly one of the two results is set.</summary>
    public static (TokenGrant? Grant, TokenFailure? Failure) Read(int status, ReadOnlySpan<byte> body, TokenReply paths)
    {
        if (status is 408 or 429 or >= 500)
            return (null, new TokenFailure(TokenFailureKind.Unavailable, null));
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            root = document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return (null, new TokenFailure(status is >= 400 and < 500 ? TokenFailureKind.Refused : TokenFailureKind.Unavailable, null));
        }
        try
        {
            return Read(status, root, paths);
        }
        catch (InvalidOperationException)
        {
            // A string with an unpaired surrogate cannot be read as text: no vendor's token looks so.
            return (null, new TokenFailure(TokenFailureKind.Unavailable, null));
        }
    }

    private static (TokenGrant?, TokenFailure?) Read(int status, JsonElement root, TokenReply paths)
    {
        var error = JsonPaths.Text(root, paths.Error);
        var success = paths.Success is null || JsonPaths.Find(root, paths.Success) is { ValueKind: JsonValueKind.True };
        if (status is < 200 or > 299 || error is not null || !success)
            return (null, new TokenFailure(TokenFailureKind.Refused, SafeText.Code(error)));

        // Slack names the bot's token at the top and the person's under authed_user: whichever alternative has the
        // token also has its scopes, life and refresh token.
        for (var i = 0; i < paths.AccessToken.Split('|').Length; i++)
        {
            if (JsonPaths.Text(root, JsonPaths.Alternative(paths.AccessToken, i)) is not { } access || !IsHeaderSafe(access))
                continue;
            if (JsonPaths.Text(root, "token_type") is { } type && UnusableTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
                return (null, new TokenFailure(TokenFailureKind.Refused, "unsupported_token_type"));
            var refresh = JsonPaths.Text(root, JsonPaths.Alternative(paths.RefreshToken, i));
            return (new TokenGrant(
                new SecretText(access),
                refresh is null ? null : new SecretText(refresh),
                JsonPaths.Seconds(root, JsonPaths.Alternative(paths.ExpiresIn, i)),
                ReadScopes(JsonPaths.Find(root, JsonPaths.Alternative(paths.Scope, i)), paths.ScopeSeparator),
                JsonPaths.Joined(root, paths.LabelPaths, " · "),
                JsonPaths.Joined(root, paths.IdPaths, ":"))
            {
                Config = paths.Config.Distinct(StringComparer.Ordinal).Select(path => (path, Value: JsonPaths.Text(root, path))).Where(pair => pair.Value is not null).ToDictionary(pair => pair.path, pair => pair.Value!, StringComparer.Ordinal),
            }, null);
        }
        return (null, new TokenFailure(TokenFailureKind.Unavailable, null));
    }

    /// <summary>Types that mean more than putting the token into its slot; sending one as a bearer would only fail later.</summary>
    private static readonly string[] UnusableTypes = ["DPoP", "mac", "N_A"];

    private static bool IsHeaderSafe(string token) => token.All(c => c is > ' ' and < '\x7f');

    private static IReadOnlyList<string>? ReadScopes(JsonElement? scope, string separator) => scope switch
    {
        { ValueKind: JsonValueKind.String } s => [.. s.GetString()!.Split([separator, " "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
        { ValueKind: JsonValueKind.Array } a => [.. a.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).Distinct(StringComparer.Ordinal)],
        _ => null,
    };
}
