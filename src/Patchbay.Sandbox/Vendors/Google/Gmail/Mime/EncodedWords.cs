using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

/// <summary>RFC 2047: <c>=?utf-8?Q?K=C3=B6hler?=</c> in header values.</summary>
internal static partial class EncodedWords
{
    public static string Decode(string value) => Word().Replace(BetweenWords().Replace(value, "$1"), match =>
    {
        var text = match.Groups["text"].Value;
        var bytes = match.Groups["kind"].Value is "B" or "b" ? TransferEncoding.Base64(text) : TransferEncoding.QuotedPrintable(text, underscoreIsBlank: true);
        return Charsets.Get(match.Groups["charset"].Value.Split('*')[0]).GetString(bytes);
    });

    // A blank between two encoded words only keeps lines short and is not part of the text.
    [GeneratedRegex(@"(=\?[^?\s]{1,40}\?[BbQq]\?[^?\s]*\?=)\s+(?==\?[^?\s]{1,40}\?[BbQq]\?)")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?(?<charset>[^?\s]{1,40})\?(?<kind>[BbQq])\?(?<text>[^?\s]*)\?=")]
    private static partial Regex Word();
}
