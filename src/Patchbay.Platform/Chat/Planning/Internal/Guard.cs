using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>
/// Requests that are refused whatever else they say. It looks at words, so it can refuse too much (the reason is
/// shown, and an entity of that name lifts it); what it overlooks still has no way to become a plan, because nothing
/// in a plan can carry it out (the plan's vocabulary has no credential, no hidden recipient and no foreign host).
/// </summary>
internal static class Guard
{
    private const string Credentials = "Credentials stay in the vault: no flow, message or function can read one.";
    private const string Hidden = "Messages have no hidden recipients: whoever gets one is named in the plan.";
    private const string Orders = "A request says what the app should do; it cannot change the rules by which it is built.";
    private const string Consent = "Permissions are asked for, shown and approved every time; nothing can skip that.";
    private const string Destruction = "Data is never destroyed by a request in the chat.";
    private const string Foreign = "Data goes to connected tools only, never to another address.";

    private static readonly FrozenDictionary<string, string> Single = new Dictionary<string, string>
    {
        ["password"] = Credentials, ["passwords"] = Credentials, ["credential"] = Credentials, ["credentials"] = Credentials, ["apikey"] = Credentials,
        ["token"] = Credentials, ["tokens"] = Credentials, ["secret"] = Credentials, ["secrets"] = Credentials, ["env"] = Credentials, ["passphrase"] = Credentials,
        ["bcc"] = Hidden, ["secretly"] = Hidden, ["covertly"] = Hidden, ["hidden"] = Hidden, ["invisibly"] = Hidden, ["silently"] = Hidden, ["stealthily"] = Hidden,
        ["disregard"] = Orders, ["jailbreak"] = Orders, ["pretend"] = Orders, ["prompt"] = Orders, ["roleplay"] = Orders,
        ["bypass"] = Consent, ["circumvent"] = Consent, ["sudo"] = Consent,
        ["wipe"] = Destruction, ["purge"] = Destruction, ["destroy"] = Destruction, ["truncate"] = Destruction, ["drop-table"] = Destruction,
        ["exfiltrate"] = Foreign, ["curl"] = Foreign, ["http"] = Foreign, ["https"] = Foreign, ["webhook.site"] = Foreign,
    }.ToFrozenDictionary();

    private static readonly (string[] First, string[] Second, string Reason)[] Pairs =
    [
        (["api", "access", "private", "signing", "master", "encryption"], ["key", "keys"], Credentials),
        (["ignore", "forget", "override"], ["all", "previous", "above", "your", "any", "the", "instructions", "rules", "prior", "every", "everything", "earlier"], Orders),
        (["new", "system", "hidden"], ["instruction", "instructions", "prompt"], Orders),
        (["skip", "without", "no"], ["consent", "permission", "approval", "asking", "authorization", "authorisation", "telling", "confirmation", "permissions"], Consent),
        (["all", "full", "every", "admin", "maximum", "broadest"], ["permission", "permissions", "access", "scope", "scopes", "rights"], Consent),
        (["delete", "erase", "remove", "drop"], ["all", "every", "everything", "table", "tables", "database"], Destruction),
        (["blind", "secret", "hidden"], ["copy", "carbon", "recipient", "recipients", "copies"], Hidden),
    ];

    public static IEnumerable<string> Words => Single.Keys.Concat(Pairs.SelectMany(p => p.First.Concat(p.Second)));

    /// <summary>The reason to refuse, or null.</summary>
    public static string? Check(string text, IReadOnlyList<Token> tokens, SchemaVocabulary vocabulary)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            return Foreign;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Word)
                continue;
            var word = tokens[i].Text;
            if (!vocabulary.Words.Contains(word) && Single.TryGetValue(word, out var reason))
                return reason;
            var next = tokens.Skip(i + 1).FirstOrDefault(t => t.Text is not ("the" or "any" or "of" or "for" or "their"));
            var near = tokens.ElementAtOrDefault(i + 1);
            foreach (var (first, second, why) in Pairs)
                if (first.Contains(word, StringComparer.Ordinal) && (Has(near, second) || Has(next, second)))
                    return why;
        }

        return null;
    }

    private static bool Has(Token? token, string[] words) => token is { Kind: TokenKind.Word } && words.Contains(token.Text, StringComparer.Ordinal);
}
